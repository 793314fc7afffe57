"""The partner's exchanger has a private address in our view of the DNS, and is reached there: so it is meant."""

from tests.lab.lab import Lab
from tests.lab.plays import deliver
from tests.lab.sight import shows
from tests.lab.truth import innocent, innocent_with_log

LIVE = False
MECHANISM = "what names say"
CASES = (innocent("mta-eth0.pcap"), innocent_with_log("mta-eth0.pcap"))
SEEN = shows("mta-eth0.pcap", "dst 10.20.0.9 and tcp dst port 25")


def play(lab: Lab) -> None:
    lab.resolver().serve(also="partner.example. MX 10 mx.partner.example.\nmx.partner.example. A 10.20.0.9\n")
    lab.network.run("alt", "ip", "addr", "add", "10.20.0.9/32", "dev", "eth0")
    lab.network.run("rt", "ip", "route", "add", "10.20.0.9", "dev", "alt")
    lab.odd_server("alt", address="10.20.0.9", replies={"CONNECT": "220 mx.partner.example ESMTP\r\n"})
    deliver(lab, "mta-eth0", order={"to": ["bob@partner.example"]})
