"""The gateway rejects outgoing mail with ICMP "administratively prohibited"; the log says "No route to host"."""

from tests.lab.lab import Lab
from tests.lab.sight import shows
from tests.lab.truth import Case, Expect, faulty

REJECTED = Expect(("connect-rejected",), ("198.51.100.10", "10.10.0.1"))
NAMED = Expect(("connect-rejected",), ("10.10.0.1", "filter FORWARD", "--reject-with icmp-admin-prohibited"))
MECHANISM = "refusal"
CASES = (
    faulty("mta-eth0.pcap", REJECTED),
    Case("rules", ("mta-eth0.pcap", "--rules", "rules.txt"), (NAMED,)),
    Case("log", ("mta-eth0.pcap", "--log", "mail.log"), (REJECTED,), ("log-contradicts-wire", "log-without-wire")),
)
SEEN = shows("mta-eth0.pcap", "src 10.10.0.1 and icmp[0] = 3 and icmp[1] = 13")


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.receiver()
    mta = lab.sender()
    lab.firewall("gw", "-A FORWARD -p tcp --dport 25 -j REJECT --reject-with icmp-admin-prohibited")
    with lab.taps("mta-eth0"):
        lab.submit()
        mta.wait_for("status=deferred")
    lab.keep_log(mta)
    lab.keep_rules("gw")
