"""The mail server's own resolver asks by TLS, and a rule in OUTPUT sends the mail elsewhere: only the log still tells where it should have gone."""

from tests.lab.lab import Lab
from tests.lab.plays import deliver
from tests.lab.sight import lacks, shows
from tests.lab.truth import Expect, asked

LIVE = False
MECHANISM = "what logs say"
UNTRUE = Expect(("log-contradicts-wire",), ("198.51.100.10", "192.0.2.66"))
CASES = (
    asked("log", "mta-eth0.pcap --log mail.log", UNTRUE, also=("destination-rewritten", "banner-mismatch")),
    asked("mta-eth0", "mta-eth0.pcap", quiet=True),
)
SEEN = (
    *shows("mta-eth0.pcap", "tcp dst port 853", "dst 192.0.2.66"),
    *lacks("mta-eth0.pcap", "port 53 or host 198.51.100.10"),
)


def play(lab: Lab) -> None:
    lab.encrypted_dns()
    lab.receiver("alt", "relay.other.example")
    lab.firewall("mta", "-t nat -A OUTPUT -d 198.51.100.10 -p tcp --dport 25 -j DNAT --to-destination 192.0.2.66:25")
    deliver(lab, "mta-eth0")
