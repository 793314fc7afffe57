"""The capture beyond the gateway was filtered for another mail host; what it lacks went well."""

from tests.lab.lab import Lab
from tests.lab.truth import SIDES, asked

LIVE = False
MECHANISM = "the capture itself"
CASES = (asked("two-sides", SIDES, quiet=True),)


def play(lab: Lab) -> None:
    lab.resolver().serve(also="example.org. MX 10 backup.example.net.\n")
    lab.receiver()
    lab.receiver("mx2", "backup.example.net")
    mta = lab.sender()
    with lab.taps("gw-lan"), lab.taps("gw-wan", options=("host", "198.51.100.20")):
        for sent, to in enumerate(("bob@example.net", "bob@example.org", "bob@example.net"), 1):
            lab.submit(to=[to])
            mta.wait_for("status=sent", times=sent)
