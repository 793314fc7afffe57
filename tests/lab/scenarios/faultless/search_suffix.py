"""The resolver library tries names with the search domain first, and is told each time that there is no such name."""

from tests.lab.lab import Lab
from tests.lab.plays import deliver
from tests.lab.truth import innocent, innocent_with_log

MECHANISM = "what names say"
CASES = (innocent("mta-eth0.pcap"), innocent_with_log("mta-eth0.pcap"))
OPTIONS = "timeout:2 attempts:2 ndots:3\nsearch corp.example"


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.network.resolvers("mta", ["198.51.100.53"], OPTIONS)
    lab.receiver()
    deliver(lab, "mta-eth0", smtp_dns_resolver_options="res_defnames, res_dnsrch")
