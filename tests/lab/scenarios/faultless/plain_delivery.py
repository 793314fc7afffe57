"""One message, one recipient, one exchanger: everything as it should be."""

from tests.lab.lab import Lab
from tests.lab.truth import innocent, innocent_with_log

MECHANISM = "ordinary delivery"
CASES = (innocent("mta-eth0.pcap"), innocent("mta-any.pcap", "unresolved-contact"), innocent_with_log("mta-eth0.pcap"))


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.receiver()
    mta = lab.sender()
    with lab.taps("mta-eth0", "mta-any"):
        lab.submit()
        mta.wait_for("status=sent")
    lab.keep_log(mta)
