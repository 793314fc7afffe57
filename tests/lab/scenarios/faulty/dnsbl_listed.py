"""Our mail server asks a block list about the client, learns that it is listed, and refuses its mail."""

from tests.lab.lab import Lab
from tests.lab.plays import receive
from tests.lab.sight import shows
from tests.lab.truth import Expect, faulty

MECHANISM = "block lists"
LISTED = Expect(("smtp-blocklisted",), ("bl.lists.example", "192.0.2.99"))
CASES = (faulty("mta-eth0.pcap", LISTED, also=("smtp-rejected",)),)
SEEN = shows("mta-eth0.pcap", "udp dst port 53")
ZONE = '99.2.0.192.bl.lists.example. A 127.0.0.2\n99.2.0.192.bl.lists.example. TXT "see https://lists.example/"\n'


def play(lab: Lab) -> None:
    lab.resolver().serve(also=ZONE)
    receive(lab, "mta-eth0", until="reject: RCPT", smtpd_recipient_restrictions="reject_rbl_client bl.lists.example")
