"""Nothing listens on port 25 of the only exchanger, and Exim says so."""

from tests.lab.exim import Exim
from tests.lab.lab import Lab
from tests.lab.other_plays import REFUSED, SEEN_REFUSED, refused

LIVE = False
NEEDS = (Exim.PACKAGE,)
MECHANISM = "refusal"
CASES = REFUSED
SEEN = SEEN_REFUSED


def play(lab: Lab) -> None:
    refused(lab, Exim())
