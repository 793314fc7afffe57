"""One message, the resolver being a dnsmasq that forwards to an Unbound."""

from tests.lab.lab import Lab
from tests.lab.plays import deliver
from tests.lab.truth import innocent, innocent_with_log

MECHANISM = "ordinary delivery"
NEEDS = ("dnsmasq",)
CASES = (innocent("mta-eth0.pcap"), innocent_with_log("mta-eth0.pcap"))


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.dnsmasq("ns2").start("server=198.51.100.53")
    lab.network.resolvers("mta", ["198.51.100.54"])
    lab.receiver()
    deliver(lab, "mta-eth0")
