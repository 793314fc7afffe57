"""The recipient domain does not exist: Postfix bounces, and no connection is ever tried."""

from tests.lab.lab import Lab
from tests.lab.truth import innocent, innocent_with_log

CASES = (innocent("mta-eth0.pcap"), innocent_with_log("mta-eth0.pcap"))


def play(lab: Lab) -> None:
    lab.resolver().serve()
    mta = lab.sender()
    with lab.taps("mta-eth0"):
        lab.submit(to=["nobody@nowhere.example"])
        mta.wait_for("status=bounced")
    lab.keep_log(mta)
