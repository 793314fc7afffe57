"""The resolver is down, its host is not: every query is answered by ICMP "port unreachable"."""

from tests.lab.lab import Lab
from tests.lab.truth import Expect, faulty

CASES = (
    faulty("mta-eth0.pcap", Expect(("dns-refused", "resolver-outage"), ("198.51.100.53",)), also=("dns-unanswered",)),
)


def play(lab: Lab) -> None:
    mta = lab.sender()
    with lab.taps("mta-eth0"):
        lab.submit()
        mta.wait_for("status=deferred")
    lab.keep_log(mta)
