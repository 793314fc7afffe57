"""Two exchangers of the same preference: which one is tried is the sender's choice."""

from tests.lab.lab import Lab
from tests.lab.truth import innocent, innocent_with_log

MECHANISM = "order of exchangers"
CASES = (innocent("mta-eth0.pcap"), innocent_with_log("mta-eth0.pcap"))


def play(lab: Lab) -> None:
    lab.resolver().serve(also="example.net. MX 10 backup.example.net.\n")
    lab.receiver()
    lab.receiver("mx2", "backup.example.net")
    mta = lab.sender()
    with lab.taps("mta-eth0"):
        for sent in range(1, 6):
            lab.submit()
            mta.wait_for("status=sent", times=sent)
    lab.keep_log(mta)
