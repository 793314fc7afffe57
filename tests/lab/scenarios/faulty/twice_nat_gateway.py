"""The gateway changes both ends of outgoing mail at once: it masquerades, and sends it to another host."""

from tests.lab.lab import Lab
from tests.lab.plays import EVERYWHERE, deliver
from tests.lab.sight import lacks, shows
from tests.lab.truth import SIDES, Expect, asked, faulty

MECHANISM = "twice NAT"
MOVED = Expect(("destination-rewritten",), ("198.51.100.10", "192.0.2.66"), confidence="proven")
HIDDEN = Expect(("source-rewritten",), ("10.10.0.5", "203.0.113.1"))
CASES = (
    asked("two-sides", SIDES, MOVED, HIDDEN, also=("banner-mismatch",)),
    asked("gw-any", "gw-any.pcap", MOVED, HIDDEN, also=("banner-mismatch",)),
    asked("conntrack", "mta-eth0.pcap --conntrack conntrack.txt", MOVED, also=("banner-mismatch", "source-rewritten")),
    faulty("mta-eth0.pcap", Expect(("banner-mismatch",), ("relay.other.example",))),
)
SEEN = (
    *shows("gw-lan.pcap", "src 10.10.0.5 and dst 198.51.100.10 and tcp"),
    *shows("gw-wan.pcap", "src 203.0.113.1 and dst 192.0.2.66 and tcp"),
    *lacks("gw-wan.pcap", "tcp and (host 10.10.0.5 or host 198.51.100.10)"),
)


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.receiver("alt", "relay.other.example")
    lab.firewall(
        "gw",
        "-t nat -A PREROUTING -d 198.51.100.10 -p tcp --dport 25 -j DNAT --to-destination 192.0.2.66:25",
        "-t nat -A POSTROUTING -o wan0 -j MASQUERADE",
    )
    deliver(lab, *EVERYWHERE)
    lab.keep_firewall("gw")
