"""The gateway redirects the lookups of its guests into its own resolver; the mail server's own go where they were sent."""

from tests.lab.lab import Lab
from tests.lab.plays import EVERYWHERE, deliver
from tests.lab.sight import shows
from tests.lab.truth import SIDES, asked, innocent

LIVE = False
MECHANISM = "lookups redirected"
CASES = (
    innocent("gw-any.pcap"),
    innocent("mta-eth0.pcap"),
    asked("two-sides", SIDES, quiet=True),
    asked("rules", "gw-any.pcap --rules rules.txt", quiet=True),
    asked("conntrack", "mta-eth0.pcap --conntrack conntrack.txt", quiet=True),
)
SEEN = shows("gw-wan.pcap", "src 10.10.0.5 and dst 198.51.100.53 and udp")


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.receiver()
    lab.firewall("gw", "-t nat -A PREROUTING -s 10.10.0.128/25 -p udp --dport 53 -j REDIRECT --to-ports 53")
    deliver(lab, *EVERYWHERE)
    lab.keep_firewall("gw")
