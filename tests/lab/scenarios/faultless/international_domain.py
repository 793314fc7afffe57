"""The recipient's domain has letters beyond ASCII; in the DNS and in SMTP it goes by its A-label."""

from tests.lab.lab import Lab
from tests.lab.plays import deliver
from tests.lab.truth import innocent, innocent_with_log

LIVE = False
MECHANISM = "ordinary delivery"
CASES = (innocent("mta-eth0.pcap"), innocent_with_log("mta-eth0.pcap"))


def play(lab: Lab) -> None:
    lab.resolver().serve(also="xn--bcher-kva.example. MX 10 mail.example.net.\n")
    lab.odd_server()
    deliver(lab, "mta-eth0", order={"to": ["bob@xn--bcher-kva.example"]})
