"""The resolver is down, its host is not: every query is answered by ICMP "port unreachable"."""

from tests.lab.lab import Lab
from tests.lab.sight import lacks, shows
from tests.lab.truth import Expect, faulty

MECHANISM = "failing lookups"
CASES = (
    faulty("mta-eth0.pcap", Expect(("dns-refused", "resolver-outage"), ("198.51.100.53",)), also=("dns-unanswered",)),
)
SEEN = (
    *shows("mta-eth0.pcap", "src 198.51.100.53 and icmp[0] = 3 and icmp[1] = 3"),
    *lacks("mta-eth0.pcap", "udp src port 53"),
)


def play(lab: Lab) -> None:
    mta = lab.sender()
    with lab.taps("mta-eth0"):
        lab.submit()
        mta.wait_for("status=deferred")
    lab.keep_log(mta)
