"""The gateway drops what Sendmail sends to port 25; its log says that the connection timed out."""

from tests.lab.lab import Lab
from tests.lab.other_plays import SEEN_SILENT, SILENT, silent
from tests.lab.sendmail import Sendmail

LIVE = False
NEEDS = (Sendmail.PACKAGE,)
MECHANISM = "drop"
CASES = SILENT
SEEN = SEEN_SILENT


def play(lab: Lab) -> None:
    silent(lab, Sendmail())
