"""The mail server's own iptables sends 198.51.100.10:25 to a stranger, who takes the mail; the log claims 198.51.100.10."""

from tests.lab.lab import Lab
from tests.lab.sight import lacks, shows
from tests.lab.truth import Case, Expect, faulty

REWRITTEN = Expect(("destination-rewritten",), ("198.51.100.10", "192.0.2.66", "mail.example.net"))
PROVEN = Expect(("destination-rewritten",), ("198.51.100.10", "192.0.2.66"), confidence="proven")
NAMED = Expect(("destination-rewritten",), ("rules.txt:7 (nat OUTPUT)", "--to-destination"), severity="critical")
MECHANISM = "DNAT"
CASES = (
    faulty("mta-eth0.pcap", REWRITTEN, also=("banner-mismatch",)),
    Case("log", ("mta-eth0.pcap", "--log", "mail.log"), (PROVEN,)),
    Case("conntrack", ("mta-eth0.pcap", "--conntrack", "conntrack.txt"), (PROVEN,)),
    Case("rules", ("mta-eth0.pcap", "--rules", "rules.txt"), (NAMED,)),
)
SEEN = (*shows("mta-eth0.pcap", "tcp port 25 and host 192.0.2.66"), *lacks("mta-eth0.pcap", "host 198.51.100.10"))


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.receiver("alt", "relay.other.example")
    mta = lab.sender()
    lab.firewall("mta", "-t nat -A OUTPUT -d 198.51.100.10 -p tcp --dport 25 -j DNAT --to-destination 192.0.2.66:25")
    with lab.taps("mta-eth0"):
        lab.submit()
        mta.wait_for("status=sent")
    lab.keep_log(mta)
    lab.keep_firewall("mta")
