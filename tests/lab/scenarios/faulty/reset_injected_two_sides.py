"""Somebody between the two sides of the gateway forges a reset to the client: outside, the server knows nothing of it."""

import time

from tests.lab.lab import Lab
from tests.lab.plays import EVERYWHERE
from tests.lab.sight import lacks, shows
from tests.lab.truth import SIDES, Expect, asked, faulty

MECHANISM = "reset"
FORGED = Expect(("reset-injected",), ("198.51.100.10",), confidence="proven")
CASES = (
    asked("two-sides", SIDES, FORGED),
    faulty("mta-eth0.pcap", Expect(("reset-injected",), ("198.51.100.10",))),
)
SEEN = (
    *shows("gw-lan.pcap", "src 198.51.100.10 and ip[8] = 117 and tcp[13] & 4 != 0"),
    *lacks("gw-wan.pcap", "src 198.51.100.10 and tcp[13] & 4 != 0"),
)


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.odd_server(delays={"RCPT": 1.0})
    lab.program("gw", "forger.py", "reset", "lan0", "117", "4660")
    mta = lab.sender()
    with lab.taps(*EVERYWHERE):
        lab.submit()
        mta.wait_for("status=deferred")
        time.sleep(1.5)
