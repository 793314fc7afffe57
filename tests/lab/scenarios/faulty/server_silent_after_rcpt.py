"""The server acknowledges RCPT by TCP and never replies to it."""

from tests.lab.lab import Lab
from tests.lab.sight import shows
from tests.lab.truth import Expect, faulty

MECHANISM = "silence of the server"
CASES = (faulty("mta-eth0.pcap", Expect(("server-silent",), ("198.51.100.10", "RCPT"))),)
SEEN = shows("mta-eth0.pcap", "src 10.10.0.5 and tcp[13] & 1 != 0")


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.odd_server(ends={"RCPT": "silent"})
    mta = lab.sender()
    with lab.taps("mta-eth0"):
        lab.submit()
        mta.wait_for("status=deferred")
    lab.keep_log(mta)
