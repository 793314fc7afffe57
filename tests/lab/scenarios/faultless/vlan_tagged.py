"""The mail server's link is a VLAN on a trunk, and the capture was made on the trunk."""

from tests.lab.lab import Lab
from tests.lab.sight import lacks, shows
from tests.lab.truth import innocent, innocent_with_log

CABLES = 2
MECHANISM = "ordinary delivery"
CASES = (innocent("cab1-right.pcap"), innocent_with_log("cab1-right.pcap"))
HABITS = '{"vlan": 42}'
SEEN = (*shows("cab1-right.pcap", "vlan 42 and tcp port 25"), *lacks("cab1-right.pcap", "tcp port 25"))


def play(lab: Lab) -> None:
    lab.resolver().serve()
    for host, interface in (("mta", "eth0"), ("gw", "lan0")):
        lab.network.plain_segments(host, interface)
    lab.program("cab1", "cable.py", "left", "right", HABITS)
    lab.program("cab2", "cable.py", "right", "left", HABITS)
    lab.receiver()
    mta = lab.sender()
    with lab.taps("cab1-right"):
        lab.submit()
        mta.wait_for("status=sent")
    lab.keep_log(mta)
