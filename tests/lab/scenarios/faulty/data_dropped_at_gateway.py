"""The gateway drops every segment of the client's that names the recipient: the dialogue ends there."""

from tests.lab.lab import Lab
from tests.lab.plays import DEFERRED, EVERYWHERE, deliver
from tests.lab.truth import SIDES, Expect, asked, faulty

MECHANISM = "drop"
STUCK = Expect(("session-blackholed",), ("198.51.100.10",))
DROPPED = Expect(("dropped-in-transit",), ("198.51.100.10", "lan", "wan"))
CASES = (
    faulty("mta-eth0.pcap", STUCK),
    asked("two-sides", SIDES, DROPPED, also=("session-blackholed",)),
    asked("gw-any", "gw-any.pcap", Expect(DROPPED.any_of, ("198.51.100.10",)), also=("session-blackholed",)),
    asked(
        "rules",
        f"{SIDES} --rules rules.txt",
        Expect(("dropped-in-transit",), ("198.51.100.10", "filter FORWARD", "DROP")),
        also=("session-blackholed",),
    ),
)


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.receiver()
    lab.firewall("gw", "-A FORWARD -p tcp --dport 25 -m string --algo bm --string RCPT -j DROP")
    deliver(lab, *EVERYWHERE, until=DEFERRED)
    lab.keep_rules("gw")
