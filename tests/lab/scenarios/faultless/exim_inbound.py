"""Exim takes mail from outside and logs who came."""

from tests.lab.exim import Exim
from tests.lab.lab import Lab
from tests.lab.other_plays import TAKEN, taken

LIVE = False
NEEDS = (Exim.PACKAGE,)
MECHANISM = "ordinary delivery"
CASES = TAKEN


def play(lab: Lab) -> None:
    taken(lab, Exim())
