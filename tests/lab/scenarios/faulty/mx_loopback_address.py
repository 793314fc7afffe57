"""The domain's exchanger resolves to 127.0.0.1: Postfix finds itself there and gives the mail back."""

from tests.lab.lab import Lab
from tests.lab.sight import lacks, shows
from tests.lab.truth import Expect, faulty

LOOPBACK = Expect(("mx-private-address",), ("127.0.0.1",))
MECHANISM = "what names say"
CASES = (faulty("mta-eth0.pcap", LOOPBACK),)
SEEN = (*shows("mta-eth0.pcap", "udp src port 53"), *lacks("mta-eth0.pcap", "tcp"))


def play(lab: Lab) -> None:
    lab.resolver().serve(also="example.com. MX 10 here.example.com.\nhere.example.com. A 127.0.0.1\n")
    mta = lab.sender()
    with lab.taps("mta-eth0"):
        lab.submit(to=["bob@example.com"])
        mta.wait_for("status=(bounced|deferred)")
    lab.keep_log(mta)
