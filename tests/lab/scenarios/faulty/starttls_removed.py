"""A proxy on the gateway takes the STARTTLS line out of the server's EHLO reply: inside, it seems never to have been offered."""

from tests.lab.lab import Lab
from tests.lab.plays import EVERYWHERE, deliver
from tests.lab.truth import REWRITTEN, SIDES, Expect, asked, faulty

MECHANISM = "edited dialogue"
CASES = (
    asked(
        "two-sides",
        SIDES,
        Expect(("starttls-stripped",), ("198.51.100.10",)),
        Expect(("transparent-proxy",), ("198.51.100.10",)),
        also=REWRITTEN,
    ),
    faulty("mta-eth0.pcap", also=("transparent-proxy", "starttls-stripped")),
)


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.receiver(**lab.certified())
    lab.program("gw", "proxy.py", "10.10.0.1", "2525", "--hide", "remove")
    lab.firewall("gw", "-t nat -A PREROUTING -i lan0 -p tcp --dport 25 -j REDIRECT --to-ports 2525")
    deliver(lab, *EVERYWHERE, smtp_tls_security_level="may")
