"""The capture beyond the gateway was begun after the mail had been sent: what it lacks it could not have seen."""

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
        lab.submit()
        mta.wait_for("status=sent")
        with lab.taps("gw-wan"):
            lab.lookup("mta", "example.net", "MX")
