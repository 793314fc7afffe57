"""The socket table of the mail server, taken while a message was being sent, agrees with the wire."""

import time

from tests.lab.lab import Lab
from tests.lab.truth import asked, innocent

LIVE = False
MECHANISM = "ordinary delivery"
CASES = (
    innocent("mta-eth0.pcap"),
    asked("sockets", "mta-eth0.pcap --sockets sockets.txt", quiet=True),
)


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.odd_server(delays={"END": 1.5})
    mta = lab.sender()
    with lab.taps("mta-eth0"):
        lab.submit()
        time.sleep(0.7)
        lab.keep_sockets("mta")
        mta.wait_for("status=sent")
