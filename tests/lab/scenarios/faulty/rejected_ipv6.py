"""Over IPv6 the gateway rejects with ICMPv6 "administratively prohibited"."""

from tests.lab.lab import Lab
from tests.lab.sight import shows
from tests.lab.truth import Expect, faulty

MECHANISM = "refusal"
CASES = (faulty("mta-eth0.pcap", Expect(("connect-rejected",), ("2001:db8:100::10", "2001:db8:10::1"))),)
ZONE = "example.com. MX 10 six.example.com.\nsix.example.com. AAAA 2001:db8:100::10\n"
SEEN = shows("mta-eth0.pcap", "src 2001:db8:10::1 and icmp6 and ip6[40] = 1 and ip6[41] = 1")


def play(lab: Lab) -> None:
    lab.resolver().serve(also=ZONE)
    mta = lab.sender()
    lab.firewall("gw", "-6 -A FORWARD -p tcp --dport 25 -j REJECT --reject-with icmp6-adm-prohibited")
    with lab.taps("mta-eth0"):
        lab.submit(to=["bob@example.com"])
        mta.wait_for("status=deferred")
    lab.keep_log(mta)
