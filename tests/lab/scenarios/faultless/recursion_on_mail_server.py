"""The mail server has a resolver of its own, which asks root, top level and domain itself: referrals are no answers, and nothing is wrong."""

from tests.lab.lab import Lab
from tests.lab.plays import authorities, deliver
from tests.lab.sight import shows
from tests.lab.truth import asked, innocent

MECHANISM = "recursion at home"
NEEDS = ("named",)
CASES = (
    innocent("mta-eth0.pcap"),
    innocent("mta-any.pcap"),
    asked("log", "mta-eth0.pcap --log mail.log", never=("log-contradicts-wire", "log-without-wire"), quiet=True),
)
SEEN = shows("mta-eth0.pcap", "dst 198.51.100.53 and udp", "dst 198.51.100.54 and udp", "dst 198.51.100.20 and udp")


def play(lab: Lab) -> None:
    authorities(lab)
    lab.resolver("mta").iterate("198.51.100.53")
    lab.network.resolvers("mta", ["127.0.0.1"])
    lab.receiver()
    deliver(lab, "mta-eth0", "mta-any")
