"""The gateway drops mail to one host, and lets mail to another one pass."""

from tests.lab.lab import Lab
from tests.lab.plays import EVERYWHERE
from tests.lab.truth import SIDES, Expect, asked, faulty

LIVE = False
MECHANISM = "drop"
DROPPED = Expect(("dropped-in-transit",), ("198.51.100.10", "lan", "wan"))
OTHERS = ("!dropped-in-transit:198.51.100.20", "!connect-blackholed:198.51.100.20")
CASES = (
    asked("two-sides", SIDES, DROPPED, also=("connect-blackholed",), never=OTHERS),
    faulty("mta-eth0.pcap", Expect(("connect-blackholed",), ("198.51.100.10",)), never=OTHERS),
)


def play(lab: Lab) -> None:
    lab.resolver().serve(also="example.org. MX 10 backup.example.net.\n")
    lab.receiver()
    lab.receiver("mx2", "backup.example.net")
    lab.firewall("gw", "-A FORWARD -p tcp --dport 25 -d 198.51.100.10 -j DROP")
    mta = lab.sender()
    with lab.taps(*EVERYWHERE):
        lab.submit(to=["bob@example.net", "bob@example.org"])
        mta.wait_for("status=sent")
        mta.wait_for("status=deferred")
