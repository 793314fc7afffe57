"""Something else on the mail server sends mail past Postfix, whose log does not know of it."""

import time

from tests.lab.lab import Lab
from tests.lab.truth import Expect, asked

LIVE = False
MECHANISM = "what logs say"
CASES = (
    asked(
        "log",
        "mta-eth0.pcap --log mail.log",
        Expect(("attempt-not-logged",), ("198.51.100.20",)),
        never=("log-contradicts-wire",),
        quiet=True,
    ),
)


def play(lab: Lab) -> None:
    lab.resolver().serve(also="example.net. MX 20 backup.example.net.\nbatch.example. MX 10 backup.example.net.\n")
    lab.receiver()
    lab.odd_server("mx2")
    mta = lab.sender()
    with lab.taps("mta-eth0"):
        lab.submit()
        mta.wait_for("status=sent")
        time.sleep(3)
        lab.lookup("mta", "batch.example", "MX")
        lab.lookup("mta", "backup.example.net", "A")
        lab.send("mta", "198.51.100.20", ["list@batch.example"], helo="script.corp.example")
        time.sleep(3)
        lab.submit()
        mta.wait_for("status=sent", times=2)
    lab.keep_log(mta)
