"""Everything was cached before the capture began: a delivery without any lookup."""

from tests.lab.lab import Lab
from tests.lab.sight import lacks, shows
from tests.lab.truth import innocent, innocent_with_log

MECHANISM = "ordinary delivery"
CASES = (innocent("mta-eth0.pcap"), innocent_with_log("mta-eth0.pcap"))
SEEN = (*lacks("mta-eth0.pcap", "port 53"), *shows("mta-eth0.pcap", "tcp[13] = 2"))


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.resolver("mta").forward("198.51.100.53")
    lab.network.resolvers("mta", ["127.0.0.1"])
    lab.receiver()
    mta = lab.sender()
    lab.submit(to=["ann@example.net"])
    mta.wait_for("status=sent")
    with lab.taps("mta-eth0"):
        lab.submit()
        mta.wait_for("status=sent", times=2)
    lab.keep_log(mta)
