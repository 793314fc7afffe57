"""Exim gives everything to a smart host whose name stands in the hosts file, with another address than in the DNS."""

from tests.lab.exim import Exim
from tests.lab.lab import Lab
from tests.lab.other_plays import CHOSEN, SEEN_STRANGER, by_hosts_file

LIVE = False
NEEDS = (Exim.PACKAGE,)
MECHANISM = "ordinary delivery"
CASES = CHOSEN
SEEN = SEEN_STRANGER


def play(lab: Lab) -> None:
    by_hosts_file(lab, Exim())
