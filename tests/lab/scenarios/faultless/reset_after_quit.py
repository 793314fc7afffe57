"""Postfix does not wait for the reply to QUIT, so the late 221 meets a closed socket and is answered by a reset."""

import time

from tests.lab.lab import Lab
from tests.lab.sight import shows
from tests.lab.truth import innocent, innocent_with_log

MECHANISM = "ordinary delivery"
CASES = (innocent("mta-eth0.pcap"), innocent_with_log("mta-eth0.pcap"))
SEEN = shows("mta-eth0.pcap", "src 10.10.0.5 and tcp[13] & 4 != 0")


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.odd_server(delays={"QUIT": 0.3})
    mta = lab.sender()
    with lab.taps("mta-eth0"):
        lab.submit()
        mta.wait_for("status=sent")
        time.sleep(0.5)
    lab.keep_log(mta)
