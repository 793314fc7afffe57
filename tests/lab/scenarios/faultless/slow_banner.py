"""A server that takes four seconds over its greeting, and then is fine."""

from tests.lab.lab import Lab
from tests.lab.truth import innocent, innocent_with_log

CASES = (innocent("mta-eth0.pcap"), innocent_with_log("mta-eth0.pcap"))


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.odd_server(delays={"CONNECT": 4.0})
    mta = lab.sender(smtp_helo_timeout="30s")
    with lab.taps("mta-eth0"):
        lab.submit()
        mta.wait_for("status=sent")
    lab.keep_log(mta)
