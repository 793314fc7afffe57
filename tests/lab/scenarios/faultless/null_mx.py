"""The domain says by a null MX (RFC 7505) that it takes no mail: Postfix bounces at once."""

from tests.lab.lab import Lab
from tests.lab.sight import lacks, shows
from tests.lab.truth import Case, Expect, all_but, innocent_with_log

REFUSED = Expect(("null-mx",), ("example.com",))
MECHANISM = "ordinary delivery"
CASES = (Case("mta-eth0", ("mta-eth0.pcap",), (REFUSED,), all_but(), "info"), innocent_with_log("mta-eth0.pcap"))
SEEN = (*shows("mta-eth0.pcap", "udp src port 53"), *lacks("mta-eth0.pcap", "tcp"))


def play(lab: Lab) -> None:
    lab.resolver().serve(also="example.com. MX 0 .\n")
    mta = lab.sender()
    with lab.taps("mta-eth0"):
        lab.submit(to=["bob@example.com"])
        mta.wait_for("status=bounced")
    lab.keep_log(mta)
