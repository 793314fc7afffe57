"""A mail server with IPv6 alone: DNS64 makes an address up for a server that has IPv4 alone, and the gateway (tayga) translates."""

from tests.lab.lab import Lab
from tests.lab.plays import EVERYWHERE
from tests.lab.sight import shows
from tests.lab.truth import REWRITTEN, SIDES, asked, innocent

MECHANISM = "NAT64"
NEEDS = ("tayga",)
CASES = (
    innocent("mta-eth0.pcap"),
    innocent("gw-wan.pcap"),
    asked("log", "mta-eth0.pcap --log mail.log", never=("log-contradicts-wire", "log-without-wire"), quiet=True),
    asked("gw-any", "gw-any.pcap", also=REWRITTEN, quiet=True),
    asked("two-sides", SIDES, also=REWRITTEN, quiet=True),
)
SEEN = (
    *shows("mta-eth0.pcap", "ip6 dst 2001:db8:64::c633:640a and tcp dst port 25"),
    *shows("gw-wan.pcap", "src 203.0.113.66 and dst 198.51.100.10 and tcp dst port 25"),
)


def play(lab: Lab) -> None:
    lab.resolver(
        listen=("2001:db8:100::53",), options=('module-config: "dns64 iterator"', "dns64-prefix: 2001:db8:64::/96")
    ).serve()
    lab.network.resolvers("mta", ["2001:db8:100::53"])
    lab.receiver()
    lab.nat64()
    mta = lab.sender(inet_protocols="ipv6")
    with lab.taps(*EVERYWHERE):
        lab.send("mta", "::1")
        mta.wait_for("status=sent")
    lab.keep_log(mta)
