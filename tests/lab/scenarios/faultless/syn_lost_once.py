"""The first SYN is lost at the gateway; the second one gets through."""

from tests.lab.lab import Lab
from tests.lab.plays import EVERYWHERE, deliver
from tests.lab.truth import SIDES, asked, innocent

LIVE = False
MECHANISM = "loss on the wire"
CASES = (innocent("mta-eth0.pcap"), asked("two-sides", SIDES, quiet=True), asked("gw-any", "gw-any.pcap", quiet=True))


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.receiver()
    lab.lose_one("-p tcp --dport 25")
    deliver(lab, *EVERYWHERE)
