"""A policy server greylists every new triplet for a second and a half; Postfix comes back and is let in."""

from tests.lab.lab import Lab
from tests.lab.plays import deliver
from tests.lab.truth import Expect, asked

MECHANISM = "what SMTP says"
GREYLISTED = Expect(("smtp-greylisted",), ("4.7.1", "bob@example.net"))
CASES = (
    asked("mta-eth0", "mta-eth0.pcap", GREYLISTED, also=("smtp-deferred",), quiet=True),
    asked("log", "mta-eth0.pcap --log mail.log", GREYLISTED, also=("smtp-deferred",), quiet=True),
)


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.program("mx1", "policy.py", "10023", "1.5", "451 4.7.1 Greylisted, come back in a moment")
    lab.receiver(smtpd_recipient_restrictions="check_policy_service inet:127.0.0.1:10023")
    deliver(lab, "mta-eth0", minimal_backoff_time="2s", queue_run_delay="2s")
