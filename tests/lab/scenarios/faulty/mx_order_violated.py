"""A client looks up both exchangers and goes straight to the backup without trying the primary, which is well."""

from tests.lab.lab import Lab
from tests.lab.sight import lacks, shows
from tests.lab.truth import Expect, faulty

MECHANISM = "order of exchangers"
CASES = (faulty("mta-eth0.pcap", Expect(("mx-order-violated",), ("198.51.100.20", "mail.example.net"))),)
SEEN = (*shows("mta-eth0.pcap", "tcp dst port 25 and dst 198.51.100.20"), *lacks("mta-eth0.pcap", "host 198.51.100.10"))


def play(lab: Lab) -> None:
    lab.resolver().serve(also="example.net. MX 20 backup.example.net.\n")
    lab.receiver()
    lab.receiver("mx2", "backup.example.net")
    with lab.taps("mta-eth0"):
        lab.lookup("mta", "example.net", "MX")
        lab.lookup("mta", "mail.example.net", "A")
        lab.lookup("mta", "backup.example.net", "A")
        lab.send("mta", "198.51.100.20", helo="mta.corp.example")
