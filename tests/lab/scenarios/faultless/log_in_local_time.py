"""The log is written in the time of Vienna, and does not say so."""

from tests.lab.edit import log_with_clock
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
    asked(
        "told",
        "mta-eth0.pcap --log mail.log --log-timezone=+01:00",
        never=("log-contradicts-wire", "log-without-wire", "attempt-not-logged"),
        quiet=True,
    ),
)


def play(lab: Lab) -> None:
    lab.resolver().serve(also="example.org. MX 10 mail.example.net.\n")
    lab.receiver()
    mta = lab.sender()
    with lab.taps("mta-eth0"):
        for sent, to in enumerate(("bob@example.net", "bob@example.org"), 1):
            lab.submit(to=[to])
            mta.wait_for("status=sent", times=sent)
    lab.keep_log(mta)
    log_with_clock(lab.out / "mail.log", hours=1)
