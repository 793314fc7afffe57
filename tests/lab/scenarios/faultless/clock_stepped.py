"""The clock of the capturing host is set back by four seconds while it captures."""

from tests.lab.edit import with_step
from tests.lab.lab import Lab
from tests.lab.truth import SIDES, asked, innocent

LIVE = False
MECHANISM = "clocks"
CASES = (innocent("gw-lan.pcap"), asked("two-sides", SIDES, quiet=True))


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.receiver()
    mta = lab.sender()
    with lab.taps("gw-lan", "gw-wan"):
        for sent in range(1, 5):
            lab.submit()
            mta.wait_for("status=sent", times=sent)
    with_step(lab.out / "gw-lan.pcap", 70, -4.0)
