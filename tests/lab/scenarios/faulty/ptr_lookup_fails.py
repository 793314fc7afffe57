"""The reverse zone of the client cannot be resolved, and our server, which wants to know it, puts the mail off."""

from tests.lab.lab import Lab
from tests.lab.plays import receive
from tests.lab.truth import Expect, faulty

LIVE = False
MECHANISM = "failing lookups"
CASES = (
    faulty(
        "mta-eth0.pcap",
        Expect(("deferral-caused-by-dns",), ("192.0.2.99",)),
        also=("smtp-deferred", "dns-servfail"),
    ),
)


def play(lab: Lab) -> None:
    lab.resolver().serve(lost="2.0.192.in-addr.arpa")
    receive(lab, "mta-eth0", until="reject: RCPT", smtpd_client_restrictions="reject_unknown_reverse_client_hostname")
