"""The capture begins in the middle of a session: no handshake, no banner, no lookup."""

import time

from tests.lab.lab import Lab
from tests.lab.sight import lacks, shows
from tests.lab.truth import innocent, innocent_with_log

MECHANISM = "ordinary delivery"
CASES = (innocent("mta-eth0.pcap"), innocent_with_log("mta-eth0.pcap"))
SEEN = (*lacks("mta-eth0.pcap", "tcp[13] & 2 != 0"), *shows("mta-eth0.pcap", "tcp[13] & 8 != 0"))


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.odd_server(delays={"RCPT": 2.5})
    mta = lab.sender()
    lab.submit()
    time.sleep(1.0)
    with lab.taps("mta-eth0"):
        mta.wait_for("status=sent")
    lab.keep_log(mta)
