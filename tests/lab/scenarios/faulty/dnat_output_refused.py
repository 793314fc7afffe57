"""The mail server's own iptables sends 198.51.100.10:25 to a stranger, who refuses; the log blames 198.51.100.10."""

from tests.lab.lab import Lab
from tests.lab.sight import lacks, shows
from tests.lab.truth import Case, Expect, faulty

REWRITTEN = Expect(("destination-rewritten",), ("198.51.100.10", "192.0.2.66"))
REFUSED = Expect(("connect-refused",), ("192.0.2.66",))
PROVEN = Expect(("destination-rewritten",), ("198.51.100.10", "192.0.2.66"), confidence="proven")
MECHANISM = "DNAT"
CASES = (
    faulty("mta-eth0.pcap", REWRITTEN, REFUSED),
    Case("log", ("mta-eth0.pcap", "--log", "mail.log"), (PROVEN, REFUSED)),
)
SEEN = (*shows("mta-eth0.pcap", "src 192.0.2.66 and tcp[13] & 4 != 0"), *lacks("mta-eth0.pcap", "host 198.51.100.10"))


def play(lab: Lab) -> None:
    lab.resolver().serve()
    mta = lab.sender()
    lab.firewall("mta", "-t nat -A OUTPUT -d 198.51.100.10 -p tcp --dport 25 -j DNAT --to-destination 192.0.2.66:25")
    with lab.taps("mta-eth0"):
        lab.submit()
        mta.wait_for("status=deferred")
    lab.keep_log(mta)
