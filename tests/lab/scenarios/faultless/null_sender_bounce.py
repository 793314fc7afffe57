"""A message for a domain that does not exist comes back: the bounce leaves with the null reverse-path."""

from tests.lab.lab import Lab
from tests.lab.truth import innocent, innocent_with_log

MECHANISM = "ordinary delivery"
CASES = (innocent("mta-eth0.pcap"), innocent_with_log("mta-eth0.pcap"))


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.receiver()
    mta = lab.sender()
    with lab.taps("mta-eth0"):
        lab.submit(to=["nobody@nowhere.example"], sender="carol@example.net")
        mta.wait_for("status=sent")
    lab.keep_log(mta)
