"""The gateway puts its own address in the place of everybody who brings mail to OpenSMTPD: the log names the gateway as the client."""

from tests.lab.lab import Lab
from tests.lab.opensmtpd import OpenSmtpd
from tests.lab.other_plays import HIDDEN_CLIENT, hidden_client

LIVE = False
NEEDS = (OpenSmtpd.PACKAGE,)
MECHANISM = "twice NAT"
CASES = HIDDEN_CLIENT


def play(lab: Lab) -> None:
    hidden_client(lab, OpenSmtpd())
