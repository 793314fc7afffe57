"""Captured with a snap length of 80 octets: headers are whole, dialogues are not."""

from tests.lab.lab import Lab
from tests.lab.truth import Case, Expect, all_but

MECHANISM = "the capture itself"
CASES = (Case("mta-eth0", ("mta-eth0.pcap",), (Expect(("capture-incomplete",), ()),), all_but(), "info"),)


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.receiver()
    mta = lab.sender()
    with lab.taps("mta-eth0", options=("-s", "80")):
        lab.submit()
        mta.wait_for("status=sent")
    lab.keep_log(mta)
