"""A message by STARTTLS through a masquerading gateway, seen on both its sides."""

from tests.lab.lab import Lab
from tests.lab.plays import EVERYWHERE, deliver
from tests.lab.truth import SIDES, asked, innocent

LIVE = False
MECHANISM = "edited dialogue"
CASES = (
    asked("two-sides", SIDES, also=("source-rewritten",), quiet=True),
    asked("gw-any", "gw-any.pcap", also=("source-rewritten",), quiet=True),
    innocent("mta-eth0.pcap"),
)


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.receiver(**lab.certified())
    lab.firewall("gw", "-t nat -A POSTROUTING -o wan0 -j MASQUERADE")
    deliver(lab, *EVERYWHERE, smtp_tls_security_level="may")
