"""The gateway lets SYNs out and silently drops the server's answers: inside there is nothing to tell it from a dead server."""

from tests.lab.lab import Lab
from tests.lab.sight import lacks, shows
from tests.lab.truth import CONNECTING, Case, Expect, all_but, faulty

SILENT = Expect(("connect-blackholed",), ("198.51.100.10",))
DROPPED = Expect(("dropped-in-transit",), ("198.51.100.10",))
NAMED = Expect(("dropped-in-transit",), ("SYN-ACK", "rules.txt:6 (filter FORWARD)", "--sport 25"))
MECHANISM = "drop"
CASES = (
    faulty("mta-eth0.pcap", SILENT),
    faulty("gw-any.pcap", DROPPED, also=("connect-blackholed", "reply-lost")),
    Case("two-sides", ("lan=gw-lan.pcap", "wan=gw-wan.pcap"), (DROPPED,), all_but("dropped-in-transit", *CONNECTING)),
    Case(
        "rules",
        ("lan=gw-lan.pcap", "wan=gw-wan.pcap", "--rules", "rules.txt"),
        (NAMED,),
        all_but("dropped-in-transit", *CONNECTING),
    ),
)
SEEN = (
    *shows("gw-wan.pcap", "src 198.51.100.10 and tcp[13] = 18"),
    *lacks("gw-lan.pcap", "src 198.51.100.10"),
    *lacks("mta-eth0.pcap", "src 198.51.100.10"),
)


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.receiver()
    mta = lab.sender()
    lab.firewall("gw", "-A FORWARD -p tcp --sport 25 -j DROP")
    with lab.taps("mta-eth0", "gw-any", "gw-lan", "gw-wan"):
        lab.submit()
        mta.wait_for("status=deferred")
    lab.keep_log(mta)
    lab.keep_rules("gw")
