"""Both ends insist on TLS, and have it."""

from tests.lab.lab import Lab
from tests.lab.plays import deliver
from tests.lab.truth import innocent, innocent_with_log

LIVE = False
MECHANISM = "edited dialogue"
CASES = (innocent("mta-eth0.pcap"), innocent_with_log("mta-eth0.pcap"))


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.receiver(**lab.certified() | {"smtpd_tls_security_level": "encrypt"})
    deliver(lab, "mta-eth0", smtp_tls_security_level="encrypt")
