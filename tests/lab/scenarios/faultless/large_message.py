"""Five megabytes, with segmentation left to the card: frames far larger than any link. Not kept in pcaps/."""

import time

from tests.lab.lab import Lab
from tests.lab.truth import innocent, innocent_with_log

KEPT = False
MECHANISM = "ordinary delivery"
CASES = (innocent("mta-eth0.pcap"), innocent_with_log("mta-eth0.pcap"))


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.receiver()
    mta = lab.sender()
    with lab.taps("mta-eth0"):
        lab.submit(size=5_000_000)
        mta.wait_for("status=sent")
        time.sleep(1.0)
    lab.keep_log(mta)
