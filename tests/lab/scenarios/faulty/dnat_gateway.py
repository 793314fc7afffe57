"""The gateway rewrites in PREROUTING: the mail server's own view is clean but for the banner, the gateway's proves it."""

from tests.lab.lab import Lab
from tests.lab.sight import lacks, shows
from tests.lab.truth import Case, Expect, all_but, faulty

PROVEN = Expect(("destination-rewritten",), ("198.51.100.10", "192.0.2.66"), confidence="proven")
NAMED = Expect(("destination-rewritten",), ("rules.txt:7 (nat PREROUTING)", "--to-destination"), confidence="proven")
STRANGE = Expect(("banner-mismatch",), ("relay.other.example", "mail.example.net"))
MECHANISM = "DNAT"
CASES = (
    faulty("gw-any.pcap", PROVEN, also=("banner-mismatch",)),
    faulty("mta-eth0.pcap", STRANGE),
    Case(
        "two-sides",
        ("lan=gw-lan.pcap", "wan=gw-wan.pcap"),
        (PROVEN,),
        all_but("destination-rewritten", "banner-mismatch"),
    ),
    Case(
        "conntrack",
        ("mta-eth0.pcap", "--conntrack", "conntrack.txt"),
        (PROVEN,),
        all_but("destination-rewritten", "banner-mismatch"),
    ),
    Case(
        "rules",
        ("gw-any.pcap", "--rules", "rules.txt"),
        (NAMED,),
        all_but("destination-rewritten", "banner-mismatch"),
    ),
)
SEEN = (
    *shows("gw-lan.pcap", "dst 198.51.100.10"),
    *lacks("gw-wan.pcap", "host 198.51.100.10"),
    *shows("gw-wan.pcap", "src 192.0.2.66"),
    *lacks("mta-eth0.pcap", "host 192.0.2.66"),
)


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.receiver("alt", "relay.other.example")
    mta = lab.sender()
    lab.firewall("gw", "-t nat -A PREROUTING -d 198.51.100.10 -p tcp --dport 25 -j DNAT --to-destination 192.0.2.66:25")
    with lab.taps("mta-eth0", "gw-any", "gw-lan", "gw-wan"):
        lab.submit()
        mta.wait_for("status=sent")
    lab.keep_log(mta)
    lab.keep_firewall("gw")
