"""A rule in the mail server's own OUTPUT chain resets its mail: a reset in the server's name on loopback, and no SYN anywhere."""

from tests.lab.lab import Lab
from tests.lab.plays import DEFERRED, deliver
from tests.lab.sight import lacks, shows
from tests.lab.truth import Expect, asked, not_yet_told

LIVE = False
MECHANISM = "refusal"
ALONE = "a reset without any SYN, on loopback, is taken for the end of a connection that began before the capture"
CASES = (
    asked("log", "mta-eth0.pcap --log mail.log", Expect(("log-without-wire",), ("198.51.100.10",))),
    not_yet_told(
        asked(
            "any-log",
            "mta-any.pcap --log mail.log",
            Expect(("connect-refused", "connect-rejected", "log-without-wire", "reset-injected"), ("198.51.100.10",)),
        ),
        ALONE,
    ),
)
SEEN = (*shows("mta-any.pcap", "src 198.51.100.10 and tcp[13] & 4 != 0"), *lacks("mta-eth0.pcap", "tcp"))


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.receiver()
    lab.firewall("mta", "-A OUTPUT -p tcp --dport 25 -d 198.51.100.10 -j REJECT --reject-with tcp-reset")
    deliver(lab, "mta-eth0", "mta-any", until=DEFERRED)
