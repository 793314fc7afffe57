"""The gateway takes web traffic into its proxy by TPROXY, and lets mail alone."""

from tests.lab.lab import Lab
from tests.lab.plays import EVERYWHERE, deliver
from tests.lab.sight import shows
from tests.lab.truth import SIDES, asked, innocent

LIVE = False
MECHANISM = "REDIRECT and TPROXY"
CASES = (
    innocent("gw-any.pcap"),
    innocent("mta-eth0.pcap"),
    asked("two-sides", SIDES, quiet=True),
    asked("rules", "gw-any.pcap --rules rules.txt", quiet=True),
)
SEEN = shows("gw-wan.pcap", "src 10.10.0.5 and tcp dst port 25")


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.receiver()
    lab.tproxy(port=80)
    deliver(lab, *EVERYWHERE)
    lab.keep_rules("gw")
