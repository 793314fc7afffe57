"""Sendmail delivers one message to the only exchanger, and its log says what happened."""

from tests.lab.lab import Lab
from tests.lab.other_plays import AGREES, deliver
from tests.lab.sendmail import Sendmail

LIVE = False
NEEDS = (Sendmail.PACKAGE,)
MECHANISM = "ordinary delivery"
CASES = AGREES


def play(lab: Lab) -> None:
    deliver(lab, Sendmail())
