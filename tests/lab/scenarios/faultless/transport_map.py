"""A transport map sends one domain to another host by name: no MX is looked up for it."""

from tests.lab.lab import Lab
from tests.lab.sight import lacks, shows
from tests.lab.truth import innocent, innocent_with_log

MECHANISM = "ordinary delivery"
CASES = (innocent("mta-eth0.pcap"), innocent_with_log("mta-eth0.pcap"))
SEEN = (*shows("mta-eth0.pcap", "src 198.51.100.20"), *lacks("mta-eth0.pcap", "host 198.51.100.10"))


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.receiver("mx2", "backup.example.net")
    mta = lab.sender(transport_maps="inline:{example.net=smtp:[backup.example.net]}")
    with lab.taps("mta-eth0"):
        lab.submit()
        mta.wait_for("status=sent")
    lab.keep_log(mta)
