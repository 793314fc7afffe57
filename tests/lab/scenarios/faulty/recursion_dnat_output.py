"""The mail server's own resolver learns the address from the domain's name server, and a rule in OUTPUT sends the mail elsewhere."""

from tests.lab.lab import Lab
from tests.lab.plays import authorities, deliver
from tests.lab.truth import Expect, faulty

LIVE = False
MECHANISM = "recursion at home"
NEEDS = ("named",)
MOVED = Expect(("destination-rewritten",), ("198.51.100.10", "192.0.2.66"))
CASES = (faulty("mta-eth0.pcap", MOVED, also=("banner-mismatch",)),)


def play(lab: Lab) -> None:
    authorities(lab)
    lab.resolver("mta").iterate("198.51.100.53")
    lab.network.resolvers("mta", ["127.0.0.1"])
    lab.receiver("alt", "relay.other.example")
    lab.firewall("mta", "-t nat -A OUTPUT -d 198.51.100.10 -p tcp --dport 25 -j DNAT --to-destination 192.0.2.66:25")
    deliver(lab, "mta-eth0")
