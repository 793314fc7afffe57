"""The server knows one recipient and says 550 5.1.1 to the other."""

from tests.lab.lab import Lab
from tests.lab.truth import Case, Expect, faulty

REJECTED = Expect(("smtp-rejected",), ("5.1.1", "RCPT", "nobody@example.net"))
MECHANISM = "what SMTP says"
CASES = (
    faulty("mta-eth0.pcap", REJECTED, never=("!smtp-rejected:bob@example.net",)),
    Case("log", ("mta-eth0.pcap", "--log", "mail.log"), (REJECTED,), ("log-contradicts-wire", "log-without-wire")),
)


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.receiver(relay_recipient_maps="inline:{bob@example.net=ok}")
    mta = lab.sender()
    with lab.taps("mta-eth0"):
        lab.submit(to=["bob@example.net", "nobody@example.net"])
        mta.wait_for("status=sent")
        mta.wait_for("status=bounced")
    lab.keep_log(mta)
