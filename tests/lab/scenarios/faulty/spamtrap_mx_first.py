"""A client tries the second exchanger first, which is a trap for such clients and puts everybody off, and only then the first."""

from tests.lab.lab import Lab
from tests.lab.truth import Expect, faulty

LIVE = False
MECHANISM = "order of exchangers"
CASES = (
    faulty(
        "mta-eth0.pcap",
        Expect(("mx-order-violated",), ("198.51.100.20", "mail.example.net")),
        also=("smtp-deferred",),
    ),
)


def play(lab: Lab) -> None:
    lab.resolver().serve(also="example.net. MX 20 backup.example.net.\n")
    lab.receiver()
    lab.odd_server(
        "mx2", replies={"CONNECT": "220 backup.example.net ESMTP\r\n", "RCPT": "451 4.7.1 Try the first exchanger\r\n"}
    )
    with lab.taps("mta-eth0"):
        for name, kind in (("example.net", "MX"), ("mail.example.net", "A"), ("backup.example.net", "A")):
            lab.lookup("mta", name, kind)
        lab.send("mta", "198.51.100.20", helo="mta.corp.example")
        lab.send("mta", "198.51.100.10", helo="mta.corp.example")
