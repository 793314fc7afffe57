"""The server does not know Sendmail's recipient: 550 5.1.1, and the log quotes it."""

from tests.lab.lab import Lab
from tests.lab.other_plays import REJECTED, rejected
from tests.lab.sendmail import Sendmail

LIVE = False
NEEDS = (Sendmail.PACKAGE,)
MECHANISM = "what SMTP says"
CASES = REJECTED


def play(lab: Lab) -> None:
    rejected(lab, Sendmail())
