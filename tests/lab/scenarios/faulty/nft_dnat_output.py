"""A rule of nftables in the mail server's own output hook sends its mail to another host."""

import time

from tests.lab.lab import Lab
from tests.lab.truth import Expect, asked

MECHANISM = "DNAT"
MOVED = Expect(("destination-rewritten",), ("198.51.100.10", "192.0.2.66"))
NAMED = Expect(("destination-rewritten",), ("198.51.100.10", "192.0.2.66", "rules.txt", "dnat"))
CASES = (
    asked("mta-eth0", "mta-eth0.pcap", MOVED, also=("banner-mismatch",)),
    asked("rules", "mta-eth0.pcap --rules rules.txt", NAMED, also=("banner-mismatch",)),
    asked(
        "sockets",
        "mta-eth0.pcap --sockets sockets.txt",
        Expect(MOVED.any_of, MOVED.mentions, confidence="proven"),
        also=("banner-mismatch",),
    ),
)
RULES = """\
table ip mail {
  chain out {
    type nat hook output priority -100
    ip daddr 198.51.100.10 tcp dport 25 counter dnat to 192.0.2.66:25 comment "old relay"
  }
}
"""


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.odd_server("alt", delays={"END": 1.5}, replies={"CONNECT": "220 relay.other.example ESMTP\r\n"})
    lab.nft("mta", RULES)
    mta = lab.sender()
    with lab.taps("mta-eth0"):
        lab.submit()
        time.sleep(0.7)
        lab.keep_sockets("mta")
        mta.wait_for("status=sent")
    lab.keep_nft("mta")
