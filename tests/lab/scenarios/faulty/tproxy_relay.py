"""TPROXY on the gateway gives outgoing mail to a proxy that connects on to the true server in its own name."""

from tests.lab.lab import ANY_ADDRESS, Lab
from tests.lab.plays import EVERYWHERE, deliver
from tests.lab.sight import lacks, shows
from tests.lab.truth import SIDES, Expect, asked, faulty

MECHANISM = "REDIRECT and TPROXY"
PROXY = Expect(("transparent-proxy",), ("198.51.100.10",))
NAMED = Expect(("transparent-proxy",), ("198.51.100.10", "mangle PREROUTING", "TPROXY"))
CASES = (
    asked("two-sides", SIDES, PROXY, also=("source-rewritten",)),
    faulty("gw-any.pcap", PROXY, also=("source-rewritten",)),
    faulty("mta-eth0.pcap", also=("transparent-proxy",)),
    asked("rules", "gw-any.pcap --rules rules.txt", NAMED, also=("source-rewritten",)),
)
SEEN = (
    *shows("mta-eth0.pcap", "src 198.51.100.10 and ip[8] = 64"),
    *shows("gw-wan.pcap", "src 203.0.113.1 and tcp dst port 25"),
    *lacks("gw-wan.pcap", "src 10.10.0.5 and tcp"),
)


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.receiver()
    lab.tproxy()
    lab.program("gw", "proxy.py", ANY_ADDRESS, "2525", "--transparent")
    deliver(lab, *EVERYWHERE)
    lab.keep_rules("gw")
