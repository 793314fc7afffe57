"""The server offers no PIPELINING: one command, one reply."""

from tests.lab.lab import Lab
from tests.lab.truth import innocent, innocent_with_log

MECHANISM = "ordinary delivery"
CASES = (innocent("mta-eth0.pcap"), innocent_with_log("mta-eth0.pcap"))


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.receiver(smtpd_discard_ehlo_keywords="pipelining")
    mta = lab.sender()
    with lab.taps("mta-eth0"):
        lab.submit()
        mta.wait_for("status=sent")
    lab.keep_log(mta)
