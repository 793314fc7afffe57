"""The server itself resets the connection when the client says DATA."""

from tests.lab.lab import Lab
from tests.lab.sight import shows
from tests.lab.truth import Expect, faulty

MECHANISM = "reset"
CASES = (faulty("mta-eth0.pcap", Expect(("session-reset",), ("198.51.100.10", "DATA"))),)
SEEN = shows("mta-eth0.pcap", "src 198.51.100.10 and ip[8] = 62 and tcp[13] & 4 != 0")


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.odd_server(ends={"DATA": "reset"})
    mta = lab.sender()
    with lab.taps("mta-eth0"):
        lab.submit()
        mta.wait_for("status=deferred")
    lab.keep_log(mta)
