"""dnsmasq was told of no resolver to ask, and refuses every question."""

from tests.lab.lab import Lab
from tests.lab.plays import DEFERRED, deliver
from tests.lab.truth import Expect, faulty

LIVE = False
MECHANISM = "failing lookups"
NEEDS = ("dnsmasq",)
CASES = (
    faulty(
        "mta-eth0.pcap",
        Expect(("dns-refused", "resolver-outage"), ("198.51.100.54",)),
        also=("dns-refused", "resolver-outage"),
    ),
)


def play(lab: Lab) -> None:
    lab.dnsmasq("ns2").start()
    lab.network.resolvers("mta", ["198.51.100.54"])
    deliver(lab, "mta-eth0", until=DEFERRED)
