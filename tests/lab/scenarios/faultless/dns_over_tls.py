"""The mail server's own resolver asks by TLS: no lookup is to be seen, and nothing follows from that."""

from tests.lab.lab import Lab
from tests.lab.plays import deliver
from tests.lab.sight import lacks, shows
from tests.lab.truth import Expect, asked, innocent

MECHANISM = "recursion at home"
HIDDEN = Expect(("encrypted-dns",), ("198.51.100.53",), severity="info")
CASES = (
    asked("mta-eth0", "mta-eth0.pcap", HIDDEN, quiet=True),
    asked(
        "log", "mta-eth0.pcap --log mail.log", HIDDEN, never=("log-contradicts-wire", "log-without-wire"), quiet=True
    ),
    innocent("mta-any.pcap"),
)
SEEN = (*shows("mta-eth0.pcap", "tcp dst port 853"), *lacks("mta-eth0.pcap", "port 53"))


def play(lab: Lab) -> None:
    lab.encrypted_dns()
    lab.receiver()
    deliver(lab, "mta-eth0", "mta-any")
