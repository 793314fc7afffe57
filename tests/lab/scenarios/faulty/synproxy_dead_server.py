"""The gateway answers SYNs for a mail server that does not answer at all: outside the connection stands, inside nobody hears it."""

from tests.lab.lab import Lab
from tests.lab.plays import EVERYWHERE
from tests.lab.sight import lacks, shows
from tests.lab.truth import SIDES, Expect, asked

LIVE = False
MECHANISM = "SYN proxy"
CASES = (
    asked(
        "two-sides",
        SIDES,
        Expect(("transparent-proxy", "connect-blackholed"), ("10.10.0.5",)),
        also=("server-silent",),
        never=("!dropped-in-transit:SYN-ACK",),
    ),
    asked("gw-wan", "gw-wan.pcap", Expect(("server-silent", "session-blackholed"), ("10.10.0.5",))),
)
SEEN = (*shows("gw-wan.pcap", "src 10.10.0.5 and tcp[13] = 18"), *lacks("gw-lan.pcap", "src 10.10.0.5 and tcp"))


def play(lab: Lab) -> None:
    lab.synproxy()
    lab.firewall("mta", "-A INPUT -p tcp --dport 25 -j DROP")
    with lab.taps(*EVERYWHERE):
        lab.client("out", "silent", "10.10.0.5", "25", "12").wait_end()
