"""The gateway rewrites mail to one host, and lets mail to another one pass."""

from tests.lab.lab import Lab
from tests.lab.plays import EVERYWHERE
from tests.lab.truth import SIDES, Expect, asked

LIVE = False
MECHANISM = "DNAT"
MOVED = Expect(("destination-rewritten",), ("198.51.100.10", "192.0.2.66"), confidence="proven")
OTHERS = ("!destination-rewritten:198.51.100.20",)
CASES = (
    asked("two-sides", SIDES, MOVED, also=("banner-mismatch",), never=OTHERS),
    asked("gw-any", "gw-any.pcap", MOVED, also=("banner-mismatch",), never=OTHERS),
    asked("rules", "gw-any.pcap --rules rules.txt", MOVED, also=("banner-mismatch",), never=OTHERS),
)


def play(lab: Lab) -> None:
    lab.resolver().serve(also="example.org. MX 10 backup.example.net.\n")
    lab.receiver("alt", "relay.other.example")
    lab.receiver("mx2", "backup.example.net")
    lab.firewall("gw", "-t nat -A PREROUTING -d 198.51.100.10 -p tcp --dport 25 -j DNAT --to-destination 192.0.2.66:25")
    mta = lab.sender()
    with lab.taps(*EVERYWHERE):
        lab.submit(to=["bob@example.net", "bob@example.org"])
        mta.wait_for("status=sent", times=2)
    lab.keep_rules("gw")
