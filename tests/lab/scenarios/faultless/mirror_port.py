"""A mirror port gives every packet twice, before and behind the router, into one file."""

from tests.lab.edit import merged
from tests.lab.lab import Lab
from tests.lab.plays import deliver
from tests.lab.truth import innocent

LIVE = False
MECHANISM = "the capture itself"
CASES = (innocent("gw-lan.pcap"),)


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.receiver()
    deliver(lab, "gw-lan", "gw-wan")
    merged(lab.out / "gw-lan.pcap", lab.out / "gw-wan.pcap")
