"""A link beyond the gateway is narrower; it says so by ICMP, and the sender makes its segments smaller."""

from tests.lab.lab import Lab
from tests.lab.plays import EVERYWHERE, deliver
from tests.lab.sight import shows
from tests.lab.truth import SIDES, asked, innocent

LIVE = False
MECHANISM = "segment size"
CASES = (innocent("mta-eth0.pcap"), asked("two-sides", SIDES, quiet=True))
SEEN = shows("mta-eth0.pcap", "icmp[0] = 3 and icmp[1] = 4")


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.receiver()
    for host, interface in (("mta", "eth0"), ("gw", "lan0"), ("gw", "wan0"), ("rt", "wan0")):
        lab.network.plain_segments(host, interface)
    lab.network.run("rt", "ip", "link", "set", "mx1", "mtu", "1300")
    deliver(lab, *EVERYWHERE, order={"size": 3500})
