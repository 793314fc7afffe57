"""The resolver is asked over IPv6, and the mail goes over IPv4."""

from tests.lab.lab import Lab
from tests.lab.plays import EVERYWHERE, deliver
from tests.lab.sight import shows
from tests.lab.truth import SIDES, asked, innocent, innocent_with_log

LIVE = False
MECHANISM = "ordinary delivery"
CASES = (innocent("mta-eth0.pcap"), innocent_with_log("mta-eth0.pcap"), asked("two-sides", SIDES, quiet=True))
SEEN = shows("mta-eth0.pcap", "ip6 and udp dst port 53", "ip and tcp dst port 25")


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.network.resolvers("mta", ["2001:db8:100::53"])
    lab.receiver()
    deliver(lab, *EVERYWHERE)
