"""The domain has no MX record; its own A record is the implicit exchanger (RFC 5321 section 5.1)."""

from tests.lab.lab import Lab
from tests.lab.truth import innocent, innocent_with_log

MECHANISM = "ordinary delivery"
CASES = (innocent("mta-eth0.pcap"), innocent_with_log("mta-eth0.pcap"))


def play(lab: Lab) -> None:
    lab.resolver().serve(also="example.com. A 198.51.100.10\n")
    lab.receiver(name="example.com", relay_domains="example.com")
    mta = lab.sender()
    with lab.taps("mta-eth0"):
        lab.submit(to=["bob@example.com"])
        mta.wait_for("status=sent")
    lab.keep_log(mta)
