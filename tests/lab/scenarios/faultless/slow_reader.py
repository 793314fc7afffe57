"""The server reads nothing for three seconds after 354: its window closes, the client probes it, and all is well."""

from tests.lab.lab import Lab
from tests.lab.sight import shows
from tests.lab.truth import innocent, innocent_with_log

MECHANISM = "ordinary delivery"
CASES = (innocent("mta-eth0.pcap"), innocent_with_log("mta-eth0.pcap"))
SEEN = shows("mta-eth0.pcap", "src 198.51.100.10 and tcp[14:2] = 0 and tcp[13] = 16")


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.odd_server(pause=3.0)
    mta = lab.sender(smtp_data_done_timeout="60s", smtp_data_xfer_timeout="60s")
    lab.network.plain_segments("mta", "eth0")
    with lab.taps("mta-eth0"):
        lab.submit(size=30000)
        mta.wait_for("status=sent")
    lab.keep_log(mta)
