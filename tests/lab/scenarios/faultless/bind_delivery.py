"""One message, the resolver being BIND."""

from tests.lab.lab import Lab
from tests.lab.plays import deliver
from tests.lab.truth import innocent, innocent_with_log

MECHANISM = "ordinary delivery"
NEEDS = ("named",)
CASES = (innocent("mta-eth0.pcap"), innocent_with_log("mta-eth0.pcap"))


def play(lab: Lab) -> None:
    lab.bind().serve()
    lab.receiver()
    deliver(lab, "mta-eth0")
