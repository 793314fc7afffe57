"""The gateway puts its own address in the place of everybody who brings mail to Sendmail: the log names the gateway as the client."""

from tests.lab.lab import Lab
from tests.lab.other_plays import HIDDEN_CLIENT, hidden_client
from tests.lab.sendmail import Sendmail

LIVE = False
NEEDS = (Sendmail.PACKAGE,)
MECHANISM = "twice NAT"
CASES = HIDDEN_CLIENT


def play(lab: Lab) -> None:
    hidden_client(lab, Sendmail())
