"""The partner's public view of the DNS tells a private address, which leads nowhere from here."""

from tests.lab.lab import Lab
from tests.lab.plays import DEFERRED, deliver
from tests.lab.truth import Expect, asked, faulty

LIVE = False
MECHANISM = "what names say"
LEAKED = Expect(("mx-private-address",), ("10.20.0.9", "partner.example"))
CASES = (
    faulty("mta-eth0.pcap", Expect(("connect-rejected",), ("10.20.0.9",)), also=("mx-private-address",)),
    asked("private", "mta-eth0.pcap", LEAKED, also=("connect-rejected",)),
)


def play(lab: Lab) -> None:
    lab.resolver().serve(also="partner.example. MX 10 mx.partner.example.\nmx.partner.example. A 10.20.0.9\n")
    deliver(lab, "mta-eth0", until=DEFERRED, order={"to": ["bob@partner.example"]})
