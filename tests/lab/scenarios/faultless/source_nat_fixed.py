"""The gateway gives outgoing mail its own fixed address (SNAT), so that the name in the reverse zone fits."""

from tests.lab.lab import Lab
from tests.lab.plays import EVERYWHERE, deliver
from tests.lab.sight import shows
from tests.lab.truth import SIDES, Expect, asked, innocent

LIVE = False
MECHANISM = "source NAT"
TRANSLATED = Expect(("source-rewritten",), ("10.10.0.5", "203.0.113.1"), severity="info")
NAMED = Expect(("source-rewritten",), ("nat POSTROUTING", "SNAT"), severity="info")
CASES = (
    asked("two-sides", SIDES, TRANSLATED, quiet=True),
    asked("rules", "gw-any.pcap --rules rules.txt", NAMED, quiet=True),
    asked("two-ends", "here=mta-eth0.pcap there=mx1-eth0.pcap", TRANSLATED, quiet=True),
    innocent("mx1-eth0.pcap"),
)
SEEN = shows("mx1-eth0.pcap", "src 203.0.113.1 and tcp dst port 25")


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.receiver()
    lab.firewall("gw", "-t nat -A POSTROUTING -o wan0 -p tcp --dport 25 -j SNAT --to-source 203.0.113.1")
    deliver(lab, *EVERYWHERE, "mx1-eth0")
    lab.keep_rules("gw")
