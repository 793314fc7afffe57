"""The capture beyond the gateway holds the first 80 octets of each frame."""

from tests.lab.lab import Lab
from tests.lab.truth import SIDES, asked, innocent

LIVE = False
MECHANISM = "the capture itself"
CASES = (asked("two-sides", SIDES, quiet=True), innocent("gw-wan.pcap"))


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.receiver(**lab.certified())
    mta = lab.sender(smtp_tls_security_level="may")
    with lab.taps("gw-lan"), lab.taps("gw-wan", options=("-s", "80")):
        lab.submit()
        mta.wait_for("status=sent")
