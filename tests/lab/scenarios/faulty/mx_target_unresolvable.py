"""The only exchanger of the domain has no address at all."""

from tests.lab.lab import Lab
from tests.lab.sight import lacks, shows
from tests.lab.truth import Expect, faulty

DANGLING = Expect(("mx-target-unresolvable",), ("gone.example.com",))
MECHANISM = "what names say"
CASES = (faulty("mta-eth0.pcap", DANGLING),)
SEEN = (*shows("mta-eth0.pcap", "udp src port 53 and udp[11] & 15 = 3"), *lacks("mta-eth0.pcap", "tcp"))


def play(lab: Lab) -> None:
    lab.resolver().serve(also="example.com. MX 10 gone.example.com.\n")
    mta = lab.sender()
    with lab.taps("mta-eth0"):
        lab.submit(to=["bob@example.com"])
        mta.wait_for("status=(bounced|deferred)")
    lab.keep_log(mta)
