"""The first exchanger is a dead one on purpose (nolisting) and refuses; the second takes the mail, and later another message goes the same way."""

from tests.lab.lab import Lab
from tests.lab.sight import shows
from tests.lab.truth import asked

LIVE = False
MECHANISM = "order of exchangers"
CASES = (asked("mta-eth0", "mta-eth0.pcap", also=("connect-refused",)),)
SEEN = shows("mta-eth0.pcap", "src 198.51.100.10 and tcp[13] & 4 != 0", "src 198.51.100.20 and tcp[13] = 18")


def play(lab: Lab) -> None:
    lab.resolver().serve(also="example.net. MX 20 backup.example.net.\n")
    lab.receiver("mx2", "backup.example.net")
    mta = lab.sender()
    with lab.taps("mta-eth0"):
        for sent in (1, 2):
            lab.submit()
            mta.wait_for("status=sent", times=sent)
