"""Monitoring, scanners and browsers touch the mail port: connections in which nobody sends mail."""

from tests.lab.lab import Lab
from tests.lab.truth import innocent, innocent_with_log

LIVE = False
MECHANISM = "ordinary delivery"
CASES = (innocent("mta-eth0.pcap"), innocent_with_log("mta-eth0.pcap"))
WORDS = ("QUIT\r\n", "GET / HTTP/1.1\r\n\r\n", "", "EHLO probe.example\r\n")


def play(lab: Lab) -> None:
    lab.resolver().serve()
    mta = lab.sender()
    with lab.taps("mta-eth0"):
        for words in WORDS:
            lab.client("out", "touch", "10.10.0.5", "25", words).wait_end()
        lab.send("out", "10.10.0.5", ["alice@corp.example"], sender="ann@sender.example", helo="out.sender.example")
        mta.wait_for("status=sent")
    lab.keep_log(mta)
