"""The server greylists, and the sender, whose queue keeps nothing, gives the message back after one attempt."""

from tests.lab.lab import Lab
from tests.lab.plays import deliver
from tests.lab.truth import Expect, faulty

LIVE = False
MECHANISM = "what SMTP says"
CASES = (faulty("mta-eth0.pcap", Expect(("smtp-deferred",), ("4.7.1", "bob@example.net"))),)


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.program("mx1", "policy.py", "10023", "60", "451 4.7.1 Greylisted, come back in a moment")
    lab.receiver(smtpd_recipient_restrictions="check_policy_service inet:127.0.0.1:10023")
    deliver(lab, "mta-eth0", until="status=expired", maximal_queue_lifetime="0", bounce_queue_lifetime="0")
