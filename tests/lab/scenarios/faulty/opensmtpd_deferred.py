"""The server puts OpenSMTPD's recipient off with 451 4.7.1, and the log quotes it."""

from tests.lab.lab import Lab
from tests.lab.opensmtpd import OpenSmtpd
from tests.lab.other_plays import PUT_OFF, put_off

LIVE = False
NEEDS = (OpenSmtpd.PACKAGE,)
MECHANISM = "what SMTP says"
CASES = PUT_OFF


def play(lab: Lab) -> None:
    put_off(lab, OpenSmtpd())
