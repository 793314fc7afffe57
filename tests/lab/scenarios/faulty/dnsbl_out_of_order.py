"""The block list that our mail server asks is out of order: mail is taken all the same, but nobody was asked."""

from tests.lab.lab import Lab
from tests.lab.plays import receive
from tests.lab.truth import Expect, faulty

LIVE = False
MECHANISM = "block lists"
CASES = (faulty("mta-eth0.pcap", Expect(("dns-servfail",), ("lists.example",)), also=("smtp-deferred",)),)


def play(lab: Lab) -> None:
    lab.resolver().serve(lost="lists.example")
    receive(lab, "mta-eth0", smtpd_recipient_restrictions="reject_rbl_client bl.lists.example")
