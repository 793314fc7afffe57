"""One message for twenty recipients of one domain, in one transaction."""

from tests.lab.lab import Lab
from tests.lab.truth import innocent, innocent_with_log

MECHANISM = "ordinary delivery"
CASES = (innocent("mta-eth0.pcap"), innocent_with_log("mta-eth0.pcap"))


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.receiver()
    mta = lab.sender()
    with lab.taps("mta-eth0"):
        lab.submit(to=[f"user{n:02}@example.net" for n in range(20)])
        mta.wait_for("status=sent", times=20)
    lab.keep_log(mta)
