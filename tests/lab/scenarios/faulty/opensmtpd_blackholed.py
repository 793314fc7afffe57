"""The gateway drops what OpenSMTPD sends to port 25; its log says that the connection timed out."""

from tests.lab.lab import Lab
from tests.lab.opensmtpd import OpenSmtpd
from tests.lab.other_plays import SEEN_SILENT, SILENT, silent

LIVE = False
NEEDS = (OpenSmtpd.PACKAGE,)
MECHANISM = "drop"
CASES = SILENT
SEEN = SEEN_SILENT


def play(lab: Lab) -> None:
    silent(lab, OpenSmtpd())
