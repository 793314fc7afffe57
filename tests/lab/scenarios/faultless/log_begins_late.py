"""The log was rotated between two messages; what it does not tell of is not missing."""

import time

from tests.lab.lab import Lab
from tests.lab.truth import asked

LIVE = False
MECHANISM = "what logs say"
CASES = (
    asked(
        "log",
        "mta-eth0.pcap --log mail.log",
        never=("log-contradicts-wire", "log-without-wire", "attempt-not-logged"),
        quiet=True,
    ),
)


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.receiver()
    mta = lab.sender()
    with lab.taps("mta-eth0"):
        lab.submit()
        mta.wait_for("status=sent")
        rotated = mta.log.read_text()
        time.sleep(3)
        lab.submit()
        mta.wait_for("status=sent", times=2)
    (lab.out / "mail.log").write_text(mta.log.read_text().removeprefix(rotated))
