"""The MX is looked up, its address stands in /etc/hosts and differs from what the DNS would have said."""

from tests.lab.lab import Lab
from tests.lab.sight import lacks, shows
from tests.lab.truth import innocent, innocent_with_log

MECHANISM = "ordinary delivery"
CASES = (innocent("mta-eth0.pcap"), innocent_with_log("mta-eth0.pcap"))
SEEN = (*shows("mta-eth0.pcap", "src 198.51.100.20"), *lacks("mta-eth0.pcap", "host 198.51.100.10"))


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.network.hosts_file("mta", "198.51.100.20 mail.example.net\n")
    lab.receiver("mx2", "mail.example.net")
    mta = lab.sender(smtp_host_lookup="native")
    with lab.taps("mta-eth0"):
        lab.submit()
        mta.wait_for("status=sent")
    lab.keep_log(mta)
