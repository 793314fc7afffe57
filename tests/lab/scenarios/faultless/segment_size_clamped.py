"""The gateway lowers the segment size in passing SYNs (TCPMSS): the two sides see different SYNs of one connection."""

from tests.lab.lab import Lab
from tests.lab.plays import EVERYWHERE, deliver
from tests.lab.truth import SIDES, asked, innocent

LIVE = False
MECHANISM = "segment size"
CASES = (innocent("mta-eth0.pcap"), asked("two-sides", SIDES, quiet=True), asked("gw-any", "gw-any.pcap", quiet=True))


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.receiver()
    lab.firewall("gw", "-t mangle -A FORWARD -p tcp --tcp-flags SYN,RST SYN -j TCPMSS --set-mss 1200")
    deliver(lab, *EVERYWHERE, order={"size": 3000})
