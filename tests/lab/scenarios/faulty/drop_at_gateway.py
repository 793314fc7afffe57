"""The gateway silently drops outgoing port 25 in its FORWARD chain."""

from tests.lab.lab import Lab
from tests.lab.sight import lacks, shows
from tests.lab.truth import Case, Expect, all_but, faulty

SILENT = Expect(("connect-blackholed",), ("198.51.100.10",))
DROPPED = Expect(("dropped-in-transit",), ("198.51.100.10", "lan", "wan"))
NAMED = Expect(("dropped-in-transit",), ("lan", "wan", "rules.txt:6 (filter FORWARD)", "-j DROP"))
MECHANISM = "drop"
CASES = (
    faulty("mta-eth0.pcap", SILENT),
    faulty("gw-any.pcap", Expect(("dropped-in-transit", "connect-blackholed"), ("198.51.100.10",))),
    Case(
        "two-sides",
        ("lan=gw-lan.pcap", "wan=gw-wan.pcap"),
        (DROPPED,),
        all_but("dropped-in-transit", "connect-blackholed"),
    ),
    Case(
        "rules",
        ("lan=gw-lan.pcap", "wan=gw-wan.pcap", "--rules", "rules.txt"),
        (NAMED,),
        all_but("dropped-in-transit", "connect-blackholed"),
    ),
    Case("log", ("mta-eth0.pcap", "--log", "mail.log"), (SILENT,), ("log-contradicts-wire", "log-without-wire")),
)
SEEN = (
    *shows("gw-lan.pcap", "tcp dst port 25"),
    *lacks("gw-wan.pcap", "tcp"),
    *lacks("mta-eth0.pcap", "src 198.51.100.10"),
)


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.receiver()
    mta = lab.sender(smtp_connect_timeout="30s")
    lab.network.sysctl("mta", {"net.ipv4.tcp_syn_retries": "2", "net.ipv4.tcp_syn_linear_timeouts": "0"})
    lab.firewall("gw", "-A FORWARD -p tcp --dport 25 -j DROP")
    with lab.taps("mta-eth0", "gw-any", "gw-lan", "gw-wan"):
        lab.submit()
        mta.wait_for("status=deferred")
    lab.keep_log(mta)
    lab.keep_rules("gw")
