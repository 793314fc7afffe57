"""The cache in front of the mail server lets an answer expire between two messages, and asks again."""

import time

from tests.lab.lab import Lab
from tests.lab.truth import innocent

LIVE = False
MECHANISM = "ordinary delivery"
CASES = (innocent("mta-eth0.pcap"), innocent("mta-any.pcap"))


def play(lab: Lab) -> None:
    lab.resolver().serve(also="quick.example. 1 MX 10 mx.quick.example.\nmx.quick.example. 1 A 198.51.100.10\n")
    lab.resolver("mta").forward("198.51.100.53")
    lab.network.resolvers("mta", ["127.0.0.1"])
    lab.odd_server(replies={"CONNECT": "220 mx.quick.example ESMTP\r\n"})
    mta = lab.sender()
    with lab.taps("mta-eth0", "mta-any"):
        for sent in (1, 2):
            lab.submit(to=["bob@quick.example"])
            mta.wait_for("status=sent", times=sent)
            time.sleep(2.2)
