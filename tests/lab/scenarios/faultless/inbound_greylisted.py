"""We greylist whom we do not know; the stranger comes back and is let in."""

import time

from tests.lab.lab import Lab
from tests.lab.truth import Expect, asked

LIVE = False
MECHANISM = "what SMTP says"
CASES = (
    asked(
        "mta-eth0",
        "mta-eth0.pcap",
        Expect(("smtp-greylisted",), ("4.7.1", "alice@corp.example")),
        also=("smtp-deferred",),
        quiet=True,
    ),
)


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.program("mta", "policy.py", "10023", "1.0", "451 4.7.1 Greylisted, come back in a moment")
    mta = lab.sender(smtpd_recipient_restrictions="check_policy_service inet:127.0.0.1:10023")
    with lab.taps("mta-eth0"):
        for _ in range(2):
            lab.send("out", "10.10.0.5", ["alice@corp.example"], sender="ann@sender.example", helo="out.sender.example")
            time.sleep(1.2)
        mta.wait_for("status=sent")
