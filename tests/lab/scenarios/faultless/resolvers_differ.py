"""Two resolvers give different addresses for one exchanger, as they do for whoever balances load by the DNS; both would take the mail."""

from tests.lab.lab import Lab
from tests.lab.truth import Expect, asked

LIVE = False
MECHANISM = "what names say"
DIFFERENT = Expect(("answers-differ",), ("mail.example.net", "198.51.100.53", "198.51.100.54"), severity="info")
CASES = (asked("mta-eth0", "mta-eth0.pcap", DIFFERENT, also=("answers-differ",), quiet=True),)
OTHER = ("local-zone: mail.example.net. redirect", 'local-data: "mail.example.net. 300 A 198.51.100.20"')


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.resolver("ns2", options=OTHER).serve()
    lab.receiver()
    mta = lab.sender()
    with lab.taps("mta-eth0"):
        lab.lookup("mta", "mail.example.net", "A", "198.51.100.54")
        lab.submit()
        mta.wait_for("status=sent")
