"""The gateway's published address is translated onto the mail server inside: how half of the world receives mail."""

from tests.lab.lab import Lab
from tests.lab.sight import shows
from tests.lab.truth import Case, Expect, all_but, innocent

TRANSLATED = Expect(("destination-rewritten",), ("203.0.113.1", "10.10.0.5"), severity="info")
MECHANISM = "DNAT"
CASES = (
    Case("gw-any", ("gw-any.pcap",), (TRANSLATED,), all_but("destination-rewritten"), "info"),
    innocent("mta-eth0.pcap"),
)
SEEN = shows("gw-any.pcap", "dst 203.0.113.1 and tcp", "dst 10.10.0.5 and tcp")


def play(lab: Lab) -> None:
    lab.resolver().serve()
    mta = lab.sender()
    lab.firewall("gw", "-t nat -A PREROUTING -i wan0 -p tcp --dport 25 -j DNAT --to-destination 10.10.0.5:25")
    with lab.taps("mta-eth0", "gw-any"):
        lab.send("out", "203.0.113.1", ["alice@corp.example"], sender="ann@sender.example", helo="out.sender.example")
        mta.wait_for("status=sent")
    lab.keep_log(mta)
