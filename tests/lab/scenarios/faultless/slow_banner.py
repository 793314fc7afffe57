"""A server that takes four seconds over its greeting, and then is fine."""

from tests.lab.lab import Lab
from tests.lab.sight import shows
from tests.lab.truth import innocent, innocent_with_log

MECHANISM = "ordinary delivery"
CASES = (innocent("mta-eth0.pcap"), innocent_with_log("mta-eth0.pcap"))
SEEN = shows("mta-eth0.pcap", "src 198.51.100.10 and tcp[13] & 8 != 0")


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.odd_server(delays={"CONNECT": 4.0})
    mta = lab.sender(smtp_helo_timeout="30s")
    with lab.taps("mta-eth0"):
        lab.submit()
        mta.wait_for("status=sent")
    lab.keep_log(mta)
