"""One interface was captured twice, by itself and with all others."""

from tests.lab.lab import Lab
from tests.lab.plays import GATEWAY, deliver
from tests.lab.truth import asked

LIVE = False
MECHANISM = "the capture itself"
CASES = (
    asked("lan-and-any", "gw-lan.pcap gw-any.pcap", also=("source-rewritten",), quiet=True),
    asked("the-same", "a=gw-lan.pcap b=gw-lan.pcap", quiet=True),
    asked("swapped", "lan=gw-wan.pcap wan=gw-lan.pcap", also=("source-rewritten",), quiet=True),
)


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.receiver()
    lab.firewall("gw", "-t nat -A POSTROUTING -o wan0 -j MASQUERADE")
    deliver(lab, *GATEWAY)
