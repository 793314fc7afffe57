"""The recipient's domain is an address in brackets: nobody need be asked where that is."""

from tests.lab.lab import Lab
from tests.lab.plays import deliver
from tests.lab.truth import innocent, innocent_with_log

LIVE = False
MECHANISM = "ordinary delivery"
CASES = (innocent("mta-eth0.pcap"), innocent_with_log("mta-eth0.pcap"))


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.odd_server()
    deliver(lab, "mta-eth0", order={"to": ["bob@[198.51.100.10]"]})
