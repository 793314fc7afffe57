"""The exchanger's address is nobody's: the last router asks for it in vain, and says after some seconds that the host is unreachable."""

from tests.lab.lab import Lab
from tests.lab.plays import DEFERRED, deliver
from tests.lab.sight import shows
from tests.lab.truth import Expect, asked, faulty

LIVE = False
MECHANISM = "refusal"
CASES = (
    faulty("mta-eth0.pcap", Expect(("connect-rejected",), ("198.51.100.30", "203.0.113.254"))),
    asked(
        "log",
        "mta-eth0.pcap --log mail.log",
        Expect(("connect-rejected",), ("198.51.100.30",)),
        never=("log-contradicts-wire",),
    ),
)
SEEN = shows("mta-eth0.pcap", "icmp[0] = 3 and icmp[1] = 1")


def play(lab: Lab) -> None:
    lab.resolver().serve(also="example.org. MX 10 gone.example.org.\ngone.example.org. A 198.51.100.30\n")
    lab.network.run("rt", "ip", "route", "add", "198.51.100.30", "dev", "mx1")
    deliver(lab, "mta-eth0", until=DEFERRED, order={"to": ["bob@example.org"]}, smtp_connect_timeout="15s")
