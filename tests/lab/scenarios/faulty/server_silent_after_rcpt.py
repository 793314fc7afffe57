"""The server acknowledges RCPT by TCP and never replies to it."""

from tests.lab.lab import Lab
from tests.lab.truth import Expect, faulty

CASES = (faulty("mta-eth0.pcap", Expect(("server-silent",), ("198.51.100.10", "RCPT"))),)


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.odd_server(ends={"RCPT": "silent"})
    mta = lab.sender()
    with lab.taps("mta-eth0"):
        lab.submit()
        mta.wait_for("status=deferred")
    lab.keep_log(mta)
