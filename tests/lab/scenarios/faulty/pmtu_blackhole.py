"""A 1300-octet link beyond the gateway, which eats ICMP "fragmentation needed": large segments vanish, small ones pass."""

from tests.lab.lab import Lab
from tests.lab.sight import lacks, shows
from tests.lab.truth import Expect, faulty

MECHANISM = "segment size"
CASES = (faulty("mta-eth0.pcap", Expect(("pmtu-blackhole",), ("198.51.100.10",)), also=("message-unconfirmed",)),)
SEEN = (
    *shows("mta-eth0.pcap", "src 10.10.0.5 and greater 1500"),
    *lacks("mta-eth0.pcap", "icmp", "src 198.51.100.10 and tcp[13] & 1 != 0"),
)


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.receiver()
    mta = lab.sender(smtp_data_done_timeout="9s", smtp_data_xfer_timeout="9s")
    lab.network.plain_segments("mta", "eth0")
    lab.network.run("rt", "ip", "link", "set", "mx1", "mtu", "1300")
    lab.firewall("gw", "-A FORWARD -p icmp --icmp-type fragmentation-needed -j DROP")
    with lab.taps("mta-eth0"):
        lab.submit(size=16000)
        mta.wait_for("status=deferred")
    lab.keep_log(mta)
