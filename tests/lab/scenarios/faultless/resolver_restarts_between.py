"""The resolver is restarted while nobody asks it: it has forgotten all, and learns it again."""

from tests.lab.lab import Lab
from tests.lab.truth import innocent, innocent_with_log

LIVE = False
MECHANISM = "failing lookups"
CASES = (innocent("mta-eth0.pcap"), innocent_with_log("mta-eth0.pcap"))


def play(lab: Lab) -> None:
    resolver = lab.resolver()
    resolver.serve()
    lab.receiver()
    mta = lab.sender()
    with lab.taps("mta-eth0"):
        lab.submit()
        mta.wait_for("status=sent")
        resolver.serve()
        lab.submit()
        mta.wait_for("status=sent", times=2)
    lab.keep_log(mta)
