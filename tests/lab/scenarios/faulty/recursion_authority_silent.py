"""The mail server's own resolver asks the name server of the recipient's domain, which says nothing."""

from tests.lab.lab import Lab
from tests.lab.plays import DEFERRED, authorities, deliver
from tests.lab.sight import lacks, shows
from tests.lab.truth import Expect, faulty

LIVE = False
MECHANISM = "recursion at home"
NEEDS = ("named",)
SILENT = Expect(("dns-unanswered", "resolver-outage"), ("198.51.100.20",))
CASES = (faulty("mta-eth0.pcap", SILENT, also=("dns-unanswered", "resolver-outage")),)
SEEN = (*shows("mta-eth0.pcap", "dst 198.51.100.20 and udp"), *lacks("mta-eth0.pcap", "src 198.51.100.20"))


def play(lab: Lab) -> None:
    authorities(lab)
    lab.firewall("mx2", "-A INPUT -p udp --dport 53 -j DROP", "-A INPUT -p tcp --dport 53 -j DROP")
    lab.resolver("mta").iterate("198.51.100.53")
    lab.network.resolvers("mta", ["127.0.0.1"], "timeout:4 attempts:2")
    deliver(lab, "mta-eth0", until=DEFERRED)
