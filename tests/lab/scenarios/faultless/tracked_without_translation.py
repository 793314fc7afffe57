"""The gateway tracks every connection for its stateful rules, and translates none."""

from tests.lab.lab import Lab
from tests.lab.plays import EVERYWHERE, deliver
from tests.lab.truth import SIDES, asked

LIVE = False
MECHANISM = "DNAT"
CASES = (
    asked("conntrack", "gw-any.pcap --conntrack conntrack.txt", quiet=True),
    asked("inside", "mta-eth0.pcap --conntrack conntrack.txt --rules rules.txt", quiet=True),
    asked("two-sides", f"{SIDES} --conntrack conntrack.txt --rules rules.txt", quiet=True),
)


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.receiver()
    lab.firewall(
        "gw",
        "-A FORWARD -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT",
        "-A FORWARD -i lan0 -m conntrack --ctstate NEW -j ACCEPT",
        "-A FORWARD -j DROP",
    )
    deliver(lab, *EVERYWHERE)
    lab.keep_firewall("gw")
