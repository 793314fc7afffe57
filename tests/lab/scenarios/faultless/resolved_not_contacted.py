"""A sender resolves the exchanger to see whether there is one, and has a transport map that names another host: the exchanger is left alone."""

from tests.lab.lab import Lab
from tests.lab.sight import lacks, shows
from tests.lab.truth import Expect, asked

LIVE = False
MECHANISM = "order of exchangers"
LEFT = Expect(("resolved-not-contacted",), ("mail.example.net", "198.51.100.10"), severity="info")
CASES = (asked("mta-eth0", "mta-eth0.pcap", LEFT, quiet=True),)
SEEN = (*shows("mta-eth0.pcap", "dst 192.0.2.66 and tcp dst port 25"), *lacks("mta-eth0.pcap", "host 198.51.100.10"))


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.receiver("alt", "relay.other.example")
    mta = lab.sender(transport_maps="inline:{example.net=smtp:[relay.other.example]}")
    with lab.taps("mta-eth0"):
        lab.lookup("mta", "example.net", "MX")
        lab.lookup("mta", "mail.example.net", "A")
        lab.submit()
        mta.wait_for("status=sent")
