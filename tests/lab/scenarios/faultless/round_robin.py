"""The exchanger has several addresses; each message goes to whichever comes first."""

from tests.lab.lab import Lab
from tests.lab.truth import innocent, innocent_with_log

MECHANISM = "ordinary delivery"
CASES = (innocent("mta-eth0.pcap"), innocent_with_log("mta-eth0.pcap"))
ZONE = "example.com. MX 10 mx.example.com.\nmx.example.com. A 198.51.100.10\nmx.example.com. A 198.51.100.20\n"


def play(lab: Lab) -> None:
    lab.resolver(options=["rrset-roundrobin: yes"]).serve(also=ZONE)
    for host in ("mx1", "mx2"):
        lab.receiver(host, "mx.example.com", relay_domains="example.com")
    mta = lab.sender()
    with lab.taps("mta-eth0"):
        for n in range(4):
            lab.submit(to=[f"bob{n}@example.com"])
        mta.wait_for("status=sent", times=4)
    lab.keep_log(mta)
