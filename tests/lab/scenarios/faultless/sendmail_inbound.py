"""Sendmail takes mail from outside and logs who came."""

from tests.lab.lab import Lab
from tests.lab.other_plays import TAKEN, taken
from tests.lab.sendmail import Sendmail

LIVE = False
NEEDS = (Sendmail.PACKAGE,)
MECHANISM = "ordinary delivery"
CASES = TAKEN


def play(lab: Lab) -> None:
    taken(lab, Sendmail())
