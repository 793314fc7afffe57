"""The server accepts the connection and never says 220: TCP is fine, the application is not."""

from tests.lab.lab import Lab
from tests.lab.sight import lacks, shows
from tests.lab.truth import Expect, faulty

MECHANISM = "silence of the server"
CASES = (faulty("mta-eth0.pcap", Expect(("server-silent",), ("198.51.100.10",))),)
SEEN = (
    *shows("mta-eth0.pcap", "src 198.51.100.10 and tcp[13] = 18"),
    *lacks("mta-eth0.pcap", "src 198.51.100.10 and tcp[13] & 8 != 0"),
)


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.odd_server(ends={"CONNECT": "silent"})
    mta = lab.sender()
    with lab.taps("mta-eth0"):
        lab.submit()
        mta.wait_for("status=deferred")
    lab.keep_log(mta)
