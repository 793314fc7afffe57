"""The server takes the whole message and never says what became of it; the client gives up waiting."""

from tests.lab.lab import Lab
from tests.lab.sight import shows
from tests.lab.truth import Expect, faulty

MUTE = Expect(("server-silent", "message-unconfirmed"), ("198.51.100.10",))
MECHANISM = "silence of the server"
CASES = (faulty("mta-eth0.pcap", MUTE),)
SEEN = shows("mta-eth0.pcap", "src 10.10.0.5 and greater 500", "src 10.10.0.5 and tcp[13] & 1 != 0")


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.odd_server(ends={"END": "silent"})
    mta = lab.sender()
    with lab.taps("mta-eth0"):
        lab.submit()
        mta.wait_for("status=deferred")
    lab.keep_log(mta)
