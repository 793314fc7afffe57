"""One message, seen at four places on its way; beyond the gateway it goes to another host."""

from tests.lab.lab import Lab
from tests.lab.plays import deliver
from tests.lab.truth import Expect, asked

LIVE = False
MECHANISM = "DNAT"
PATH = "a=mta-eth0.pcap b=gw-lan.pcap c=gw-wan.pcap d=alt-eth0.pcap"
MOVED = Expect(("destination-rewritten",), ("198.51.100.10", "192.0.2.66"), confidence="proven")
CASES = (
    asked("path", PATH, MOVED, also=("banner-mismatch",)),
    asked("ends", "a=mta-eth0.pcap d=alt-eth0.pcap", MOVED, also=("banner-mismatch",)),
)


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.receiver("alt", "relay.other.example")
    lab.firewall("gw", "-t nat -A PREROUTING -d 198.51.100.10 -p tcp --dport 25 -j DNAT --to-destination 192.0.2.66:25")
    deliver(lab, "mta-eth0", "gw-lan", "gw-wan", "alt-eth0")
