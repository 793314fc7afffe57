"""A cache on the mail server itself: in the capture the MX is asked for again, the address still known from before it."""

import time

from tests.lab.lab import Lab
from tests.lab.sight import shows
from tests.lab.truth import innocent, innocent_with_log

MECHANISM = "ordinary delivery"
CASES = (
    innocent("mta-eth0.pcap"),
    innocent("mta-any.pcap", "unresolved-contact"),
    innocent_with_log("mta-eth0.pcap"),
    innocent_with_log("mta-any.pcap"),
)
ZONE = "example.com. 1 MX 10 mail.example.net.\n"
SEEN = shows("mta-eth0.pcap", "port 53")


def play(lab: Lab) -> None:
    lab.resolver().serve(also=ZONE)
    lab.resolver("mta").forward("198.51.100.53")
    lab.network.resolvers("mta", ["127.0.0.1"])
    lab.receiver(relay_domains="example.com")
    mta = lab.sender()
    lab.submit(to=["ann@example.com"])
    mta.wait_for("status=sent")
    time.sleep(2.2)
    with lab.taps("mta-eth0", "mta-any"):
        lab.submit(to=["bob@example.com"])
        mta.wait_for("status=sent", times=2)
    lab.keep_log(mta)
