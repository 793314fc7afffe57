"""The far server's own INPUT chain drops port 25: on our wire no different from a drop on the way."""

from tests.lab.lab import Lab
from tests.lab.sight import lacks, shows
from tests.lab.truth import Expect, faulty

MECHANISM = "drop"
CASES = (faulty("mta-eth0.pcap", Expect(("connect-blackholed",), ("198.51.100.10",))),)
SEEN = (*shows("mta-eth0.pcap", "tcp dst port 25"), *lacks("mta-eth0.pcap", "src 198.51.100.10"))


def play(lab: Lab) -> None:
    lab.resolver().serve()
    mta = lab.sender(inet_protocols="ipv4")
    lab.firewall("mx1", "-A INPUT -p tcp --dport 25 -j DROP")
    with lab.taps("mta-eth0"):
        lab.submit()
        mta.wait_for("status=deferred")
    lab.keep_log(mta)
