"""The mail server sends from an address of its own that its lookups do not come from."""

from tests.lab.lab import Lab
from tests.lab.plays import EVERYWHERE, deliver
from tests.lab.sight import shows
from tests.lab.truth import SIDES, asked, innocent, innocent_with_log

LIVE = False
MECHANISM = "ordinary delivery"
CASES = (innocent("mta-eth0.pcap"), innocent_with_log("mta-eth0.pcap"), asked("two-sides", SIDES, quiet=True))
SEEN = shows("mta-eth0.pcap", "src 10.10.0.5 and udp dst port 53", "src 10.10.0.77 and tcp dst port 25")


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.receiver()
    lab.network.run("mta", "ip", "addr", "add", "10.10.0.77/24", "dev", "eth0")
    deliver(lab, *EVERYWHERE, smtp_bind_address="10.10.0.77")
