"""Of three recipients the server rejects one; the others get the message."""

from tests.lab.lab import Lab
from tests.lab.plays import deliver
from tests.lab.truth import Expect, asked, faulty

LIVE = False
MECHANISM = "what SMTP says"
REJECTED = Expect(("smtp-rejected",), ("carol@example.net", "5.1.1"))
CASES = (
    faulty("mta-eth0.pcap", REJECTED, never=("!smtp-rejected:dave@example.net", "!smtp-rejected:bob@example.net")),
    asked("log", "mta-eth0.pcap --log mail.log", REJECTED, never=("log-contradicts-wire", "log-without-wire")),
)


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.receiver(
        smtpd_recipient_restrictions="check_recipient_access inline:{{carol@example.net=550 5.1.1 No such user}}"
    )
    deliver(
        lab,
        "mta-eth0",
        until="status=bounced",
        order={"to": ["bob@example.net", "carol@example.net", "dave@example.net"]},
    )
