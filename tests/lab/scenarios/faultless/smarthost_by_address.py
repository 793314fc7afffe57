"""relayhost = [192.0.2.66]: no name is ever looked up, by design."""

from tests.lab.lab import Lab
from tests.lab.sight import lacks, shows
from tests.lab.truth import Case, Expect, all_but, innocent_with_log

UNRESOLVED = Expect(("unresolved-contact",), ("192.0.2.66",))
MECHANISM = "ordinary delivery"
CASES = (
    Case("mta-eth0", ("mta-eth0.pcap",), (UNRESOLVED,), all_but(), "info"),
    innocent_with_log("mta-eth0.pcap"),
)
SEEN = (*shows("mta-eth0.pcap", "src 192.0.2.66"), *lacks("mta-eth0.pcap", "port 53"))


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.receiver("alt", "relay.other.example")
    mta = lab.sender(relayhost="[192.0.2.66]")
    with lab.taps("mta-eth0"):
        lab.submit()
        mta.wait_for("status=sent")
    lab.keep_log(mta)
