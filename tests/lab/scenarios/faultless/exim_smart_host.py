"""Exim is configured to give everything to 192.0.2.66: its own choice, whatever the DNS says, and its log names it."""

from tests.lab.exim import Exim
from tests.lab.lab import Lab
from tests.lab.other_plays import CHOSEN, SEEN_STRANGER, by_smart_host

LIVE = False
NEEDS = (Exim.PACKAGE,)
MECHANISM = "ordinary delivery"
CASES = CHOSEN
SEEN = SEEN_STRANGER


def play(lab: Lab) -> None:
    by_smart_host(lab, Exim())
