"""A cache on the mail server randomises the case of the names it asks for (0x20), and asks with EDNS."""

from tests.lab.lab import Lab
from tests.lab.truth import innocent, innocent_with_log

MECHANISM = "ordinary delivery"
CASES = (innocent("mta-eth0.pcap"), innocent("mta-any.pcap", "unresolved-contact"), innocent_with_log("mta-eth0.pcap"))


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.resolver("mta", options=["use-caps-for-id: yes"]).forward("198.51.100.53")
    lab.network.resolvers("mta", ["127.0.0.1"])
    lab.receiver()
    mta = lab.sender()
    with lab.taps("mta-eth0", "mta-any"):
        lab.submit()
        mta.wait_for("status=sent")
    lab.keep_log(mta)
