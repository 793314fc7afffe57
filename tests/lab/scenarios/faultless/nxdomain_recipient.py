"""The recipient domain does not exist: Postfix bounces, and no connection is ever tried."""

from tests.lab.lab import Lab
from tests.lab.sight import lacks, shows
from tests.lab.truth import innocent, innocent_with_log

MECHANISM = "ordinary delivery"
CASES = (innocent("mta-eth0.pcap"), innocent_with_log("mta-eth0.pcap"))
SEEN = (*shows("mta-eth0.pcap", "udp src port 53 and udp[11] & 15 = 3"), *lacks("mta-eth0.pcap", "tcp"))


def play(lab: Lab) -> None:
    lab.resolver().serve()
    mta = lab.sender()
    with lab.taps("mta-eth0"):
        lab.submit(to=["nobody@nowhere.example"])
        mta.wait_for("status=bounced")
    lab.keep_log(mta)
