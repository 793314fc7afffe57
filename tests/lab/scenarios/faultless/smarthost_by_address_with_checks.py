"""relayhost = [192.0.2.66], while smtpd looks up the MX of every recipient domain before it takes the mail: an MX answer, its hosts never contacted, and a stranger contacted milliseconds later; all of it by design."""

from tests.lab.lab import Lab
from tests.lab.sight import lacks, shows
from tests.lab.truth import innocent, innocent_with_log

MECHANISM = "ordinary delivery"
CASES = (innocent("mta-eth0.pcap"), innocent_with_log("mta-eth0.pcap"))
SEEN = (*shows("mta-eth0.pcap", "udp src port 53", "src 192.0.2.66"), *lacks("mta-eth0.pcap", "host 198.51.100.10"))


def play(lab: Lab) -> None:
    lab.resolver(options=["minimal-responses: no"]).serve()
    lab.receiver("alt", "relay.other.example")
    mta = lab.sender(
        relayhost="[192.0.2.66]",
        smtpd_recipient_restrictions="reject_unknown_recipient_domain, permit_mynetworks, reject",
    )
    with lab.taps("mta-eth0"):
        lab.submit()
        mta.wait_for("status=sent")
    lab.keep_log(mta)
