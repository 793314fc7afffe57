"""The gateway sends outgoing mail to a host where nobody listens; the refusal comes back in the name of the true server."""

from tests.lab.lab import Lab
from tests.lab.plays import DEFERRED, EVERYWHERE, deliver
from tests.lab.sight import lacks, shows
from tests.lab.truth import SIDES, Expect, asked, faulty

LIVE = False
MECHANISM = "DNAT"
MOVED = Expect(("destination-rewritten",), ("198.51.100.10", "192.0.2.66"), confidence="proven")
REFUSED = Expect(("connect-refused",), ("192.0.2.66",))
CASES = (
    asked("two-sides", SIDES, MOVED, also=("connect-refused",)),
    asked("gw-any", "gw-any.pcap", MOVED, also=("connect-refused",)),
    faulty("mta-eth0.pcap", Expect(("connect-refused",), ("198.51.100.10",))),
)
SEEN = (*shows("gw-wan.pcap", "src 192.0.2.66 and tcp[13] & 4 != 0"), *lacks("gw-lan.pcap", "host 192.0.2.66"))


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.firewall("gw", "-t nat -A PREROUTING -d 198.51.100.10 -p tcp --dport 25 -j DNAT --to-destination 192.0.2.66:25")
    deliver(lab, *EVERYWHERE, until=DEFERRED)
