"""The server itself resets the connection at DATA, and both sides of the gateway see the very same reset."""

from tests.lab.lab import Lab
from tests.lab.plays import DEFERRED, EVERYWHERE, deliver
from tests.lab.sight import shows
from tests.lab.truth import SIDES, Expect, asked

LIVE = False
MECHANISM = "reset"
CASES = (
    asked("two-sides", SIDES, Expect(("session-reset",), ("198.51.100.10",))),
    asked("gw-any", "gw-any.pcap", Expect(("session-reset",), ("198.51.100.10",))),
)
SEEN = shows("gw-wan.pcap", "src 198.51.100.10 and tcp[13] & 4 != 0")


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.odd_server(ends={"DATA": "reset"})
    deliver(lab, *EVERYWHERE, until=DEFERRED)
