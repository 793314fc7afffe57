"""The server takes the whole message and never says what became of it; the client gives up waiting."""

from tests.lab.lab import Lab
from tests.lab.truth import Expect, faulty

MUTE = Expect(("server-silent", "message-unconfirmed"), ("198.51.100.10",))
CASES = (faulty("mta-eth0.pcap", MUTE),)


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.odd_server(ends={"END": "silent"})
    mta = lab.sender()
    with lab.taps("mta-eth0"):
        lab.submit()
        mta.wait_for("status=deferred")
    lab.keep_log(mta)
