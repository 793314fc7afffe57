"""The host's own OUTPUT chain drops Sendmail's SYNs: nothing of them is on the wire, and the log tells of an attempt."""

from tests.lab.lab import Lab
from tests.lab.other_plays import NEVER_LEFT, SEEN_NOTHING, never_left
from tests.lab.sendmail import Sendmail

LIVE = False
NEEDS = (Sendmail.PACKAGE,)
MECHANISM = "drop"
CASES = NEVER_LEFT
SEEN = SEEN_NOTHING


def play(lab: Lab) -> None:
    never_left(lab, Sendmail())
