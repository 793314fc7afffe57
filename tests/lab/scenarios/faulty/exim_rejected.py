"""The server does not know Exim's recipient: 550 5.1.1, and the log quotes it."""

from tests.lab.exim import Exim
from tests.lab.lab import Lab
from tests.lab.other_plays import REJECTED, rejected

LIVE = False
NEEDS = (Exim.PACKAGE,)
MECHANISM = "what SMTP says"
CASES = REJECTED


def play(lab: Lab) -> None:
    rejected(lab, Exim())
