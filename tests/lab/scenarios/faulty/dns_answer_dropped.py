"""The gateway drops every answer of the resolver on its way in: the question arrived, and was answered."""

import time

from tests.lab.lab import Lab
from tests.lab.plays import EVERYWHERE
from tests.lab.sight import lacks, shows
from tests.lab.truth import SIDES, Expect, asked, faulty

LIVE = False
MECHANISM = "drop"
UNANSWERED = Expect(("dns-unanswered", "resolver-outage"), ("198.51.100.53",))
DROPPED = Expect(("dropped-in-transit",), ("198.51.100.53", "wan", "lan"))
CASES = (
    faulty("mta-eth0.pcap", UNANSWERED, also=("dns-unanswered", "resolver-outage")),
    asked("two-sides", SIDES, DROPPED, also=("dns-unanswered", "resolver-outage")),
    asked(
        "gw-any", "gw-any.pcap", Expect(DROPPED.any_of, ("198.51.100.53",)), also=("dns-unanswered", "resolver-outage")
    ),
)
SEEN = (*shows("gw-wan.pcap", "udp src port 53"), *lacks("gw-lan.pcap", "udp src port 53"))


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.firewall("gw", "-A FORWARD -p udp --sport 53 -j DROP")
    mta = lab.sender()
    with lab.taps(*EVERYWHERE):
        lab.submit()
        mta.wait_for("status=deferred")
        lab.submit(to=["bob@example.org"])
        mta.wait_for("status=deferred", times=2)
        time.sleep(2)
