"""The domain has no MX and no A record: its AAAA record is the implicit exchanger."""

from tests.lab.lab import Lab
from tests.lab.sight import shows
from tests.lab.truth import innocent, innocent_with_log

MECHANISM = "ordinary delivery"
CASES = (innocent("mta-eth0.pcap"), innocent_with_log("mta-eth0.pcap"))
SEEN = shows("mta-eth0.pcap", "src 2001:db8:100::10 and tcp src port 25")


def play(lab: Lab) -> None:
    lab.resolver().serve(also="example.com. AAAA 2001:db8:100::10\n")
    lab.receiver(name="example.com", relay_domains="example.com")
    mta = lab.sender()
    with lab.taps("mta-eth0"):
        lab.submit(to=["bob@example.com"])
        mta.wait_for("status=sent")
    lab.keep_log(mta)
