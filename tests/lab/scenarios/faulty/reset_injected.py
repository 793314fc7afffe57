"""Somebody on the path forges a reset when the client says RCPT; the true server, a second later, goes on talking."""

import time

from tests.lab.lab import Lab
from tests.lab.sight import lacks, shows
from tests.lab.truth import Expect, faulty

MECHANISM = "reset"
CASES = (faulty("mta-eth0.pcap", Expect(("reset-injected",), ("198.51.100.10",))),)
SEEN = (
    *shows("mta-eth0.pcap", "src 198.51.100.10 and ip[8] = 117 and ip[4:2] = 4660 and tcp[13] & 4 != 0"),
    *lacks("mta-eth0.pcap", "src 198.51.100.10 and ip[8] = 62 and tcp[13] & 4 != 0"),
)


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.odd_server(delays={"RCPT": 1.0})
    mta = lab.sender()
    lab.program("gw", "forger.py", "reset", "lan0", "117", "4660")
    with lab.taps("mta-eth0"):
        lab.submit()
        mta.wait_for("status=deferred")
        time.sleep(1.5)
    lab.keep_log(mta)
