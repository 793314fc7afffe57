"""Exim delivers one message to the only exchanger, and its log says what happened."""

from tests.lab.exim import Exim
from tests.lab.lab import Lab
from tests.lab.other_plays import AGREES, deliver

LIVE = False
NEEDS = (Exim.PACKAGE,)
MECHANISM = "ordinary delivery"
CASES = AGREES


def play(lab: Lab) -> None:
    deliver(lab, Exim())
