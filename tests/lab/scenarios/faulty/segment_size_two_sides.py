"""A narrow link beyond the gateway eats large segments, and the gateway eats the word of it: both its sides see them go."""

from tests.lab.lab import Lab
from tests.lab.plays import DEFERRED, GATEWAY, deliver
from tests.lab.truth import SIDES, Expect, asked

LIVE = False
MECHANISM = "segment size"
EATEN = Expect(("pmtu-blackhole",), ("198.51.100.10",))
CASES = (asked("two-sides", SIDES, EATEN, also=("message-unconfirmed",)),)


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.receiver()
    for host, interface in (("mta", "eth0"), ("gw", "lan0"), ("gw", "wan0"), ("rt", "wan0")):
        lab.network.plain_segments(host, interface)
    lab.network.run("rt", "ip", "link", "set", "mx1", "mtu", "1300")
    lab.firewall("rt", "-A OUTPUT -p icmp --icmp-type fragmentation-needed -j DROP")
    deliver(
        lab,
        *GATEWAY[1:],
        until=DEFERRED,
        order={"size": 3000},
        smtp_data_done_timeout="9s",
        smtp_data_xfer_timeout="9s",
    )
