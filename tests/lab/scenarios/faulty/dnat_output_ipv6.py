"""A rule in the mail server's own OUTPUT chain sends its IPv6 mail to another host."""

from tests.lab.lab import Lab
from tests.lab.plays import deliver
from tests.lab.sight import lacks, shows
from tests.lab.truth import Expect, asked

LIVE = False
MECHANISM = "DNAT"
MOVED = Expect(("destination-rewritten",), ("2001:db8:100::10", "2001:db8:200::66"))
CASES = (
    asked("mta-eth0", "mta-eth0.pcap", MOVED, also=("banner-mismatch",)),
    asked(
        "log",
        "mta-eth0.pcap --log mail.log",
        Expect(("destination-rewritten", "log-contradicts-wire"), ("2001:db8:100::10", "2001:db8:200::66")),
        also=("banner-mismatch",),
    ),
    asked(
        "conntrack",
        "mta-eth0.pcap --conntrack conntrack.txt",
        Expect(MOVED.any_of, MOVED.mentions, confidence="proven"),
        also=("banner-mismatch",),
    ),
)
SEEN = (*shows("mta-eth0.pcap", "ip6 dst 2001:db8:200::66 and tcp"), *lacks("mta-eth0.pcap", "host 2001:db8:100::10"))
RULE = "-6 -t nat -A OUTPUT -d 2001:db8:100::10 -p tcp --dport 25 -j DNAT --to-destination [2001:db8:200::66]:25"


def play(lab: Lab) -> None:
    lab.resolver().serve(also="example.org. MX 10 six.example.org.\nsix.example.org. AAAA 2001:db8:100::10\n")
    lab.receiver("alt", "relay.other.example")
    lab.firewall("mta", RULE)
    deliver(lab, "mta-eth0", order={"to": ["bob@example.org"]})
    lab.keep_conntrack("mta", "ipv6")
