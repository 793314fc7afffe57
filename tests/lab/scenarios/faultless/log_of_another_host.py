"""The log is of another host, which sent to the same recipient at the same time; it says nothing of this one."""

from tests.lab.lab import Lab
from tests.lab.truth import asked

LIVE = False
MECHANISM = "what logs say"
CASES = (
    asked("log", "mta-eth0.pcap --log mail.log", never=("log-contradicts-wire", "log-without-wire"), quiet=True),
    asked("other-end", "mx1-eth0.pcap --log mail.log", never=("log-contradicts-wire", "log-without-wire"), quiet=True),
)


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.receiver()
    other = lab.receiver("out", "out.sender.example", relay_domains="", mydomain="sender.example")
    mta = lab.sender()
    with lab.taps("mta-eth0", "mx1-eth0"):
        for sent in (1, 2):
            lab.submit()
            lab.submit("out")
            mta.wait_for("status=sent", times=sent)
            other.wait_for("status=sent", times=sent)
    lab.keep_log(other)
