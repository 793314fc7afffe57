"""Incoming mail ends at the gateway's published address, where socat passes it on: a proxy that nobody need be warned of."""

from tests.lab.lab import Lab
from tests.lab.plays import EVERYWHERE, receive
from tests.lab.sight import shows
from tests.lab.truth import SIDES, asked, innocent

MECHANISM = "userland proxy"
NEEDS = ("socat",)
CASES = (
    innocent("gw-any.pcap"),
    innocent("gw-wan.pcap"),
    innocent("mta-eth0.pcap"),
    asked("two-sides", SIDES, quiet=True),
)
SEEN = (
    *shows("gw-wan.pcap", "src 192.0.2.99 and dst 203.0.113.1 and tcp dst port 25"),
    *shows("gw-lan.pcap", "src 10.10.0.1 and dst 10.10.0.5 and tcp dst port 25"),
)


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.relay("gw", "203.0.113.1", "10.10.0.5")
    receive(lab, *EVERYWHERE, address="203.0.113.1")
