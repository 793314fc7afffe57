"""The capture beyond the gateway was stopped before the mail was sent: what it lacks it could not have seen."""

from tests.lab.lab import Lab
from tests.lab.truth import SIDES, asked

LIVE = False
MECHANISM = "the capture itself"
CASES = (asked("two-sides", SIDES, quiet=True),)


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.receiver()
    mta = lab.sender()
    with lab.taps("gw-lan"):
        with lab.taps("gw-wan"):
            lab.lookup("mta", "example.net", "MX")
        lab.submit()
        mta.wait_for("status=sent")
