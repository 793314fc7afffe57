"""The gateway sets every TTL to 64 on the way in, as some do to hide what is behind: distances tell nothing then."""

from tests.lab.lab import Lab
from tests.lab.plays import EVERYWHERE, deliver
from tests.lab.truth import SIDES, asked, innocent

LIVE = False
MECHANISM = "ordinary delivery"
CASES = (innocent("mta-eth0.pcap"), asked("two-sides", SIDES, quiet=True), asked("gw-any", "gw-any.pcap", quiet=True))


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.receiver()
    lab.firewall("gw", "-t mangle -A FORWARD -i wan0 -p tcp -j TTL --ttl-set 64")
    deliver(lab, *EVERYWHERE)
