"""The server does not know OpenSMTPD's recipient: 550 5.1.1, and the log quotes it."""

from tests.lab.lab import Lab
from tests.lab.opensmtpd import OpenSmtpd
from tests.lab.other_plays import REJECTED, rejected

LIVE = False
NEEDS = (OpenSmtpd.PACKAGE,)
MECHANISM = "what SMTP says"
CASES = REJECTED


def play(lab: Lab) -> None:
    rejected(lab, OpenSmtpd())
