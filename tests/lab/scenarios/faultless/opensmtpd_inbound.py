"""OpenSMTPD takes mail from outside and logs who came."""

from tests.lab.lab import Lab
from tests.lab.opensmtpd import OpenSmtpd
from tests.lab.other_plays import TAKEN, taken

NEEDS = (OpenSmtpd.PACKAGE,)
MECHANISM = "ordinary delivery"
CASES = TAKEN


def play(lab: Lab) -> None:
    taken(lab, OpenSmtpd())
