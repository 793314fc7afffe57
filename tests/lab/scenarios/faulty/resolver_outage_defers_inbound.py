"""The delayed-mail story: our resolver goes silent, so an inbound sender's domain does not resolve and we answer 450 4.1.8; then it is back."""

from tests.lab.lab import Lab
from tests.lab.truth import Expect, faulty

MECHANISM = "failing lookups"
CASES = (
    faulty(
        "mta-eth0.pcap",
        Expect(("resolver-outage", "dns-unanswered", "dns-refused"), ("198.51.100.53",)),
        Expect(("deferral-caused-by-dns",), ("sender.example", "4.1.8")),
        also=("smtp-deferred",),
    ),
)
OUTAGE = "INPUT -p udp --dport 53 -j DROP"


def inbound(lab: Lab) -> None:
    lab.send("out", "10.10.0.5", ["alice@corp.example"], sender="ann@sender.example", helo="out.sender.example")


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.network.resolvers("mta", ["198.51.100.53"], "timeout:1 attempts:2")
    mta = lab.sender(smtpd_sender_restrictions="reject_unknown_sender_domain")
    with lab.taps("mta-eth0"):
        inbound(lab)
        mta.wait_for("status=sent")
        lab.firewall("ns1", f"-A {OUTAGE}")
        inbound(lab)
        lab.firewall("ns1", f"-D {OUTAGE}")
        inbound(lab)
        mta.wait_for("status=sent", times=2)
    lab.keep_log(mta)
