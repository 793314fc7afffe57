"""Mail from outside to the mail server, which looks up the client's name and the sender's domain, and is content."""

from tests.lab.lab import Lab
from tests.lab.truth import innocent, innocent_with_log

MECHANISM = "ordinary delivery"
CASES = (innocent("mta-eth0.pcap", "unresolved-contact"), innocent_with_log("mta-eth0.pcap"))


def play(lab: Lab) -> None:
    lab.resolver().serve()
    mta = lab.sender(
        smtpd_sender_restrictions="reject_unknown_sender_domain",
        smtpd_client_restrictions="reject_unknown_client_hostname",
        smtpd_helo_restrictions="reject_unknown_helo_hostname",
    )
    with lab.taps("mta-eth0"):
        lab.send("out", "10.10.0.5", ["alice@corp.example"], sender="ann@sender.example", helo="out.sender.example")
        mta.wait_for("status=sent")
    lab.keep_log(mta)
