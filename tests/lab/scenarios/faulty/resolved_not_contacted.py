"""A sender resolves both exchangers and has a transport map for the domain all the same: the first is passed over for the second."""

from tests.lab.lab import Lab
from tests.lab.truth import Expect, asked

LIVE = False
MECHANISM = "order of exchangers"
CASES = (
    asked(
        "mta-eth0",
        "mta-eth0.pcap",
        Expect(("resolved-not-contacted",), ("mail.example.net",)),
        also=("mx-order-violated",),
    ),
)


def play(lab: Lab) -> None:
    lab.resolver().serve(also="example.net. MX 20 backup.example.net.\n")
    lab.receiver("mx2", "backup.example.net")
    mta = lab.sender(transport_maps="inline:{example.net=smtp:[backup.example.net]}")
    with lab.taps("mta-eth0"):
        lab.lookup("mta", "example.net", "MX")
        lab.lookup("mta", "mail.example.net", "A")
        lab.submit()
        mta.wait_for("status=sent")
