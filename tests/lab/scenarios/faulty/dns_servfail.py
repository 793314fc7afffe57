"""The resolver can reach nobody who knows the domain: SERVFAIL."""

from tests.lab.lab import Lab
from tests.lab.sight import shows
from tests.lab.truth import Expect, faulty

MECHANISM = "failing lookups"
CASES = (faulty("mta-eth0.pcap", Expect(("dns-servfail", "resolver-outage"), ("example.net",))),)
SEEN = shows("mta-eth0.pcap", "udp src port 53 and udp[11] & 15 = 2")


def play(lab: Lab) -> None:
    lab.resolver().serve(lost="example.net")
    mta = lab.sender()
    with lab.taps("mta-eth0"):
        lab.submit()
        mta.wait_for("status=deferred")
    lab.keep_log(mta)
