"""A rule in the mail server's own OUTPUT chain rejects its mail by ICMP, which only loopback shows."""

from tests.lab.lab import Lab
from tests.lab.plays import DEFERRED, deliver
from tests.lab.sight import lacks, shows
from tests.lab.truth import Expect, asked

LIVE = False
MECHANISM = "refusal"
CASES = (
    asked("log", "mta-eth0.pcap --log mail.log", Expect(("log-without-wire",), ("198.51.100.10",))),
    asked(
        "any-log", "mta-any.pcap --log mail.log", Expect(("connect-rejected", "log-without-wire"), ("198.51.100.10",))
    ),
)
SEEN = (*shows("mta-any.pcap", "icmp[0] = 3 and icmp[1] = 13"), *lacks("mta-eth0.pcap", "tcp"))


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.receiver()
    lab.firewall("mta", "-A OUTPUT -p tcp --dport 25 -d 198.51.100.10 -j REJECT --reject-with icmp-admin-prohibited")
    deliver(lab, "mta-eth0", "mta-any", until=DEFERRED)
