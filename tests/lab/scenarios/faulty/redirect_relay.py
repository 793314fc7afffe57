"""The gateway redirects outgoing mail into a proxy that passes it on, to the true server, word for word: two connections, one dialogue."""

from tests.lab.lab import Lab
from tests.lab.plays import EVERYWHERE, deliver
from tests.lab.sight import lacks, shows
from tests.lab.truth import SIDES, Expect, asked, faulty

MECHANISM = "REDIRECT and TPROXY"
PROXY = Expect(("transparent-proxy",), ("198.51.100.10",))
NAMED = Expect(("transparent-proxy",), ("198.51.100.10", "nat PREROUTING", "REDIRECT"))
CASES = (
    asked("two-sides", SIDES, PROXY, also=("source-rewritten",)),
    faulty("gw-any.pcap", PROXY, also=("source-rewritten",)),
    faulty("mta-eth0.pcap", also=("transparent-proxy",)),
    asked("rules", "gw-any.pcap --rules rules.txt", NAMED, also=("source-rewritten",)),
    asked(
        "conntrack", "gw-any.pcap --conntrack conntrack.txt", PROXY, also=("source-rewritten", "destination-rewritten")
    ),
)
SEEN = (
    *shows("gw-lan.pcap", "src 10.10.0.5 and tcp dst port 25"),
    *shows("gw-wan.pcap", "src 203.0.113.1 and tcp dst port 25"),
    *lacks("gw-wan.pcap", "src 10.10.0.5 and tcp"),
)


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.receiver()
    lab.program("gw", "proxy.py", "10.10.0.1", "2525")
    lab.firewall("gw", "-t nat -A PREROUTING -i lan0 -p tcp --dport 25 -j REDIRECT --to-ports 2525")
    deliver(lab, *EVERYWHERE)
    lab.keep_firewall("gw")
