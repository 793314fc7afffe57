"""A proxy on the gateway takes every outgoing connection and blanks STARTTLS out of the server's EHLO reply."""

from tests.lab.lab import Lab
from tests.lab.sight import lacks, shows
from tests.lab.truth import REWRITTEN, Case, Expect, all_but, faulty

STRIPPED = Expect(("starttls-stripped",), ("XXXXXXXX",))
SIDES = (Expect(("starttls-stripped",), ("198.51.100.10",)), Expect(("transparent-proxy",), ("198.51.100.10",)))
MECHANISM = "edited dialogue"
CASES = (
    faulty("mta-eth0.pcap", STRIPPED, also=("transparent-proxy",)),
    Case("two-sides", ("lan=gw-lan.pcap", "wan=gw-wan.pcap"), SIDES, all_but("starttls-stripped", *REWRITTEN)),
)
SEEN = (
    *shows("gw-lan.pcap", "src 10.10.0.5 and tcp dst port 25"),
    *shows("gw-wan.pcap", "src 203.0.113.1 and tcp dst port 25"),
    *lacks("gw-wan.pcap", "src 10.10.0.5 and tcp"),
)


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.receiver(**lab.certified())
    lab.program("gw", "proxy.py", "10.10.0.1", "2525", "--hide", "blank")
    lab.firewall("gw", "-t nat -A PREROUTING -i lan0 -p tcp --dport 25 -j REDIRECT --to-ports 2525")
    mta = lab.sender(smtp_tls_security_level="may")
    with lab.taps("mta-eth0", "gw-lan", "gw-wan"):
        lab.submit()
        mta.wait_for("status=sent")
    lab.keep_log(mta)
