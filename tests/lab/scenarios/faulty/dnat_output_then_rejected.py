"""A rule in the mail server's own OUTPUT chain sends its mail elsewhere, where the gateway does not let it go: the ICMP quotes the new address."""

from tests.lab.lab import Lab
from tests.lab.plays import DEFERRED, deliver
from tests.lab.sight import shows
from tests.lab.truth import Expect, asked, faulty

LIVE = False
MECHANISM = "DNAT"
MOVED = Expect(("destination-rewritten",), ("198.51.100.10", "192.0.2.66"))
CASES = (
    faulty(
        "mta-eth0.pcap", Expect(("connect-rejected",), ("192.0.2.66", "10.10.0.1")), also=("destination-rewritten",)
    ),
    asked(
        "log",
        "mta-eth0.pcap --log mail.log",
        Expect((*MOVED.any_of, "log-contradicts-wire"), MOVED.mentions),
        also=("connect-rejected",),
    ),
    asked(
        "conntrack",
        "mta-eth0.pcap --conntrack conntrack.txt",
        Expect(MOVED.any_of, MOVED.mentions, confidence="proven"),
        also=("connect-rejected",),
    ),
)
SEEN = shows("mta-eth0.pcap", "icmp[0] = 3 and icmp[1] = 13", "dst 192.0.2.66 and tcp")


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.firewall("mta", "-t nat -A OUTPUT -d 198.51.100.10 -p tcp --dport 25 -j DNAT --to-destination 192.0.2.66:25")
    lab.firewall("gw", "-A FORWARD -d 192.0.2.66 -j REJECT --reject-with icmp-admin-prohibited")
    deliver(lab, "mta-eth0", until=DEFERRED)
    lab.keep_conntrack("mta")
