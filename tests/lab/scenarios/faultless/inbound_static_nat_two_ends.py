"""Incoming mail to the published address, seen where it comes from and where it ends."""

from tests.lab.lab import Lab
from tests.lab.plays import receive
from tests.lab.truth import Expect, asked, innocent

LIVE = False
MECHANISM = "DNAT"
MOVED = Expect(("destination-rewritten",), ("203.0.113.1", "10.10.0.5"), severity="info")
CASES = (asked("two-ends", "out=out-eth0.pcap in=mta-eth0.pcap", MOVED, quiet=True), innocent("out-eth0.pcap"))


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.firewall("gw", "-t nat -A PREROUTING -i wan0 -p tcp --dport 25 -j DNAT --to-destination 10.10.0.5:25")
    receive(lab, "mta-eth0", "out-eth0", address="203.0.113.1")
