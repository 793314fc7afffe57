"""relayhost = [relay.other.example], looked up by name, while smtpd looks up sender and recipient domains for its checks."""

from tests.lab.lab import Lab
from tests.lab.sight import lacks, shows
from tests.lab.truth import innocent, innocent_with_log

MECHANISM = "ordinary delivery"
CASES = (innocent("mta-eth0.pcap"), innocent_with_log("mta-eth0.pcap"))
SEEN = (*shows("mta-eth0.pcap", "src 192.0.2.66"), *lacks("mta-eth0.pcap", "host 198.51.100.10"))


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.receiver("alt", "relay.other.example")
    mta = lab.sender(
        relayhost="[relay.other.example]",
        smtpd_recipient_restrictions="reject_unknown_recipient_domain, permit_mynetworks, reject",
        smtpd_sender_restrictions="reject_unknown_sender_domain",
    )
    with lab.taps("mta-eth0"):
        lab.submit(sender="ann@sender.example")
        mta.wait_for("status=sent")
    lab.keep_log(mta)
