"""The capture filter let only the server's half through: answers to questions that nobody seems to have asked."""

from tests.lab.lab import Lab
from tests.lab.sight import lacks, shows
from tests.lab.truth import Case, Expect, all_but

MECHANISM = "the capture itself"
CASES = (Case("mta-eth0", ("mta-eth0.pcap",), (Expect(("one-sided-capture",), ()),), all_but(), "info"),)
SEEN = (*shows("mta-eth0.pcap", "tcp"), *lacks("mta-eth0.pcap", "src 10.10.0.5 and ip"))


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.receiver()
    mta = lab.sender()
    with lab.taps("mta-eth0", options=("dst", "host", "10.10.0.5")):
        lab.submit()
        mta.wait_for("status=sent")
    lab.keep_log(mta)
