"""Lookups of a receiver that wants to know more (SPF, DMARC, MTA-STS, TLSA) find nothing, which is most of the world."""

from tests.lab.lab import Lab
from tests.lab.truth import innocent

LIVE = False
MECHANISM = "ordinary delivery"
CASES = (innocent("mta-eth0.pcap"),)
WANTED = (
    ("sender.example", "TXT"),
    ("_dmarc.sender.example", "TXT"),
    ("_mta-sts.example.net", "TXT"),
    ("_25._tcp.mail.example.net", "TLSA"),
    ("99.2.0.192.in-addr.arpa", "PTR"),
)


def play(lab: Lab) -> None:
    lab.resolver().serve()
    mta = lab.sender()
    with lab.taps("mta-eth0"):
        for name, kind in WANTED:
            lab.lookup("mta", name, kind)
        lab.send("out", "10.10.0.5", ["alice@corp.example"], sender="ann@sender.example", helo="out.sender.example")
        mta.wait_for("status=sent")
