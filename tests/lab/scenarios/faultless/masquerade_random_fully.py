"""Masquerading with --random-fully: not only the address but the port too is another one beyond the gateway."""

from tests.lab.lab import Lab
from tests.lab.plays import EVERYWHERE, deliver
from tests.lab.sight import lacks, shows
from tests.lab.truth import SIDES, Expect, asked, innocent

LIVE = False
MECHANISM = "source NAT"
TRANSLATED = Expect(("source-rewritten",), ("10.10.0.5", "203.0.113.1"), severity="info")
NAMED = Expect(("source-rewritten",), ("nat POSTROUTING", "MASQUERADE"), severity="info")
CASES = (
    asked("two-sides", SIDES, TRANSLATED, quiet=True),
    asked("gw-any", "gw-any.pcap", TRANSLATED, quiet=True),
    asked("rules", "gw-any.pcap --rules rules.txt", NAMED, quiet=True),
    asked("conntrack", "gw-lan.pcap --conntrack conntrack.txt", TRANSLATED, quiet=True),
    innocent("mta-eth0.pcap"),
)
SEEN = (*shows("gw-wan.pcap", "src 203.0.113.1 and tcp dst port 25"), *lacks("gw-wan.pcap", "tcp and host 10.10.0.5"))


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.receiver()
    lab.firewall("gw", "-t nat -A POSTROUTING -o wan0 -p tcp -j MASQUERADE --random-fully")
    lab.firewall("gw", "-t nat -A POSTROUTING -o wan0 -j MASQUERADE")
    deliver(lab, *EVERYWHERE)
    lab.keep_firewall("gw")
