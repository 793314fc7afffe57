"""The exchanger has both kinds of address, IPv6 is preferred, and the resolver is asked over IPv6 too."""

from tests.lab.lab import Lab
from tests.lab.sight import shows
from tests.lab.truth import innocent, innocent_with_log

MECHANISM = "ordinary delivery"
CASES = (innocent("mta-eth0.pcap"), innocent_with_log("mta-eth0.pcap"))
SEEN = shows("mta-eth0.pcap", "src 2001:db8:100::10 and tcp src port 25", "src 2001:db8:100::53 and udp src port 53")


def play(lab: Lab) -> None:
    lab.resolver().serve(also="mail.example.net. AAAA 2001:db8:100::10\n")
    lab.network.resolvers("mta", ["2001:db8:100::53"])
    lab.receiver()
    mta = lab.sender(smtp_address_preference="ipv6")
    with lab.taps("mta-eth0"):
        lab.submit()
        mta.wait_for("status=sent")
    lab.keep_log(mta)
