"""A rule in the mail server's own OUTPUT chain drops its mail: not one SYN leaves the host, and the log says that it timed out."""

import time

from tests.lab.lab import Lab
from tests.lab.sight import lacks
from tests.lab.truth import Expect, asked

LIVE = False
MECHANISM = "drop"
LOST = Expect(("log-without-wire",), ("198.51.100.10",))
CASES = (
    asked("log", "mta-eth0.pcap --log mail.log", LOST, also=("connect-blackholed",)),
    asked("rules", "mta-eth0.pcap --log mail.log --rules rules.txt", LOST, also=("connect-blackholed",)),
    asked("sockets", "mta-eth0.pcap --sockets sockets.txt --log mail.log", LOST, also=("connect-blackholed",)),
    asked("mta-eth0", "mta-eth0.pcap", quiet=True),
)
SEEN = lacks("mta-eth0.pcap", "tcp")


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.receiver()
    lab.firewall("mta", "-A OUTPUT -p tcp --dport 25 -d 198.51.100.10 -j DROP")
    mta = lab.sender(smtp_connect_timeout="4s")
    with lab.taps("mta-eth0"):
        lab.submit()
        time.sleep(1)
        lab.keep_sockets("mta")
        mta.wait_for("status=deferred")
    lab.keep_log(mta)
    lab.keep_rules("mta")
