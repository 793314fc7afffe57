"""Two exchangers of one provider answer from one host behind their own load balancer, with another host's greeting that is theirs as well."""

from tests.lab.lab import Lab
from tests.lab.plays import deliver
from tests.lab.truth import innocent

LIVE = False
MECHANISM = "ordinary delivery"
CASES = (innocent("mta-eth0.pcap"),)


def play(lab: Lab) -> None:
    lab.resolver().serve(also="hosted.example. MX 10 mx-a.example.net.\nmx-a.example.net. A 198.51.100.10\n")
    lab.odd_server(replies={"CONNECT": "220 node7.example.net ESMTP\r\n", "EHLO": "250 node7.example.net\r\n"})
    deliver(lab, "mta-eth0", order={"to": ["bob@hosted.example"]})
