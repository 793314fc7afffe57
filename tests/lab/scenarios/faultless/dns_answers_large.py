"""The answers are large, and come over UDP all the same, because both ends say how much they take (EDNS)."""

from tests.lab.lab import Lab
from tests.lab.plays import EVERYWHERE, deliver
from tests.lab.truth import SIDES, asked, innocent

LIVE = False
MECHANISM = "what names say"
CASES = (innocent("mta-eth0.pcap"), asked("two-sides", SIDES, quiet=True))
HOSTS = "".join(
    f"example.org. MX {n} a-long-name-of-exchanger-number-{n:02}.example.net.\na-long-name-of-exchanger-number-{n:02}.example.net. A 198.51.100.10\n"
    for n in range(10, 22)
)


def play(lab: Lab) -> None:
    lab.resolver().serve(also=HOSTS)
    lab.network.resolvers("mta", ["198.51.100.53"], "timeout:2 attempts:2 edns0")
    lab.odd_server()
    deliver(lab, *EVERYWHERE, order={"to": ["bob@example.org"]})
