"""The mail server has few source ports, and uses the same one for one connection after the other to the same server."""

from tests.lab.lab import Lab
from tests.lab.plays import EVERYWHERE
from tests.lab.truth import SIDES, asked, innocent

LIVE = False
MECHANISM = "ordinary delivery"
CASES = (innocent("mta-eth0.pcap"), asked("two-sides", SIDES, quiet=True))


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.receiver()
    with lab.taps(*EVERYWHERE):
        for port in ("40000 40000", "40001 40001", "40000 40000", "40001 40001"):
            lab.network.sysctl("mta", {"net.ipv4.ip_local_port_range": port})
            lab.send("mta", "198.51.100.10", helo="mta.corp.example")
