"""The server offers STARTTLS, and resets the connection as soon as it is taken at its word; in clear the message passes."""

from tests.lab.lab import Lab
from tests.lab.plays import deliver
from tests.lab.truth import Expect, faulty

LIVE = False
MECHANISM = "edited dialogue"
CASES = (faulty("mta-eth0.pcap", Expect(("session-reset",), ("198.51.100.10", "STARTTLS"))),)


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.odd_server(replies={"EHLO": "250-mail.example.net\r\n250-STARTTLS\r\n250 8BITMIME\r\n"}, ends={"STAR": "reset"})
    deliver(lab, "mta-eth0", until="status=(sent|deferred)", smtp_tls_security_level="may")
