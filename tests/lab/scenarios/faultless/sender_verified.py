"""Before it takes mail, our server asks the sender's own whether there is such a sender, and goes without sending anything."""

from tests.lab.lab import Lab
from tests.lab.plays import receive
from tests.lab.sight import shows
from tests.lab.truth import innocent, innocent_with_log

LIVE = False
MECHANISM = "ordinary delivery"
CASES = (innocent("mta-eth0.pcap"), innocent_with_log("mta-eth0.pcap"))
SEEN = shows("mta-eth0.pcap", "src 10.10.0.5 and dst 192.0.2.99 and tcp dst port 25")


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.odd_server("out", replies={"CONNECT": "220 out.sender.example ESMTP\r\n"})
    receive(lab, "mta-eth0", smtpd_sender_restrictions="reject_unverified_sender", address_verify_map="")
