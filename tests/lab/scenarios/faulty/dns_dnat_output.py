"""A rule in the mail server's own OUTPUT chain sends its lookups to another resolver."""

from tests.lab.lab import Lab
from tests.lab.plays import deliver
from tests.lab.sight import lacks, shows
from tests.lab.truth import Expect, asked, innocent

MECHANISM = "lookups redirected"
MOVED = Expect(("resolver-rewritten",), ("198.51.100.53", "198.51.100.54"))
CASES = (
    asked("conntrack", "mta-eth0.pcap --conntrack conntrack.txt", MOVED),
    asked("rules", "mta-eth0.pcap --rules rules.txt", also=("resolver-rewritten",)),
    innocent("mta-eth0.pcap"),
)
SEEN = (*shows("mta-eth0.pcap", "dst 198.51.100.54 and udp"), *lacks("mta-eth0.pcap", "host 198.51.100.53"))


def play(lab: Lab) -> None:
    lab.resolver("ns2").serve()
    lab.receiver()
    lab.firewall("mta", "-t nat -A OUTPUT -p udp --dport 53 -j DNAT --to-destination 198.51.100.54:53")
    deliver(lab, "mta-eth0")
    lab.keep_firewall("mta")
