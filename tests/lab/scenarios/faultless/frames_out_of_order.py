"""The network card has several queues: every second frame stands before its predecessor in the file."""

from tests.lab.edit import disordered
from tests.lab.lab import Lab
from tests.lab.plays import deliver
from tests.lab.truth import asked, innocent, innocent_with_log

MECHANISM = "the capture itself"
CASES = (
    innocent("mta-eth0.pcap"),
    asked("two-ends", "mta-eth0.pcap mx1-eth0.pcap", quiet=True),
    innocent_with_log("mta-eth0.pcap"),
)


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.receiver()
    deliver(lab, "mta-eth0", "mx1-eth0", order={"size": 6000})
    disordered(lab.out / "mta-eth0.pcap")
