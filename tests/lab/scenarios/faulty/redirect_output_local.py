"""iptables REDIRECT in OUTPUT sends outgoing mail into a local filter on port 10025; nothing leaves the host."""

from tests.lab.lab import Lab
from tests.lab.sight import lacks, shows
from tests.lab.truth import Case, Expect, faulty

REWRITTEN = Expect(("destination-rewritten",), ("198.51.100.10", "10025"), confidence="proven")
NAMED = Expect(("destination-rewritten",), ("10025", "rules.txt:7 (nat OUTPUT)", "REDIRECT"), confidence="proven")
UNSUPPORTED = Expect(("log-contradicts-wire", "log-without-wire"), ("198.51.100.10",))
MECHANISM = "REDIRECT and TPROXY"
CASES = (
    faulty("mta-any.pcap", REWRITTEN, also=("banner-mismatch",)),
    Case("any-log", ("mta-any.pcap", "--log", "mail.log"), (REWRITTEN,)),
    Case("conntrack", ("mta-any.pcap", "--conntrack", "conntrack.txt", "--rules", "rules.txt"), (NAMED,)),
    Case("eth0-log", ("mta-eth0.pcap", "--log", "mail.log"), (UNSUPPORTED,)),
)
SEEN = (
    *shows("mta-any.pcap", "dst 127.0.0.1 and tcp dst port 10025", "src 198.51.100.10 and tcp src port 25"),
    *lacks("mta-eth0.pcap", "tcp"),
)


def play(lab: Lab) -> None:
    lab.resolver().serve()
    greeting = {"CONNECT": "220 filter.localhost ESMTP\r\n", "EHLO": "250 filter.localhost\r\n"}
    lab.odd_server("mta", 10025, address="127.0.0.1", replies=greeting)
    mta = lab.sender()
    lab.firewall("mta", "-t nat -A OUTPUT ! -d 127.0.0.0/8 -p tcp --dport 25 -j REDIRECT --to-ports 10025")
    with lab.taps("mta-eth0", "mta-any"):
        lab.submit()
        mta.wait_for("status=sent")
    lab.keep_log(mta)
    lab.keep_firewall("mta")
