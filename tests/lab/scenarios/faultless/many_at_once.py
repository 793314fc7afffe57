"""Eight messages for two domains with one exchanger each, all under way at the same time."""

import json

from tests.lab.lab import Lab
from tests.lab.sight import shows
from tests.lab.truth import innocent, innocent_with_log

MECHANISM = "ordinary delivery"
CASES = (innocent("mta-eth0.pcap"), innocent_with_log("mta-eth0.pcap"))
SEEN = shows("mta-eth0.pcap", "src 198.51.100.10", "src 198.51.100.20")


def play(lab: Lab) -> None:
    lab.resolver().serve(also="example.org. MX 10 backup.example.net.\n")
    lab.receiver()
    lab.receiver("mx2", "backup.example.net")
    mta = lab.sender()
    with lab.taps("mta-eth0"):
        clients = [
            lab.client("mta", "send", "127.0.0.1", "25", json.dumps({"to": [f"user{n}@{domain}"]}))
            for n in range(4)
            for domain in ("example.net", "example.org")
        ]
        for client in clients:
            client.wait_end()
        mta.wait_for("status=sent", times=8)
    lab.keep_log(mta)
