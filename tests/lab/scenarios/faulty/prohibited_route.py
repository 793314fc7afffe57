"""The gateway's routing table, not its firewall, forbids the way: the ICMP quotes a packet whose TTL nobody has lowered yet."""

from tests.lab.lab import Lab
from tests.lab.plays import DEFERRED, EVERYWHERE, deliver
from tests.lab.sight import shows
from tests.lab.truth import SIDES, Expect, asked, faulty

LIVE = False
MECHANISM = "refusal"
REJECTED = Expect(("connect-rejected",), ("198.51.100.10", "10.10.0.1"))
CASES = (faulty("mta-eth0.pcap", REJECTED), asked("two-sides", SIDES, REJECTED))
SEEN = shows("mta-eth0.pcap", "icmp[0] = 3 and icmp[1] = 13 and icmp[16] = 64")


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.network.run("gw", "ip", "route", "add", "prohibit", "198.51.100.10")
    deliver(lab, *EVERYWHERE, until=DEFERRED)
