"""One message, the resolver being a BIND that forwards to an Unbound; seen at both."""

from tests.lab.lab import Lab
from tests.lab.plays import deliver
from tests.lab.sight import shows
from tests.lab.truth import asked, innocent

LIVE = False
MECHANISM = "ordinary delivery"
NEEDS = ("named",)
CASES = (innocent("mta-eth0.pcap"), innocent("ns2-eth0.pcap"), asked("both", "mta-eth0.pcap ns2-eth0.pcap", quiet=True))
SEEN = shows("ns2-eth0.pcap", "src 198.51.100.54 and dst 198.51.100.53 and udp dst port 53")


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.bind("ns2").forward("198.51.100.53")
    lab.network.resolvers("mta", ["198.51.100.54"])
    lab.receiver()
    deliver(lab, "mta-eth0", "ns2-eth0")
