"""The capture beyond the gateway has only what comes in: what goes out takes another way there."""

from tests.lab.lab import Lab
from tests.lab.sight import lacks
from tests.lab.truth import SIDES, asked, innocent

LIVE = False
MECHANISM = "the capture itself"
CASES = (asked("two-sides", SIDES, quiet=True), innocent("gw-wan.pcap"))
SEEN = lacks("gw-wan.pcap", "src 10.10.0.5")


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.receiver()
    mta = lab.sender()
    with lab.taps("gw-lan"), lab.taps("gw-wan", options=("dst", "host", "10.10.0.5")):
        for sent in (1, 2):
            lab.submit()
            mta.wait_for("status=sent", times=sent)
