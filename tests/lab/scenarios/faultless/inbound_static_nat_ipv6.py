"""The gateway's published IPv6 address is translated onto the mail server, which has a unique local one (RFC 4193)."""

from tests.lab.lab import Lab
from tests.lab.plays import EVERYWHERE, receive
from tests.lab.sight import shows
from tests.lab.truth import SIDES, Expect, asked, innocent

LIVE = False
MECHANISM = "DNAT"
MOVED = Expect(("destination-rewritten",), ("2001:db8:113::1", "fd00:10::5"), severity="info")
CASES = (
    asked("gw-any", "gw-any.pcap", MOVED, quiet=True),
    asked("two-sides", SIDES, MOVED, quiet=True),
    innocent("mta-eth0.pcap"),
)
SEEN = (
    *shows("gw-wan.pcap", "ip6 dst 2001:db8:113::1 and tcp"),
    *shows("gw-lan.pcap", "ip6 dst fd00:10::5 and tcp"),
)


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.network.run("mta", "ip", "addr", "add", "fd00:10::5/64", "dev", "eth0", "nodad")
    lab.network.run("gw", "ip", "route", "add", "fd00:10::/64", "dev", "lan0")
    lab.firewall("gw", "-6 -t nat -A PREROUTING -i wan0 -p tcp --dport 25 -j DNAT --to-destination [fd00:10::5]:25")
    receive(lab, *EVERYWHERE, address="2001:db8:113::1")
