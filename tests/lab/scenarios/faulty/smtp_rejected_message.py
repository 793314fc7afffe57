"""The server takes the recipients and says 554 5.7.1 after the final dot."""

from tests.lab.lab import Lab
from tests.lab.truth import Expect, faulty

MECHANISM = "what SMTP says"
CASES = (faulty("mta-eth0.pcap", Expect(("smtp-rejected",), ("5.7.1", "554"))),)


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.receiver(smtpd_end_of_data_restrictions="check_client_access static:{554 5.7.1 This looks like spam}")
    mta = lab.sender()
    with lab.taps("mta-eth0"):
        lab.submit()
        mta.wait_for("status=bounced")
    lab.keep_log(mta)
