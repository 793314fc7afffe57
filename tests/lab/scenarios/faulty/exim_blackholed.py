"""The gateway drops what Exim sends to port 25; its log says "timeout after initial connection" of a connection that never was."""

from tests.lab.exim import Exim
from tests.lab.lab import Lab
from tests.lab.other_plays import SEEN_SILENT, SILENT_MISTOLD, silent

NEEDS = (Exim.PACKAGE,)
MECHANISM = "drop"
CASES = SILENT_MISTOLD
SEEN = SEEN_SILENT


def play(lab: Lab) -> None:
    silent(lab, Exim())
