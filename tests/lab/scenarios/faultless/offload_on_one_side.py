"""On one side of the gateway the network card cuts segments, on the other the kernel does: the same octets in other pieces."""

from tests.lab.lab import Lab
from tests.lab.plays import GATEWAY, deliver
from tests.lab.sight import lacks, shows
from tests.lab.truth import SIDES, asked, innocent

LIVE = False
MECHANISM = "the capture itself"
CASES = (asked("two-sides", SIDES, quiet=True), innocent("gw-lan.pcap"), innocent("gw-wan.pcap"))
SEEN = (*shows("gw-lan.pcap", "greater 1600"), *lacks("gw-wan.pcap", "greater 1600"))


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.receiver()
    for host, interface in (("gw", "wan0"), ("rt", "wan0")):
        lab.network.plain_segments(host, interface)
    deliver(lab, *GATEWAY[1:], order={"size": 9000})
