"""Delivery under opportunistic TLS with a self-signed certificate: after 220 nothing of the dialogue can be read."""

from tests.lab.lab import Lab
from tests.lab.truth import innocent, innocent_with_log

MECHANISM = "ordinary delivery"
CASES = (innocent("mta-eth0.pcap"), innocent_with_log("mta-eth0.pcap"))


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.receiver(**lab.certified())
    mta = lab.sender(smtp_tls_security_level="may", smtp_tls_loglevel="1")
    with lab.taps("mta-eth0"):
        lab.submit()
        mta.wait_for("status=sent")
    lab.keep_log(mta)
