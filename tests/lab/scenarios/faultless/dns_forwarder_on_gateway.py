"""The mail server asks the gateway, as it is told to, and dnsmasq there asks the resolver beyond: two questions, and no rewriting."""

from tests.lab.lab import Lab
from tests.lab.plays import EVERYWHERE, deliver
from tests.lab.sight import shows
from tests.lab.truth import SIDES, asked, innocent

LIVE = False
MECHANISM = "lookups redirected"
NEEDS = ("dnsmasq",)
CASES = (innocent("gw-any.pcap"), innocent("mta-eth0.pcap"), asked("two-sides", SIDES, quiet=True))
SEEN = (
    *shows("gw-lan.pcap", "dst 10.10.0.1 and udp dst port 53"),
    *shows("gw-wan.pcap", "src 203.0.113.1 and dst 198.51.100.53 and udp"),
)


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.receiver()
    lab.dnsmasq("gw", ("10.10.0.1",)).start("server=198.51.100.53")
    lab.network.resolvers("mta", ["10.10.0.1"])
    deliver(lab, *EVERYWHERE)
