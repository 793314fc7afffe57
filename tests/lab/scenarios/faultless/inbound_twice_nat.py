"""Incoming mail is translated onto the mail server, and bears the gateway's own address inside: usual where routing back is not sure."""

from tests.lab.lab import Lab
from tests.lab.plays import EVERYWHERE, receive
from tests.lab.sight import shows
from tests.lab.truth import SIDES, Expect, asked, innocent

LIVE = False
MECHANISM = "twice NAT"
MOVED = Expect(("destination-rewritten",), ("203.0.113.1", "10.10.0.5"), severity="info")
HIDDEN = Expect(("source-rewritten",), ("192.0.2.99", "10.10.0.1"), severity="info")
CASES = (
    asked("two-sides", SIDES, MOVED, HIDDEN, quiet=True),
    asked("gw-any", "gw-any.pcap", MOVED, HIDDEN, quiet=True),
    innocent("mta-eth0.pcap"),
)
SEEN = (
    *shows("gw-wan.pcap", "src 192.0.2.99 and dst 203.0.113.1 and tcp"),
    *shows("gw-lan.pcap", "src 10.10.0.1 and dst 10.10.0.5 and tcp"),
)


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.firewall(
        "gw",
        "-t nat -A PREROUTING -i wan0 -p tcp --dport 25 -j DNAT --to-destination 10.10.0.5:25",
        "-t nat -A POSTROUTING -o lan0 -p tcp --dport 25 -j SNAT --to-source 10.10.0.1",
    )
    receive(lab, *EVERYWHERE, address="203.0.113.1")
