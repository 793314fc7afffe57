"""Sendmail delivers under STARTTLS, as it does by itself where that is offered: after 220 nothing can be read, and the log agrees."""

from tests.lab.lab import Lab
from tests.lab.other_plays import AGREES, deliver
from tests.lab.sendmail import Sendmail

LIVE = False
NEEDS = (Sendmail.PACKAGE,)
MECHANISM = "ordinary delivery"
CASES = AGREES


def play(lab: Lab) -> None:
    deliver(lab, Sendmail(), **lab.certified())
