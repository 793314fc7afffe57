"""The gateway drops every question to the resolver on its way out."""

import time

from tests.lab.lab import Lab
from tests.lab.plays import EVERYWHERE
from tests.lab.sight import lacks, shows
from tests.lab.truth import SIDES, Expect, asked, faulty

LIVE = False
MECHANISM = "drop"
UNANSWERED = Expect(("dns-unanswered", "resolver-outage"), ("198.51.100.53",))
DROPPED = Expect(("dropped-in-transit",), ("198.51.100.53", "lan", "wan"))
CASES = (
    faulty("mta-eth0.pcap", UNANSWERED, also=("dns-unanswered", "resolver-outage")),
    asked("two-sides", SIDES, DROPPED, also=("dns-unanswered", "resolver-outage")),
    asked(
        "rules",
        f"{SIDES} --rules rules.txt",
        Expect(("dropped-in-transit",), ("198.51.100.53", "filter FORWARD", "--dport 53")),
        also=("dns-unanswered", "resolver-outage"),
    ),
)
SEEN = (*shows("gw-lan.pcap", "udp dst port 53"), *lacks("gw-wan.pcap", "udp"))


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.odd_server()
    lab.firewall("gw", "-A FORWARD -p udp --dport 53 -j DROP")
    mta = lab.sender()
    with lab.taps(*EVERYWHERE):
        lab.client("mta", "touch", "198.51.100.10", "25", "QUIT\\r\\n").wait_end()
        lab.submit()
        mta.wait_for("status=deferred")
        lab.submit(to=["bob@example.org"])
        mta.wait_for("status=deferred", times=2)
        time.sleep(2)
    lab.keep_rules("gw")
