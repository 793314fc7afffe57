"""Sendmail refuses a mailbox that it does not know to a client from outside, and logs it."""

from tests.lab.lab import Lab
from tests.lab.other_plays import TURNED_AWAY, turned_away
from tests.lab.sendmail import Sendmail

LIVE = False
NEEDS = (Sendmail.PACKAGE,)
MECHANISM = "what SMTP says"
CASES = TURNED_AWAY


def play(lab: Lab) -> None:
    turned_away(lab, Sendmail())
