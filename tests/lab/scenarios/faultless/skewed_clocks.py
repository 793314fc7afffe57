"""The capture beyond the gateway was made by a clock that is 2.75 s ahead."""

from tests.lab.edit import with_clock
from tests.lab.lab import Lab
from tests.lab.plays import GATEWAY, deliver
from tests.lab.truth import SIDES, Expect, asked

MECHANISM = "clocks"
HIDDEN = Expect(("source-rewritten",), ("10.10.0.5", "203.0.113.1"))
CASES = (
    asked("two-sides", SIDES, HIDDEN, Expect(("clock-skew",), ("wan", "2.8 s ahead")), quiet=True),
    asked("rewriting", SIDES, HIDDEN, quiet=True),
)


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.receiver()
    lab.firewall("gw", "-t nat -A POSTROUTING -o wan0 -j MASQUERADE")
    deliver(lab, *GATEWAY[1:])
    with_clock(lab.out / "gw-wan.pcap", 2.75)
