"""One message goes to two hosts at the same moment, word for word: two connections, one dialogue, and no proxy."""

from tests.lab.lab import Lab
from tests.lab.plays import EVERYWHERE
from tests.lab.sight import shows
from tests.lab.truth import SIDES, asked, innocent

LIVE = False
MECHANISM = "userland proxy"
CASES = (
    innocent("mta-eth0.pcap"),
    innocent("gw-any.pcap", also=("source-rewritten",)),
    asked("two-sides", SIDES, also=("source-rewritten",), quiet=True),
)
SEEN = shows("gw-wan.pcap", "dst 198.51.100.10 and tcp dst port 25", "dst 198.51.100.20 and tcp dst port 25")


def play(lab: Lab) -> None:
    lab.resolver().serve(also="example.org. MX 10 backup.example.net.\n")
    lab.odd_server("mx1", replies={"CONNECT": "220 cluster.example.net ESMTP\r\n"})
    lab.odd_server("mx2", replies={"CONNECT": "220 cluster.example.net ESMTP\r\n"})
    lab.firewall("gw", "-t nat -A POSTROUTING -o wan0 -j MASQUERADE --random")
    mta = lab.sender()
    with lab.taps(*EVERYWHERE):
        lab.submit(to=["bob@example.net", "bob@example.org"])
        mta.wait_for("status=sent", times=2)
