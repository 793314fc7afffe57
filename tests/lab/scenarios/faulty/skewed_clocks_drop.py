"""The gateway drops SYNs, and the capture beyond it was made by a clock that is 2.75 s behind."""

from tests.lab.edit import with_clock
from tests.lab.lab import Lab
from tests.lab.plays import DEFERRED, GATEWAY, deliver
from tests.lab.truth import SIDES, Expect, asked

LIVE = False
MECHANISM = "clocks"
DROPPED = Expect(("dropped-in-transit",), ("198.51.100.10", "lan", "wan"))
CASES = (asked("two-sides", SIDES, DROPPED, also=("connect-blackholed",)),)


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.receiver()
    lab.firewall("gw", "-A FORWARD -p tcp --dport 25 -j DROP")
    deliver(lab, *GATEWAY[1:], until=DEFERRED)
    with_clock(lab.out / "gw-wan.pcap", -2.75)
