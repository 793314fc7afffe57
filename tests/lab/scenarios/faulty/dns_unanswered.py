"""The resolver's host drops every query: Postfix waits, asks again, and defers."""

from tests.lab.lab import Lab
from tests.lab.sight import lacks, shows
from tests.lab.truth import Case, Expect, faulty

SILENT = Expect(("dns-unanswered", "resolver-outage"), ("198.51.100.53",))
MECHANISM = "failing lookups"
CASES = (
    faulty("mta-eth0.pcap", SILENT),
    Case("log", ("mta-eth0.pcap", "--log", "mail.log"), (SILENT,), ("log-contradicts-wire", "log-without-wire")),
)
SEEN = (*shows("mta-eth0.pcap", "udp dst port 53"), *lacks("mta-eth0.pcap", "src port 53"))


def play(lab: Lab) -> None:
    lab.resolver().serve()
    mta = lab.sender()
    lab.firewall("ns1", "-A INPUT -p udp --dport 53 -j DROP")
    with lab.taps("mta-eth0"):
        lab.submit()
        mta.wait_for("status=deferred")
    lab.keep_log(mta)
