"""Our mail server asks two block lists about the client, which know nothing of it: no such name is the best of answers."""

from tests.lab.lab import Lab
from tests.lab.plays import receive
from tests.lab.truth import innocent

LIVE = False
MECHANISM = "block lists"
CASES = (innocent("mta-eth0.pcap"),)
LISTS = "reject_rbl_client bl.lists.example, reject_rhsbl_sender names.lists.example"


def play(lab: Lab) -> None:
    lab.resolver().serve()
    receive(lab, "mta-eth0", smtpd_recipient_restrictions=LISTS)
