"""BIND could not load the recipient's zone, and says SERVFAIL."""

from tests.lab.lab import Lab
from tests.lab.plays import DEFERRED, deliver
from tests.lab.truth import Expect, asked, faulty

LIVE = False
MECHANISM = "failing lookups"
NEEDS = ("named",)
CASES = (
    faulty("mta-eth0.pcap", Expect(("dns-servfail",), ("example.net", "198.51.100.53"))),
    asked("log", "mta-eth0.pcap --log mail.log", Expect(("dns-servfail",), ("example.net",))),
)


def play(lab: Lab) -> None:
    lab.bind().serve(lost="example.net")
    lab.receiver()
    deliver(lab, "mta-eth0", until=DEFERRED)
