"""The message is taken, but the gateway drops every FIN of the client's: the server keeps a connection that nobody has."""

import time

from tests.lab.lab import Lab
from tests.lab.plays import EVERYWHERE
from tests.lab.sight import lacks, shows
from tests.lab.truth import SIDES, Expect, asked, faulty

LIVE = False
MECHANISM = "drop"
DROPPED = Expect(("dropped-in-transit",), ("198.51.100.10", "lan", "wan", "FIN"))
CASES = (
    asked("two-sides", SIDES, DROPPED, also=("session-blackholed",)),
    faulty("mta-eth0.pcap", also=("session-blackholed",)),
)
SEEN = (
    *shows("gw-lan.pcap", "tcp dst port 25 and tcp[13] & 1 != 0"),
    *lacks("gw-wan.pcap", "tcp dst port 25 and tcp[13] & 1 != 0"),
)


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.receiver()
    lab.firewall("gw", "-A FORWARD -p tcp --dport 25 --tcp-flags FIN FIN -j DROP")
    mta = lab.sender()
    with lab.taps(*EVERYWHERE):
        lab.submit()
        mta.wait_for("status=sent")
        time.sleep(4)
