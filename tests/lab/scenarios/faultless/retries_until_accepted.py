"""The server is busy at first; the sender asks again and again, and the third or fourth time the message is taken."""

from tests.lab.lab import Lab
from tests.lab.plays import deliver
from tests.lab.truth import Expect, asked

LIVE = False
MECHANISM = "what SMTP says"
CASES = (
    asked(
        "mta-eth0",
        "mta-eth0.pcap",
        Expect(("smtp-greylisted",), ("4.3.2", "bob@example.net")),
        also=("smtp-deferred",),
        quiet=True,
    ),
)


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.program("mx1", "policy.py", "10023", "3.5", "451 4.3.2 System busy, try again later")
    lab.receiver(smtpd_recipient_restrictions="check_policy_service inet:127.0.0.1:10023")
    deliver(lab, "mta-eth0", minimal_backoff_time="1s", maximal_backoff_time="2s", queue_run_delay="1s")
