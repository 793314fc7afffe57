"""The mail server hands its mail to the gateway as its smart host, where socat passes it on: meant so, and named so."""

from tests.lab.lab import Lab
from tests.lab.plays import EVERYWHERE, deliver
from tests.lab.sight import shows
from tests.lab.truth import SIDES, asked, innocent

LIVE = False
MECHANISM = "userland proxy"
NEEDS = ("socat",)
CASES = (innocent("mta-eth0.pcap"), innocent("gw-any.pcap"), asked("two-sides", SIDES, quiet=True))
SEEN = (
    *shows("gw-lan.pcap", "dst 10.10.0.1 and tcp dst port 25"),
    *shows("gw-wan.pcap", "src 203.0.113.1 and dst 198.51.100.10 and tcp dst port 25"),
)


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.receiver()
    lab.relay("gw", "10.10.0.1", "198.51.100.10")
    deliver(lab, *EVERYWHERE, relayhost="[10.10.0.1]")
