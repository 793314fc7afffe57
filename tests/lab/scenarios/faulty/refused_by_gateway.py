"""The gateway answers in the server's name with a reset (REJECT --reject-with tcp-reset): its TTL says so."""

from tests.lab.lab import Lab
from tests.lab.sight import shows
from tests.lab.truth import Case, Expect, faulty

REFUSED = Expect(("connect-refused", "connect-rejected"), ("198.51.100.10",))
NAMED = Expect(("connect-refused",), ("198.51.100.10", "filter FORWARD", "--reject-with tcp-reset"))
MECHANISM = "refusal"
CASES = (
    faulty("mta-eth0.pcap", REFUSED, also=("reset-injected", "transparent-proxy")),
    Case("rules", ("mta-eth0.pcap", "--rules", "rules.txt"), (NAMED,)),
)
SEEN = shows("mta-eth0.pcap", "src 198.51.100.10 and ip[8] = 64 and tcp[13] & 4 != 0")


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.receiver()
    mta = lab.sender()
    lab.firewall("gw", "-A FORWARD -p tcp --dport 25 -j REJECT --reject-with tcp-reset")
    with lab.taps("mta-eth0"):
        lab.submit()
        mta.wait_for("status=deferred")
    lab.keep_log(mta)
    lab.keep_rules("gw")
