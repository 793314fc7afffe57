"""Nothing listens on port 25 of the only exchanger, and Sendmail says so."""

from tests.lab.lab import Lab
from tests.lab.other_plays import REFUSED, SEEN_REFUSED, refused
from tests.lab.sendmail import Sendmail

LIVE = False
NEEDS = (Sendmail.PACKAGE,)
MECHANISM = "refusal"
CASES = REFUSED
SEEN = SEEN_REFUSED


def play(lab: Lab) -> None:
    refused(lab, Sendmail())
