"""The server puts the first attempt off (451 4.7.1) and takes the second: greylisting as it is meant to be."""

from tests.lab.lab import Lab
from tests.lab.truth import Case, Expect, all_but

GREYLISTED = Expect(("smtp-greylisted",), ("4.7.1", "bob@example.net"))
MECHANISM = "what SMTP says"
CASES = (Case("mta-eth0", ("mta-eth0.pcap",), (GREYLISTED,), all_but("smtp-deferred"), "info"),)


def play(lab: Lab) -> None:
    lab.resolver().serve()
    first = lab.receiver(smtpd_recipient_restrictions="check_client_access static:{451 4.7.1 Greylisted}")
    mta = lab.sender(minimal_backoff_time="2s", queue_run_delay="2s")
    with lab.taps("mta-eth0"):
        lab.submit()
        mta.wait_for("status=deferred")
        first.stop()
        lab.receiver()
        mta.wait_for("status=sent")
    lab.keep_log(mta)
