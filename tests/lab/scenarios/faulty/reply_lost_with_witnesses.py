"""The mail server's INPUT chain drops the SYN-ACK: the socket table says SYN-SENT, connection tracking says SYN_RECV."""

import time

from tests.lab.lab import Lab
from tests.lab.truth import Expect, asked, faulty

LIVE = False
MECHANISM = "drop"
LOST = Expect(("reply-lost",), ("198.51.100.10",))
CASES = (
    faulty("mta-eth0.pcap", LOST),
    asked("sockets", "mta-eth0.pcap --sockets sockets.txt", LOST),
    asked("conntrack", "mta-eth0.pcap --conntrack conntrack.txt", LOST),
    asked("rules", "mta-eth0.pcap --rules rules.txt", Expect(LOST.any_of, ("198.51.100.10", "filter INPUT"))),
    asked("log", "mta-eth0.pcap --log mail.log", LOST, never=("log-contradicts-wire", "log-without-wire")),
)


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.receiver()
    lab.firewall("mta", "-A INPUT -i eth0 -p tcp --sport 25 -j DROP", "-A OUTPUT -m conntrack --ctstate NEW -j ACCEPT")
    mta = lab.sender(smtp_connect_timeout="8s")
    with lab.taps("mta-eth0"):
        lab.submit()
        time.sleep(2)
        lab.keep_sockets("mta")
        lab.keep_conntrack("mta")
        mta.wait_for("status=deferred")
    lab.keep_log(mta)
    lab.keep_rules("mta")
