"""TPROXY on the gateway gives outgoing mail to a server of its own, which takes it and passes nothing on."""

from tests.lab.lab import ANY_ADDRESS, Lab
from tests.lab.plays import EVERYWHERE, deliver
from tests.lab.sight import lacks, shows
from tests.lab.truth import SIDES, Expect, asked, faulty

LIVE = False
MECHANISM = "REDIRECT and TPROXY"
PROXY = Expect(("transparent-proxy", "destination-rewritten"), ("198.51.100.10",))
STRANGE = Expect(("banner-mismatch",), ("proxy.gateway.example", "mail.example.net"))
NAMED = Expect(("transparent-proxy",), ("198.51.100.10", "mangle PREROUTING", "TPROXY"))
CASES = (
    faulty("gw-any.pcap", PROXY, also=("banner-mismatch",)),
    faulty("mta-eth0.pcap", STRANGE, also=("transparent-proxy",)),
    asked("two-sides", SIDES, PROXY, also=("banner-mismatch",)),
    asked("rules", "gw-any.pcap --rules rules.txt", NAMED, also=("banner-mismatch",)),
)
SEEN = (*shows("mta-eth0.pcap", "src 198.51.100.10 and ip[8] = 64"), *lacks("gw-wan.pcap", "tcp"))
GREETING = {"CONNECT": "220 proxy.gateway.example ESMTP\r\n", "EHLO": "250 proxy.gateway.example\r\n"}


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.tproxy()
    lab.odd_server("gw", 2525, address=ANY_ADDRESS, transparent=True, replies=GREETING)
    deliver(lab, *EVERYWHERE)
    lab.keep_rules("gw")
