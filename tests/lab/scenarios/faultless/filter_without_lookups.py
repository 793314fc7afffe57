"""The capture beyond the gateway was filtered for mail alone; the lookups that it lacks went well."""

from tests.lab.lab import Lab
from tests.lab.truth import SIDES, asked

LIVE = False
MECHANISM = "the capture itself"
CASES = (asked("two-sides", SIDES, quiet=True), asked("mta-and-wan", "mta-eth0.pcap gw-wan.pcap", quiet=True))


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.receiver()
    mta = lab.sender()
    with lab.taps("gw-lan", "mta-eth0"), lab.taps("gw-wan", options=("tcp", "port", "25")):
        for sent in (1, 2):
            lab.submit()
            mta.wait_for("status=sent", times=sent)
