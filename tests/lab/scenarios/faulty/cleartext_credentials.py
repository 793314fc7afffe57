"""A client logs in without TLS: anybody on the path has the password now. The report must not repeat it."""

from tests.lab.lab import Lab
from tests.lab.sight import shows
from tests.lab.truth import Expect, faulty

LEAKED = Expect(("cleartext-credentials",), ("198.51.100.10",))
SECRETS = ("#open-sesame", "#YWxpY2U", "#AGFsaWNlAG9wZW4tc2VzYW1l")
MECHANISM = "what SMTP says"
CASES = (faulty("mta-eth0.pcap", LEAKED, never=SECRETS),)
SEEN = shows("mta-eth0.pcap", "src 10.10.0.5 and tcp[32:4] = 0x41555448")


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.odd_server(replies={"EHLO": "250-mail.example.net\r\n250 AUTH PLAIN\r\n"})
    with lab.taps("mta-eth0"):
        lab.lookup("mta", "mail.example.net", "A")
        lab.send("mta", "198.51.100.10", helo="mta.corp.example", login=["alice", "open-sesame"])
