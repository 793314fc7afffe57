"""The right address is contacted, and a server with an unrelated name answers: worth a line, not an alarm."""

from tests.lab.lab import Lab
from tests.lab.truth import Case, Expect, all_but

STRANGE = Expect(("banner-mismatch",), ("relay.other.example", "mail.example.net"))
MECHANISM = "what names say"
CASES = (Case("mta-eth0", ("mta-eth0.pcap",), (STRANGE,), all_but("banner-mismatch"), "info"),)


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.receiver(name="relay.other.example")
    mta = lab.sender()
    with lab.taps("mta-eth0"):
        lab.submit()
        mta.wait_for("status=sent")
    lab.keep_log(mta)
