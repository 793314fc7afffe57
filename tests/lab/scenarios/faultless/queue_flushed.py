"""Mail that waited for a server is sent in one go when the server is back; the waiting is not in the capture."""

from tests.lab.lab import Lab
from tests.lab.truth import innocent

LIVE = False
MECHANISM = "ordinary delivery"
CASES = (innocent("mta-eth0.pcap"), innocent("mx1-eth0.pcap"))


def play(lab: Lab) -> None:
    lab.resolver().serve()
    mta = lab.sender(minimal_backoff_time="2s", maximal_backoff_time="3s", queue_run_delay="2s")
    for number in range(4):
        lab.submit(size=300 + number)
    mta.wait_for("status=deferred", times=4)
    with lab.taps("mta-eth0", "mx1-eth0"):
        lab.receiver()
        mta.wait_for("status=sent", times=4)
