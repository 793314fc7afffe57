"""The gateway's forward chain, written in nftables, drops what is not mail, and counts it."""

from tests.lab.lab import Lab
from tests.lab.plays import EVERYWHERE
from tests.lab.truth import SIDES, asked, innocent

LIVE = False
MECHANISM = "drop"
CASES = (
    innocent("mta-eth0.pcap"),
    asked("two-sides", SIDES, quiet=True),
    asked("rules", f"{SIDES} --rules rules.txt", quiet=True),
)
RULES = """\
table inet filter {
  set wanted { type inet_service; elements = { 25, 53 }; }
  chain forward {
    type filter hook forward priority filter; policy accept;
    iifname "lan0" oifname "wan0" meta l4proto { tcp, udp } th dport != @wanted counter drop
  }
}
"""


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.receiver()
    lab.nft("gw", RULES)
    mta = lab.sender()
    with lab.taps(*EVERYWHERE):
        lab.client("mta", "touch", "198.51.100.10", "8080", "hello").wait_end()
        lab.submit()
        mta.wait_for("status=sent")
    lab.keep_nft("gw")
