"""The server says 451 4.7.1 to the recipient."""

from tests.lab.lab import Lab
from tests.lab.truth import Case, Expect, faulty

DEFERRED = Expect(("smtp-deferred", "smtp-greylisted"), ("4.7.1", "RCPT", "bob@example.net"))
MECHANISM = "what SMTP says"
CASES = (
    faulty("mta-eth0.pcap", DEFERRED),
    Case("log", ("mta-eth0.pcap", "--log", "mail.log"), (DEFERRED,), ("log-contradicts-wire", "log-without-wire")),
)


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.receiver(smtpd_recipient_restrictions="check_client_access static:{451 4.7.1 Come back later}")
    mta = lab.sender()
    with lab.taps("mta-eth0"):
        lab.submit()
        mta.wait_for("status=deferred")
    lab.keep_log(mta)
