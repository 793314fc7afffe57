"""The log is the receiver's, and the capture the sender's."""

from tests.lab.lab import Lab
from tests.lab.truth import asked

LIVE = False
MECHANISM = "what logs say"
CASES = (
    asked("log", "mta-eth0.pcap --log mail.log", never=("log-contradicts-wire", "log-without-wire"), quiet=True),
    asked("receiver", "mx1-eth0.pcap --log mail.log", never=("log-contradicts-wire", "log-without-wire"), quiet=True),
)


def play(lab: Lab) -> None:
    lab.resolver().serve()
    there = lab.receiver()
    mta = lab.sender()
    with lab.taps("mta-eth0", "mx1-eth0"):
        lab.submit()
        mta.wait_for("status=sent")
        there.wait_for("status=sent")
    lab.keep_log(there)
