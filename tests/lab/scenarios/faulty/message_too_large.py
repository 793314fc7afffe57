"""The server says at MAIL that the message is larger than it takes."""

from tests.lab.lab import Lab
from tests.lab.plays import deliver
from tests.lab.truth import Expect, faulty

LIVE = False
MECHANISM = "what SMTP says"
CASES = (faulty("mta-eth0.pcap", Expect(("smtp-rejected",), ("5.3.4", "MAIL"))),)


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.odd_server(replies={"MAIL": "552 5.3.4 Message size exceeds fixed limit\r\n"})
    deliver(lab, "mta-eth0", until="status=bounced")
