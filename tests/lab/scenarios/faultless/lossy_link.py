"""A link that loses one packet in twelve and delays others past their successors; everything arrives in the end."""

import time

from tests.lab.lab import Lab
from tests.lab.truth import innocent, innocent_with_log

CABLES = 1
MECHANISM = "loss on the wire"
CASES = (innocent("mta-eth0.pcap"), innocent("mx1-eth0.pcap"), innocent_with_log("mta-eth0.pcap"))
HABITS = '{"loss": 0.08, "late": 0.1, "late_seconds": 0.02, "seed": 7}'


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.network.resolvers("mta", ["198.51.100.53"], "timeout:1 attempts:5")
    for host, interface in (("mta", "eth0"), ("gw", "lan0")):
        lab.network.plain_segments(host, interface)
    lab.program("cab1", "cable.py", "left", "right", HABITS)
    lab.receiver()
    mta = lab.sender(smtp_helo_timeout="60s", smtp_data_done_timeout="60s", smtp_connect_timeout="30s")
    with lab.taps("mta-eth0", "mx1-eth0"):
        lab.submit(size=24000)
        mta.wait_for("status=sent")
        time.sleep(2.0)
    lab.keep_log(mta)
