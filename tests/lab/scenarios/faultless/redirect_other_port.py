"""The gateway redirects web traffic into a proxy of its own, and lets mail alone."""

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
    asked("conntrack", "gw-any.pcap --conntrack conntrack.txt", quiet=True),
)
SEEN = shows("gw-wan.pcap", "src 10.10.0.5 and tcp dst port 25")


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.receiver()
    lab.firewall("gw", "-t nat -A PREROUTING -i lan0 -p tcp --dport 80 -j REDIRECT --to-ports 3128")
    deliver(lab, *EVERYWHERE)
    lab.keep_firewall("gw")
