"""Ordinary masquerading at the gateway, seen on both its sides: worth a line, never an alarm."""

from tests.lab.lab import Lab
from tests.lab.sight import lacks, shows
from tests.lab.truth import Case, Expect, all_but, innocent

TRANSLATED = Expect(("source-rewritten",), ("10.10.0.5", "203.0.113.1"), severity="info")
NAMED = Expect(("source-rewritten",), ("nat POSTROUTING", "MASQUERADE"), severity="info")
MECHANISM = "source NAT"
CASES = (
    Case("gw-any", ("gw-any.pcap",), (TRANSLATED,), all_but("source-rewritten"), "info"),
    Case("two-sides", ("lan=gw-lan.pcap", "wan=gw-wan.pcap"), (TRANSLATED,), all_but("source-rewritten"), "info"),
    Case("rules", ("gw-any.pcap", "--rules", "rules.txt"), (NAMED,), all_but("source-rewritten"), "info"),
    innocent("mta-eth0.pcap"),
    innocent("gw-wan.pcap"),
)
SEEN = (
    *shows("gw-wan.pcap", "src 203.0.113.1 and tcp"),
    *lacks("gw-wan.pcap", "tcp and host 10.10.0.5"),
    *shows("gw-lan.pcap", "src 10.10.0.5 and tcp"),
)


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.receiver()
    mta = lab.sender()
    lab.firewall("gw", "-t nat -A POSTROUTING -o wan0 -j MASQUERADE")
    with lab.taps("mta-eth0", "gw-any", "gw-lan", "gw-wan"):
        lab.submit()
        mta.wait_for("status=sent")
    lab.keep_log(mta)
    lab.keep_rules("gw")
