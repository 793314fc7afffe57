"""The gateway rewrites the destination of outgoing mail over IPv6, where no identification survives in the header."""

from tests.lab.lab import Lab
from tests.lab.plays import EVERYWHERE, deliver
from tests.lab.sight import shows
from tests.lab.truth import SIDES, Expect, asked, faulty

MECHANISM = "DNAT"
MOVED = Expect(("destination-rewritten",), ("2001:db8:100::10", "2001:db8:200::66"), confidence="proven")
CASES = (
    asked("two-sides", SIDES, MOVED, also=("banner-mismatch",)),
    asked("gw-any", "gw-any.pcap", MOVED, also=("banner-mismatch",)),
    asked("conntrack", "mta-eth0.pcap --conntrack conntrack.txt", MOVED, also=("banner-mismatch",)),
    faulty("mta-eth0.pcap", Expect(("banner-mismatch",), ("relay.other.example",))),
)
SEEN = (
    *shows("gw-lan.pcap", "ip6 dst 2001:db8:100::10 and tcp"),
    *shows("gw-wan.pcap", "ip6 dst 2001:db8:200::66 and tcp"),
)
RULE = "-6 -t nat -A PREROUTING -d 2001:db8:100::10 -p tcp --dport 25 -j DNAT --to-destination [2001:db8:200::66]:25"


def play(lab: Lab) -> None:
    lab.resolver().serve(also="example.org. MX 10 six.example.org.\nsix.example.org. AAAA 2001:db8:100::10\n")
    lab.receiver("alt", "relay.other.example")
    lab.firewall("gw", RULE)
    deliver(lab, *EVERYWHERE, order={"to": ["bob@example.org"]})
    lab.keep_conntrack("gw", "ipv6")
