"""The gateway sends every lookup to another resolver than the one that was asked."""

from tests.lab.lab import Lab
from tests.lab.plays import EVERYWHERE, deliver
from tests.lab.sight import lacks, shows
from tests.lab.truth import SIDES, Expect, asked, innocent

LIVE = False
MECHANISM = "lookups redirected"
MOVED = Expect(("resolver-rewritten",), ("198.51.100.53", "198.51.100.54"))
NAMED = Expect(("resolver-rewritten",), ("198.51.100.53", "198.51.100.54", "nat PREROUTING"))
CASES = (
    asked("gw-any", "gw-any.pcap", MOVED),
    asked("two-sides", SIDES, MOVED),
    asked("rules", "gw-any.pcap --rules rules.txt", NAMED),
    asked("conntrack", "mta-eth0.pcap --conntrack conntrack.txt", MOVED),
    innocent("mta-eth0.pcap"),
)
SEEN = (
    *shows("gw-lan.pcap", "dst 198.51.100.53 and udp dst port 53"),
    *shows("gw-wan.pcap", "dst 198.51.100.54 and udp dst port 53"),
    *lacks("gw-wan.pcap", "host 198.51.100.53"),
)


def play(lab: Lab) -> None:
    lab.resolver("ns2").serve()
    lab.receiver()
    lab.firewall("gw", "-t nat -A PREROUTING -i lan0 -p udp --dport 53 -j DNAT --to-destination 198.51.100.54:53")
    deliver(lab, *EVERYWHERE)
    lab.keep_firewall("gw")
