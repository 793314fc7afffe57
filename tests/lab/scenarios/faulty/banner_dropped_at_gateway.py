"""The gateway drops the server's greeting on its way in, time and again; to the client the server seems mute."""

from tests.lab.lab import Lab
from tests.lab.plays import DEFERRED, EVERYWHERE, deliver
from tests.lab.sight import shows
from tests.lab.truth import SIDES, Expect, asked, faulty

LIVE = False
MECHANISM = "drop"
DROPPED = Expect(("dropped-in-transit",), ("198.51.100.10", "wan", "lan"))
STUCK = ("server-silent", "session-blackholed", "reply-lost")
CASES = (
    faulty("mta-eth0.pcap", Expect(STUCK, ("198.51.100.10",))),
    asked("two-sides", SIDES, DROPPED, also=STUCK),
    asked("gw-any", "gw-any.pcap", Expect(DROPPED.any_of, ("198.51.100.10",)), also=STUCK),
)
SEEN = shows("gw-wan.pcap", "tcp src port 25 and greater 90")


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.receiver()
    lab.firewall("gw", "-A FORWARD -p tcp --sport 25 -m string --algo bm --string ESMTP -j DROP")
    deliver(lab, *EVERYWHERE, until=DEFERRED)
