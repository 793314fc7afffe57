"""The sender's domain says by a null MX that it takes no mail, so our server does not take its mail either (RFC 7505 §4.2)."""

from tests.lab.lab import Lab
from tests.lab.truth import Expect, faulty

LIVE = False
MECHANISM = "what SMTP says"
CASES = (faulty("mta-eth0.pcap", Expect(("smtp-rejected",), ("5.7.27", "mute.example"))),)


def play(lab: Lab) -> None:
    lab.resolver().serve(also="mute.example. MX 0 .\nmute.example. A 192.0.2.99\n")
    mta = lab.sender(smtpd_sender_restrictions="reject_unknown_sender_domain")
    with lab.taps("mta-eth0"):
        lab.send("out", "10.10.0.5", ["alice@corp.example"], sender="ann@mute.example", helo="out.sender.example")
        mta.wait_for("reject: RCPT")
