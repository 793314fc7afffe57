"""The gateway masquerades by a rule of nftables."""

from tests.lab.lab import Lab
from tests.lab.plays import EVERYWHERE, deliver
from tests.lab.truth import SIDES, Expect, asked

MECHANISM = "source NAT"
TRANSLATED = Expect(("source-rewritten",), ("10.10.0.5", "203.0.113.1"), severity="info")
NAMED = Expect(("source-rewritten",), ("10.10.0.5", "203.0.113.1", "rules.txt", "masquerade"), severity="info")
CASES = (
    asked("two-sides", SIDES, TRANSLATED, quiet=True),
    asked("rules", "gw-any.pcap --rules rules.txt", NAMED, quiet=True),
    asked("conntrack", "gw-lan.pcap --conntrack conntrack.txt", TRANSLATED, quiet=True),
)
RULES = """\
table ip nat {
  chain postrouting {
    type nat hook postrouting priority srcnat; policy accept;
    oifname "wan0" counter masquerade
  }
}
"""


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.receiver()
    lab.nft("gw", RULES)
    deliver(lab, *EVERYWHERE)
    lab.keep_nft("gw")
    lab.keep_conntrack("gw")
