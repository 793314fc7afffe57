"""The capture ends while the server still thinks about RCPT: what came of it is not in it."""

import time

from tests.lab.lab import Lab
from tests.lab.sight import lacks, shows
from tests.lab.truth import innocent, innocent_with_log

MECHANISM = "ordinary delivery"
CASES = (innocent("mta-eth0.pcap"), innocent_with_log("mta-eth0.pcap"))
SEEN = (*shows("mta-eth0.pcap", "tcp[13] = 18"), *lacks("mta-eth0.pcap", "tcp[13] & 5 != 0"))


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.odd_server(delays={"RCPT": 2.5})
    mta = lab.sender()
    with lab.taps("mta-eth0"):
        lab.submit()
        time.sleep(0.7)
    mta.wait_for("status=sent")
    lab.keep_log(mta)
