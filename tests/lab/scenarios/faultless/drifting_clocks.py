"""The capture beyond the gateway was made by a clock that is an hour behind and runs fast by 400 parts in a million."""

import time

from tests.lab.edit import with_clock
from tests.lab.lab import Lab
from tests.lab.plays import GATEWAY
from tests.lab.truth import SIDES, Expect, asked

LIVE = False
MECHANISM = "clocks"
HIDDEN = Expect(("source-rewritten",), ("10.10.0.5", "203.0.113.1"))
CASES = (
    asked("two-sides", SIDES, HIDDEN, Expect(("clock-skew",), ("wan", "1 h", "behind")), quiet=True),
    asked("rewriting", SIDES, HIDDEN, quiet=True),
)


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.receiver()
    lab.firewall("gw", "-t nat -A POSTROUTING -o wan0 -j MASQUERADE")
    mta = lab.sender()
    with lab.taps(*GATEWAY[1:]):
        for sent in range(1, 5):
            lab.submit()
            mta.wait_for("status=sent", times=sent)
            time.sleep(2)
    with_clock(lab.out / "gw-wan.pcap", -3600, 400e-6)
