"""The tap writes every frame twice, with one time stamp."""

from tests.lab.edit import merged
from tests.lab.lab import Lab
from tests.lab.plays import GATEWAY, deliver
from tests.lab.truth import SIDES, asked, innocent

LIVE = False
MECHANISM = "the capture itself"
CASES = (innocent("gw-lan.pcap"), asked("two-sides", SIDES, quiet=True))


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.receiver()
    deliver(lab, *GATEWAY[1:])
    merged(lab.out / "gw-lan.pcap", lab.out / "gw-lan.pcap")
