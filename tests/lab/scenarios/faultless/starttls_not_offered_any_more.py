"""A server that has no certificate does not offer STARTTLS; its neighbour, which has one, does: nobody stripped anything."""

from tests.lab.lab import Lab
from tests.lab.plays import EVERYWHERE
from tests.lab.truth import SIDES, asked, innocent

LIVE = False
MECHANISM = "edited dialogue"
CASES = (innocent("mta-eth0.pcap"), asked("two-sides", SIDES, quiet=True))


def play(lab: Lab) -> None:
    lab.resolver().serve(also="example.org. MX 10 backup.example.net.\n")
    lab.receiver()
    lab.receiver("mx2", "backup.example.net", **lab.certified("backup.example.net"))
    mta = lab.sender(smtp_tls_security_level="may")
    with lab.taps(*EVERYWHERE):
        lab.submit()
        lab.submit(to=["bob@example.org"])
        mta.wait_for("status=sent", times=2)
