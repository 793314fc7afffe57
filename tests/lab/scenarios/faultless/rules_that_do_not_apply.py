"""The gateway has rules that drop, reject and translate mail, of which none applies: other interfaces, other hosts, and one behind another that accepts."""

from tests.lab.lab import Lab
from tests.lab.plays import EVERYWHERE, deliver
from tests.lab.truth import SIDES, asked

LIVE = False
MECHANISM = "drop"
CASES = (
    asked("two-sides", f"{SIDES} --rules rules.txt", quiet=True),
    asked("gw-any", "gw-any.pcap --rules rules.txt", quiet=True),
    asked("mta-eth0", "mta-eth0.pcap --rules rules.txt", quiet=True),
)


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.receiver()
    lab.firewall(
        "gw",
        "-t nat -A PREROUTING -i lan9 -d 198.51.100.10 -p tcp --dport 25 -j DNAT --to-destination 192.0.2.66:25",
        "-t nat -A PREROUTING -d 198.51.100.77 -p tcp --dport 25 -j REDIRECT --to-ports 2525",
        "-A FORWARD -s 10.10.0.5 -p tcp --dport 25 -j ACCEPT",
        "-A FORWARD -p tcp --dport 25 -j DROP",
        "-A FORWARD -s 10.10.0.128/25 -j REJECT",
    )
    deliver(lab, *EVERYWHERE)
    lab.keep_rules("gw")
