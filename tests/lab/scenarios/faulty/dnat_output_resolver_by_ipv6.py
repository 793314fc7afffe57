"""The resolver is asked over IPv6, the mail goes over IPv4, and a rule in OUTPUT sends it elsewhere."""

from tests.lab.lab import Lab
from tests.lab.plays import deliver
from tests.lab.sight import shows
from tests.lab.truth import Expect, faulty

LIVE = False
MECHANISM = "DNAT"
MOVED = Expect(("destination-rewritten",), ("198.51.100.10", "192.0.2.66"))
CASES = (faulty("mta-eth0.pcap", MOVED, also=("banner-mismatch",)),)
SEEN = shows("mta-eth0.pcap", "ip6 and udp dst port 53", "ip dst 192.0.2.66 and tcp dst port 25")


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.network.resolvers("mta", ["2001:db8:100::53"])
    lab.receiver("alt", "relay.other.example")
    lab.firewall("mta", "-t nat -A OUTPUT -d 198.51.100.10 -p tcp --dport 25 -j DNAT --to-destination 192.0.2.66:25")
    deliver(lab, "mta-eth0")
