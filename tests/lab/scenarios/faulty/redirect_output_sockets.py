"""A rule of nftables sends outgoing mail into a local filter, and the socket table knows another address than the wire."""

import time

from tests.lab.lab import Lab
from tests.lab.truth import Expect, asked

LIVE = False
MECHANISM = "REDIRECT and TPROXY"
MOVED = Expect(("destination-rewritten",), ("198.51.100.10", "10025"), confidence="proven")
CASES = (
    asked("mta-any", "mta-any.pcap", MOVED, also=("banner-mismatch",)),
    asked("sockets", "mta-any.pcap --sockets sockets.txt", MOVED, also=("banner-mismatch",)),
    asked(
        "rules",
        "mta-any.pcap --rules rules.txt",
        Expect(MOVED.any_of, (*MOVED.mentions, "rules.txt", "redirect")),
        also=("banner-mismatch",),
    ),
)
RULES = """\
table inet mail {
  chain out {
    type nat hook output priority -100
    ip daddr != 127.0.0.0/8 tcp dport 25 counter redirect to :10025
  }
}
"""


def play(lab: Lab) -> None:
    lab.resolver().serve()
    greeting = {"CONNECT": "220 filter.localhost ESMTP\r\n", "EHLO": "250 filter.localhost\r\n"}
    lab.odd_server("mta", 10025, address="127.0.0.1", replies=greeting, delays={"END": 1.5})
    lab.nft("mta", RULES)
    mta = lab.sender()
    with lab.taps("mta-any"):
        lab.submit()
        time.sleep(0.7)
        lab.keep_sockets("mta")
        mta.wait_for("status=sent")
    lab.keep_nft("mta")
