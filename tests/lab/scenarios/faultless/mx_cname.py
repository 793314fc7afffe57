"""The MX record names an alias: against RFC 2181 section 10.3, everywhere seen, and it works."""

from tests.lab.lab import Lab
from tests.lab.truth import Case, Expect, all_but, innocent_with_log

ALIAS = Expect(("mx-is-cname",), ("mx.example.com",))
MECHANISM = "ordinary delivery"
CASES = (Case("mta-eth0", ("mta-eth0.pcap",), (ALIAS,), all_but(), "info"), innocent_with_log("mta-eth0.pcap"))
ZONE = "example.com. MX 10 mx.example.com.\nmx.example.com. CNAME mail.example.net.\n"


def play(lab: Lab) -> None:
    lab.resolver().serve(also=ZONE)
    lab.receiver(relay_domains="example.com")
    mta = lab.sender()
    with lab.taps("mta-eth0"):
        lab.submit(to=["bob@example.com"])
        mta.wait_for("status=sent")
    lab.keep_log(mta)
