"""The server ends with a reset after it has said goodbye; both sides of the gateway see the very same one."""

from tests.lab.lab import Lab
from tests.lab.plays import EVERYWHERE, deliver
from tests.lab.sight import shows
from tests.lab.truth import SIDES, asked, innocent

LIVE = False
MECHANISM = "reset"
CASES = (asked("two-sides", SIDES, quiet=True), asked("gw-any", "gw-any.pcap", quiet=True), innocent("mta-eth0.pcap"))
SEEN = shows("gw-wan.pcap", "src 198.51.100.10 and tcp[13] & 4 != 0")


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.odd_server(ends={"QUIT": "reset"})
    deliver(lab, *EVERYWHERE)
