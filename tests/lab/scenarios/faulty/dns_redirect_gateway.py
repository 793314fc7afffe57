"""The gateway redirects every lookup into a resolver of its own, in the name of the one that was asked."""

from tests.lab.lab import Lab
from tests.lab.plays import EVERYWHERE, deliver
from tests.lab.sight import lacks, shows
from tests.lab.truth import SIDES, Expect, asked, faulty

MECHANISM = "lookups redirected"
NEEDS = ("dnsmasq",)
MOVED = Expect(("resolver-rewritten",), ("198.51.100.53",))
NAMED = Expect(("resolver-rewritten",), ("198.51.100.53", "nat PREROUTING", "REDIRECT"))
CASES = (
    asked("gw-any", "gw-any.pcap", MOVED),
    asked("two-sides", SIDES, MOVED),
    asked("rules", "gw-any.pcap --rules rules.txt", NAMED),
    asked("conntrack", "mta-eth0.pcap --conntrack conntrack.txt", MOVED),
    faulty("mta-eth0.pcap", also=("resolver-rewritten",)),
)
SEEN = (
    *shows("gw-lan.pcap", "dst 198.51.100.53 and udp dst port 53"),
    *shows("mta-eth0.pcap", "src 198.51.100.53 and ip[8] = 64"),
    *lacks("gw-wan.pcap", "src 10.10.0.5 and udp"),
)


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.receiver()
    lab.dnsmasq("gw", ("10.10.0.1",)).start("server=198.51.100.53")
    lab.firewall("gw", "-t nat -A PREROUTING -i lan0 -p udp --dport 53 -j REDIRECT --to-ports 53")
    deliver(lab, *EVERYWHERE)
    lab.keep_firewall("gw")
