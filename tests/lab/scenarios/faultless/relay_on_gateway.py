"""The gateway is the mail server's smart host: it takes each message, keeps it, and sends it on in a connection of its own."""

from tests.lab.lab import Lab
from tests.lab.plays import EVERYWHERE
from tests.lab.sight import shows
from tests.lab.truth import SIDES, asked, innocent

LIVE = False
MECHANISM = "userland proxy"
CASES = (innocent("mta-eth0.pcap"), innocent("gw-any.pcap"), asked("two-sides", SIDES, quiet=True))
SEEN = (
    *shows("gw-lan.pcap", "dst 10.10.0.1 and tcp dst port 25"),
    *shows("gw-wan.pcap", "src 203.0.113.1 and dst 198.51.100.10 and tcp dst port 25"),
)


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.receiver()
    relay = lab.receiver("gw", "relay.corp.example", relay_transport="smtp", mynetworks="10.10.0.0/24 127.0.0.0/8")
    mta = lab.sender(relayhost="[10.10.0.1]")
    with lab.taps(*EVERYWHERE):
        lab.submit()
        mta.wait_for("status=sent")
        relay.wait_for("status=sent")
