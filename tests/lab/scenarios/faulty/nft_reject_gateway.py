"""The gateway's forward chain, written in nftables, rejects outgoing mail by ICMP."""

from tests.lab.lab import Lab
from tests.lab.plays import DEFERRED, EVERYWHERE, deliver
from tests.lab.truth import Expect, asked, faulty

LIVE = False
MECHANISM = "refusal"
CASES = (
    faulty("mta-eth0.pcap", Expect(("connect-rejected",), ("198.51.100.10", "10.10.0.1"))),
    asked(
        "rules",
        "gw-any.pcap --rules rules.txt",
        Expect(("connect-rejected",), ("198.51.100.10", "rules.txt", "reject")),
    ),
)
RULES = """\
table inet filter {
  chain forward {
    type filter hook forward priority filter; policy accept;
    tcp dport 25 counter reject with icmpx type admin-prohibited
  }
}
"""


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.receiver()
    lab.nft("gw", RULES)
    deliver(lab, *EVERYWHERE, until=DEFERRED)
    lab.keep_nft("gw")
