"""The gateway answers SYNs for the mail server and lets only true handshakes through (nftables synproxy): other sequence numbers on either side."""

from tests.lab.lab import Lab
from tests.lab.plays import EVERYWHERE, receive
from tests.lab.sight import shows
from tests.lab.truth import SIDES, asked, innocent

MECHANISM = "SYN proxy"
CASES = (
    asked("two-sides", SIDES, quiet=True),
    asked("gw-any", "gw-any.pcap", quiet=True),
    innocent("mta-eth0.pcap"),
    innocent("gw-wan.pcap"),
)
SEEN = shows("gw-wan.pcap", "src 10.10.0.5 and tcp[13] = 18")


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.synproxy()
    receive(lab, *EVERYWHERE)
