"""Our server wants to know the name of every client, and learns it."""

from tests.lab.lab import Lab
from tests.lab.plays import receive
from tests.lab.truth import innocent

LIVE = False
MECHANISM = "failing lookups"
CASES = (innocent("mta-eth0.pcap"),)


def play(lab: Lab) -> None:
    lab.resolver().serve()
    receive(lab, "mta-eth0", smtpd_client_restrictions="reject_unknown_reverse_client_hostname")
