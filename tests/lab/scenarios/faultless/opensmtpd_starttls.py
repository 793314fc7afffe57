"""OpenSMTPD delivers under STARTTLS, as it does by itself where that is offered: after 220 nothing can be read, and the log agrees."""

from tests.lab.lab import Lab
from tests.lab.opensmtpd import OpenSmtpd
from tests.lab.other_plays import AGREES, deliver

LIVE = False
NEEDS = (OpenSmtpd.PACKAGE,)
MECHANISM = "ordinary delivery"
CASES = AGREES


def play(lab: Lab) -> None:
    deliver(lab, OpenSmtpd(), **lab.certified())
