"""The resolver does not serve this client: rcode REFUSED."""

from tests.lab.lab import Lab
from tests.lab.sight import shows
from tests.lab.truth import Expect, faulty

MECHANISM = "failing lookups"
CASES = (faulty("mta-eth0.pcap", Expect(("dns-refused", "resolver-outage"), ("198.51.100.53",))),)
SEEN = shows("mta-eth0.pcap", "udp src port 53 and udp[11] & 15 = 5")


def play(lab: Lab) -> None:
    lab.resolver(options=["access-control: 10.10.0.5/32 refuse"]).serve()
    mta = lab.sender()
    with lab.taps("mta-eth0"):
        lab.submit()
        mta.wait_for("status=deferred")
    lab.keep_log(mta)
