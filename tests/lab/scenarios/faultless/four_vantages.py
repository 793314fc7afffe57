"""One message, seen at four places on its way through a masquerading gateway."""

from tests.lab.lab import Lab
from tests.lab.plays import deliver
from tests.lab.truth import Expect, asked

LIVE = False
MECHANISM = "source NAT"
PATH = "a=mta-eth0.pcap b=gw-lan.pcap c=gw-wan.pcap d=mx1-eth0.pcap"
HIDDEN = Expect(("source-rewritten",), ("10.10.0.5", "203.0.113.1"))
CASES = (
    asked("path", PATH, HIDDEN, quiet=True),
    asked("backwards", " ".join(reversed(PATH.split())), HIDDEN, quiet=True),
    asked("same-host", "mta-eth0.pcap mta-any.pcap", quiet=True),
)


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.receiver()
    lab.firewall("gw", "-t nat -A POSTROUTING -o wan0 -j MASQUERADE")
    deliver(lab, "mta-eth0", "mta-any", "gw-lan", "gw-wan", "mx1-eth0")
