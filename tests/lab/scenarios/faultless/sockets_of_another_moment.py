"""The socket table was taken when the message had long been sent, and holds other connections."""

import time

from tests.lab.lab import Lab
from tests.lab.truth import asked

LIVE = False
MECHANISM = "ordinary delivery"
CASES = (asked("sockets", "mta-eth0.pcap --sockets sockets.txt", quiet=True),)


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.receiver()
    mta = lab.sender()
    with lab.taps("mta-eth0"):
        lab.submit()
        mta.wait_for("status=sent")
    lab.odd_server("mx2", 2525)
    other = lab.client("mta", "silent", "198.51.100.20", "2525", "2")
    time.sleep(0.7)
    lab.keep_sockets("mta")
    other.wait_end()
