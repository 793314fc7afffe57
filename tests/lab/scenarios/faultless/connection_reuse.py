"""Two domains share an exchanger, and Postfix keeps the connection of the first for the second."""

import time

from tests.lab.lab import Lab
from tests.lab.truth import innocent, innocent_with_log

MECHANISM = "ordinary delivery"
CASES = (innocent("mta-eth0.pcap"), innocent_with_log("mta-eth0.pcap"))


def play(lab: Lab) -> None:
    lab.resolver().serve(also="example.org. MX 10 mail.example.net.\n")
    lab.receiver()
    mta = lab.sender(
        smtp_connection_cache_destinations="example.net, example.org", smtp_connection_cache_time_limit="3s"
    )
    with lab.taps("mta-eth0"):
        lab.submit()
        mta.wait_for("status=sent")
        lab.submit(to=["carol@example.org"])
        mta.wait_for("conn_use=2")
        time.sleep(3.5)
    lab.keep_log(mta)
