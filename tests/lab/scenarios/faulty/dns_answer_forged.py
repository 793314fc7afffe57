"""Somebody on the path answers the question for the exchanger's address too, with another address."""

import time

from tests.lab.lab import Lab
from tests.lab.plays import GATEWAY
from tests.lab.sight import shows
from tests.lab.truth import SIDES, Expect, asked, faulty

MECHANISM = "lookups redirected"
FORGED = Expect(("dns-conflicting-answers",), ("mail.example.net", "192.0.2.66"))
CASES = (
    faulty("mta-eth0.pcap", FORGED, also=("banner-mismatch",)),
    asked("two-sides", SIDES, FORGED, also=("resolver-rewritten", "banner-mismatch")),
)
SEEN = shows("mta-eth0.pcap", "src 198.51.100.53 and ip[8] = 117")


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.receiver()
    lab.program("gw", "forger.py", "answer", "lan0", "mail.example.net", "192.0.2.66")
    mta = lab.sender()
    with lab.taps("mta-eth0", *GATEWAY):
        lab.submit()
        mta.wait_for("status=(sent|deferred)")
        time.sleep(0.3)
