"""The first resolver in resolv.conf is silent; the second answers, so mail is only slow."""

from tests.lab.lab import Lab
from tests.lab.sight import lacks, shows
from tests.lab.truth import Case, Expect, faulty

SILENT = Expect(("dns-unanswered", "resolver-outage"), ("198.51.100.53",))
MECHANISM = "failing lookups"
CASES = (
    faulty("mta-eth0.pcap", SILENT, never=("!dns-unanswered:198.51.100.54", "!resolver-outage:198.51.100.54")),
    Case("log", ("mta-eth0.pcap", "--log", "mail.log"), (SILENT,), ("log-contradicts-wire", "log-without-wire")),
)
SEEN = (*lacks("mta-eth0.pcap", "src 198.51.100.53"), *shows("mta-eth0.pcap", "src 198.51.100.54", "src 198.51.100.10"))


def play(lab: Lab) -> None:
    lab.resolver("ns1").serve()
    lab.resolver("ns2").serve()
    lab.firewall("ns1", "-A INPUT -p udp --dport 53 -j DROP")
    lab.network.resolvers("mta", ["198.51.100.53", "198.51.100.54"], "timeout:1 attempts:2")
    lab.receiver()
    mta = lab.sender()
    with lab.taps("mta-eth0"):
        lab.submit()
        mta.wait_for("status=sent")
    lab.keep_log(mta)
