"""The mail server sends from an address of its own that its lookups do not come from, and a rule in OUTPUT sends the mail elsewhere."""

from tests.lab.lab import Lab
from tests.lab.plays import deliver
from tests.lab.sight import shows
from tests.lab.truth import Expect, asked, faulty

LIVE = False
MECHANISM = "DNAT"
MOVED = Expect(("destination-rewritten",), ("198.51.100.10", "192.0.2.66"))
CASES = (
    faulty("mta-eth0.pcap", also=("destination-rewritten", "banner-mismatch")),
    asked(
        "log",
        "mta-eth0.pcap --log mail.log",
        Expect((*MOVED.any_of, "log-contradicts-wire"), MOVED.mentions),
        also=("banner-mismatch", "destination-rewritten"),
    ),
)
SEEN = shows("mta-eth0.pcap", "src 10.10.0.77 and dst 192.0.2.66 and tcp dst port 25")


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.receiver("alt", "relay.other.example")
    lab.network.run("mta", "ip", "addr", "add", "10.10.0.77/24", "dev", "eth0")
    lab.firewall("mta", "-t nat -A OUTPUT -d 198.51.100.10 -p tcp --dport 25 -j DNAT --to-destination 192.0.2.66:25")
    deliver(lab, "mta-eth0", smtp_bind_address="10.10.0.77")
