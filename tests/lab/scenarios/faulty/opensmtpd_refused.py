"""Nothing listens on port 25 of the only exchanger, and OpenSMTPD says so."""

from tests.lab.lab import Lab
from tests.lab.opensmtpd import OpenSmtpd
from tests.lab.other_plays import REFUSED, SEEN_REFUSED, refused

LIVE = False
NEEDS = (OpenSmtpd.PACKAGE,)
MECHANISM = "refusal"
CASES = REFUSED
SEEN = SEEN_REFUSED


def play(lab: Lab) -> None:
    refused(lab, OpenSmtpd())
