"""A mirror port gives every packet twice, before and behind the masquerading gateway, into one file."""

from tests.lab.edit import merged
from tests.lab.lab import Lab
from tests.lab.plays import deliver
from tests.lab.truth import asked

LIVE = False
MECHANISM = "the capture itself"
CASES = (asked("gw-lan", "gw-lan.pcap", also=("source-rewritten",), quiet=True),)


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.receiver()
    lab.firewall("gw", "-t nat -A POSTROUTING -o wan0 -j MASQUERADE")
    deliver(lab, "gw-lan", "gw-wan")
    merged(lab.out / "gw-lan.pcap", lab.out / "gw-wan.pcap")
