"""The client sends the message by BDAT in three chunks (RFC 3030): no DATA, no final dot."""

from tests.lab.lab import Lab
from tests.lab.truth import innocent

MECHANISM = "ordinary delivery"
CASES = (innocent("mta-eth0.pcap"),)


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.receiver()
    with lab.taps("mta-eth0"):
        lab.lookup("mta", "example.net", "MX")
        lab.lookup("mta", "mail.example.net", "A")
        lab.send("mta", "198.51.100.10", helo="mta.corp.example", size=4000, bdat=1500)
