"""A host inside sends to the published address of its own exchanger; the gateway turns it round, and bears both ends' addresses."""

from tests.lab.lab import Lab
from tests.lab.sight import shows
from tests.lab.truth import REWRITTEN, asked

LIVE = False
MECHANISM = "twice NAT"
CASES = (
    asked("mta-eth0", "mta-eth0.pcap", also=REWRITTEN, quiet=True),
    asked("gw-any", "gw-any.pcap", also=REWRITTEN, quiet=True),
)
SEEN = shows("gw-any.pcap", "src 10.10.0.5 and dst 203.0.113.1 and tcp", "src 10.10.0.1 and dst 10.10.0.5 and tcp")


def play(lab: Lab) -> None:
    lab.resolver().serve(also="mx.corp.example. A 203.0.113.1\nown.example. MX 10 mx.corp.example.\n")
    lab.firewall(
        "gw",
        "-t nat -A PREROUTING -d 203.0.113.1 -p tcp --dport 25 -j DNAT --to-destination 10.10.0.5:25",
        "-t nat -A POSTROUTING -s 10.10.0.0/24 -d 10.10.0.5 -p tcp --dport 25 -j SNAT --to-source 10.10.0.1",
    )
    mta = lab.sender(mydestination="own.example")
    with lab.taps("mta-eth0", "gw-any"):
        lab.lookup("mta", "own.example", "MX")
        lab.lookup("mta", "mx.corp.example", "A")
        lab.send("mta", "203.0.113.1", ["alice@own.example"], helo="desk.corp.example")
        mta.wait_for("status=sent")
