"""The primary exchanger really refuses, so the backup is used: the refusal is worth a word, the order is not."""

from tests.lab.lab import Lab
from tests.lab.sight import shows
from tests.lab.truth import Case, Expect, all_but, faulty

REFUSED = Expect(("connect-refused",), ("198.51.100.10",))
MECHANISM = "refusal"
CASES = (
    faulty("mta-eth0.pcap", REFUSED),
    Case(
        "log", ("mta-eth0.pcap", "--log", "mail.log"), (REFUSED,), (*all_but("connect-refused"), "log-contradicts-wire")
    ),
)
SEEN = shows("mta-eth0.pcap", "src 198.51.100.10 and tcp[13] & 4 != 0", "src 198.51.100.20")


def play(lab: Lab) -> None:
    lab.resolver().serve(also="example.net. MX 20 backup.example.net.\n")
    lab.receiver("mx2", "backup.example.net")
    mta = lab.sender()
    with lab.taps("mta-eth0"):
        lab.submit()
        mta.wait_for("status=sent")
    lab.keep_log(mta)
