"""Somebody on the gateway forges a reset to the server, in the client's name; the client finds nobody there any more."""

from tests.lab.lab import Lab
from tests.lab.plays import EVERYWHERE
from tests.lab.sight import lacks, shows
from tests.lab.truth import SIDES, Expect, asked, faulty

LIVE = False
MECHANISM = "reset"
FORGED = Expect(("reset-injected",), ("198.51.100.10",))
CASES = (
    asked("two-sides", SIDES, Expect(FORGED.any_of, FORGED.mentions, confidence="proven"), also=("server-silent",)),
    faulty("mx1-eth0.pcap", FORGED),
    faulty("mta-eth0.pcap", Expect(("session-reset", "session-blackholed", "server-silent"), ("198.51.100.10",))),
)
SEEN = (
    *shows("gw-wan.pcap", "src 10.10.0.5 and ip[8] = 117 and tcp[13] & 4 != 0"),
    *lacks("gw-lan.pcap", "src 10.10.0.5 and ip[8] = 117"),
)


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.odd_server(delays={"RCPT": 0.8})
    lab.program("gw", "forger.py", "reset-server", "lan0", "117", "4660")
    mta = lab.sender()
    with lab.taps(*EVERYWHERE, "mx1-eth0"):
        lab.submit()
        mta.wait_for("status=deferred")
