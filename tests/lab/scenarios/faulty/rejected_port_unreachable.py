"""The server's own firewall rejects with ICMP "port unreachable"; the log says "Connection refused"."""

from tests.lab.lab import Lab
from tests.lab.sight import shows
from tests.lab.truth import Expect, faulty

MECHANISM = "refusal"
CASES = (faulty("mta-eth0.pcap", Expect(("connect-rejected",), ("198.51.100.10",))),)
SEEN = shows("mta-eth0.pcap", "src 198.51.100.10 and icmp[0] = 3 and icmp[1] = 3")


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.receiver()
    mta = lab.sender()
    lab.firewall("mx1", "-A INPUT -p tcp --dport 25 -j REJECT --reject-with icmp-port-unreachable")
    with lab.taps("mta-eth0"):
        lab.submit()
        mta.wait_for("status=deferred")
    lab.keep_log(mta)
