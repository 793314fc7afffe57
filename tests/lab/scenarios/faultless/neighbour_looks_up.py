"""Another host of the LAN looks an exchanger up, and this one sends to its smart host a moment later: two hosts, two matters."""

from tests.lab.lab import Lab
from tests.lab.plays import EVERYWHERE
from tests.lab.sight import shows
from tests.lab.truth import SIDES, asked, innocent

LIVE = False
MECHANISM = "ordinary delivery"
CASES = (innocent("gw-lan.pcap"), asked("two-sides", SIDES, quiet=True), asked("gw-any", "gw-any.pcap", quiet=True))
SEEN = shows(
    "gw-lan.pcap", "src 10.10.0.7 and udp dst port 53", "src 10.10.0.5 and dst 198.51.100.20 and tcp dst port 25"
)


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.network.run("mta", "ip", "addr", "add", "10.10.0.7/24", "dev", "eth0")
    lab.receiver("mx2", "relay.partner.example")
    mta = lab.sender(relayhost="[198.51.100.20]")
    with lab.taps(*EVERYWHERE):
        lab.client("mta", "lookup", "198.51.100.53", "example.net", "MX", "10.10.0.7").wait_end()
        lab.client("mta", "lookup", "198.51.100.53", "mail.example.net", "A", "10.10.0.7").wait_end()
        lab.submit()
        mta.wait_for("status=sent")
