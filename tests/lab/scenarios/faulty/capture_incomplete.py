"""Every fourth large segment was lost on its way into the file, not on the wire: the server acknowledged all of them."""

from tests.lab.edit import without
from tests.lab.lab import Lab
from tests.lab.truth import Case, Expect, all_but

MECHANISM = "the capture itself"
CASES = (Case("mta-eth0", ("mta-eth0.pcap",), (Expect(("capture-incomplete",), ()),), all_but(), "info"),)
LARGE = 1000


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.receiver()
    mta = lab.sender()
    lab.network.plain_segments("mta", "eth0")
    with lab.taps("mta-eth0"):
        lab.submit(size=20000)
        mta.wait_for("status=sent")
    large = iter(range(1000))
    without(lab.out / "mta-eth0.pcap", lambda frame: len(frame) > LARGE and next(large) % 4 == 1)
    lab.keep_log(mta)
