"""The gateway's forward chain, written in nftables, drops outgoing mail and counts it."""

from tests.lab.lab import Lab
from tests.lab.plays import DEFERRED, EVERYWHERE, deliver
from tests.lab.truth import SIDES, Expect, asked, faulty

LIVE = False
MECHANISM = "drop"
DROPPED = Expect(("dropped-in-transit",), ("198.51.100.10", "lan", "wan"))
NAMED = Expect(("dropped-in-transit",), ("198.51.100.10", "rules.txt", "drop"))
CASES = (
    asked("two-sides", SIDES, DROPPED, also=("connect-blackholed",)),
    asked("rules", f"{SIDES} --rules rules.txt", NAMED, also=("connect-blackholed",)),
    faulty("mta-eth0.pcap", Expect(("connect-blackholed",), ("198.51.100.10",))),
)
RULES = """\
table inet filter {
  set submission { type inet_service; elements = { 25, 465 }; }
  chain forward {
    type filter hook forward priority filter; policy accept;
    iifname "lan0" oifname "wan0" tcp dport @submission counter drop
  }
}
"""


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.receiver()
    lab.nft("gw", RULES)
    deliver(lab, *EVERYWHERE, until=DEFERRED)
    lab.keep_nft("gw")
