"""The resolver takes its time for every answer, so that questions are asked twice; each is answered in the end."""

from tests.lab.lab import Lab
from tests.lab.plays import deliver
from tests.lab.truth import innocent

LIVE = False
MECHANISM = "failing lookups"
CABLES = 1
CASES = (innocent("mta-eth0.pcap"),)
HABITS = '{"late": 1.0, "late_seconds": 0.65}'


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.network.resolvers("mta", ["198.51.100.53"], "timeout:1 attempts:5")
    for host, interface in (("mta", "eth0"), ("gw", "lan0")):
        lab.network.plain_segments(host, interface)
    lab.program("cab1", "cable.py", "left", "right", HABITS)
    lab.receiver()
    deliver(lab, "mta-eth0", smtp_helo_timeout="60s", smtp_data_done_timeout="60s", smtp_connect_timeout="30s")
