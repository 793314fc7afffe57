"""Over IPv6 the gateway eats "packet too big", and nobody but the sender may fragment; segmentation is left to the card."""

from tests.lab.lab import Lab
from tests.lab.sight import lacks, shows
from tests.lab.truth import Expect, faulty

MECHANISM = "segment size"
CASES = (faulty("mta-eth0.pcap", Expect(("pmtu-blackhole",), ("2001:db8:100::10",)), also=("message-unconfirmed",)),)
ZONE = "example.com. MX 10 six.example.com.\nsix.example.com. AAAA 2001:db8:100::10\n"
SEEN = (
    *shows("mta-eth0.pcap", "src 2001:db8:10::5 and greater 1500"),
    *lacks("mta-eth0.pcap", "icmp6 and ip6[40] = 2"),
)


def play(lab: Lab) -> None:
    lab.resolver().serve(also=ZONE)
    lab.receiver(name="six.example.com", relay_domains="example.com")
    mta = lab.sender(smtp_data_done_timeout="9s", smtp_data_xfer_timeout="9s")
    lab.network.run("rt", "ip", "link", "set", "mx1", "mtu", "1300")
    lab.firewall("gw", "-6 -A FORWARD -p ipv6-icmp --icmpv6-type packet-too-big -j DROP")
    with lab.taps("mta-eth0"):
        lab.submit(to=["bob@example.com"], size=12000)
        mta.wait_for("status=deferred")
    lab.keep_log(mta)
