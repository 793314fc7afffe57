"""The gateway answers every SYN with "host administratively prohibited"."""

from tests.lab.lab import Lab
from tests.lab.plays import DEFERRED, EVERYWHERE, deliver
from tests.lab.sight import shows
from tests.lab.truth import SIDES, Expect, asked, faulty

LIVE = False
MECHANISM = "refusal"
REJECTED = Expect(("connect-rejected",), ("198.51.100.10", "10.10.0.1"))
NAMED = Expect(("connect-rejected",), ("198.51.100.10", "filter FORWARD", "REJECT"))
CASES = (
    faulty("mta-eth0.pcap", REJECTED),
    asked("two-sides", SIDES, REJECTED),
    asked("rules", "gw-any.pcap --rules rules.txt", NAMED),
)
SEEN = shows("mta-eth0.pcap", "icmp[0] = 3 and icmp[1] = 10")


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.receiver()
    lab.firewall("gw", "-A FORWARD -p tcp --dport 25 -j REJECT --reject-with icmp-host-prohibited")
    deliver(lab, *EVERYWHERE, until=DEFERRED)
    lab.keep_rules("gw")
