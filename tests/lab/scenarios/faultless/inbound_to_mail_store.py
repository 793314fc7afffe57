"""Incoming mail is checked by the DNS and passed on to the store behind, whatever the domain's own exchangers are."""

from tests.lab.lab import Lab
from tests.lab.plays import receive
from tests.lab.sight import shows
from tests.lab.truth import innocent, innocent_with_log

LIVE = False
MECHANISM = "ordinary delivery"
CASES = (innocent("mta-eth0.pcap"), innocent_with_log("mta-eth0.pcap"))
SEEN = shows("mta-eth0.pcap", "dst 198.51.100.20 and tcp dst port 25")


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.odd_server("mx2", replies={"CONNECT": "220 store.corp.example LMTP-like\r\n"})
    receive(
        lab,
        "mta-eth0",
        mydestination="",
        relay_domains="corp.example",
        smtpd_recipient_restrictions="reject_unknown_recipient_domain",
        transport_maps="inline:{corp.example=smtp:[198.51.100.20]}",
    )
