"""The client's FIN is lost at the gateway once, and sent again."""

import time

from tests.lab.lab import Lab
from tests.lab.plays import EVERYWHERE
from tests.lab.truth import SIDES, asked, innocent

LIVE = False
MECHANISM = "loss on the wire"
CASES = (innocent("mta-eth0.pcap"), asked("two-sides", SIDES, quiet=True), asked("gw-any", "gw-any.pcap", quiet=True))


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.receiver()
    lab.lose_one("-p tcp --dport 25 --tcp-flags FIN FIN")
    mta = lab.sender()
    with lab.taps(*EVERYWHERE):
        lab.submit()
        mta.wait_for("status=sent")
        time.sleep(1.5)
