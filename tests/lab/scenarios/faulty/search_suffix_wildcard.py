"""A wildcard in the search domain answers for every name there is: mail goes to its host, as the answer said, and nobody rewrote it."""

from tests.lab.lab import Lab
from tests.lab.plays import deliver
from tests.lab.sight import shows
from tests.lab.truth import Expect, faulty

LIVE = False
MECHANISM = "what names say"
CASES = (faulty("mta-eth0.pcap", Expect(("banner-mismatch",), ("relay.other.example",))),)
SEEN = shows("mta-eth0.pcap", "dst 192.0.2.66 and tcp dst port 25")
OPTIONS = "timeout:2 attempts:2 ndots:3\nsearch corp.example"


def play(lab: Lab) -> None:
    lab.resolver().serve(also="*.corp.example. A 192.0.2.66\n")
    lab.network.resolvers("mta", ["198.51.100.53"], OPTIONS)
    lab.receiver("alt", "relay.other.example")
    deliver(lab, "mta-eth0", smtp_dns_resolver_options="res_defnames, res_dnsrch")
