"""The capture beyond the gateway was filtered for the DNS alone; the mail that it lacks went well."""

from tests.lab.lab import Lab
from tests.lab.truth import SIDES, asked

LIVE = False
MECHANISM = "the capture itself"
CASES = (asked("two-sides", SIDES, quiet=True), asked("swapped", "wan=gw-wan.pcap lan=gw-lan.pcap", quiet=True))


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.receiver()
    mta = lab.sender()
    with lab.taps("gw-lan"), lab.taps("gw-wan", options=("port", "53")):
        for sent in (1, 2):
            lab.submit()
            mta.wait_for("status=sent", times=sent)
