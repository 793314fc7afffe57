"""Nothing listens on port 25 of the only MX: its kernel answers each SYN with a reset."""

from tests.lab.lab import Lab
from tests.lab.sight import shows
from tests.lab.truth import Expect, faulty

MECHANISM = "refusal"
CASES = (faulty("mta-eth0.pcap", Expect(("connect-refused",), ("198.51.100.10",))),)
SEEN = shows("mta-eth0.pcap", "src 198.51.100.10 and ip[8] = 62 and tcp[13] & 4 != 0")


def play(lab: Lab) -> None:
    lab.resolver().serve()
    mta = lab.sender()
    with lab.taps("mta-eth0"):
        lab.submit()
        mta.wait_for("status=deferred")
    lab.keep_log(mta)
