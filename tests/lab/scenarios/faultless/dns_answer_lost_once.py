"""One answer of the resolver is lost at the gateway; the question is asked again a second later, and answered."""

from tests.lab.lab import Lab
from tests.lab.plays import EVERYWHERE, deliver
from tests.lab.truth import SIDES, asked, innocent

LIVE = False
MECHANISM = "loss on the wire"
CASES = (innocent("mta-eth0.pcap"), asked("two-sides", SIDES, quiet=True), asked("gw-any", "gw-any.pcap", quiet=True))


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.receiver()
    lab.network.resolvers("mta", ["198.51.100.53"], "timeout:1 attempts:3")
    lab.lose_one("-p udp --sport 53")
    deliver(lab, *EVERYWHERE)
