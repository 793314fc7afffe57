"""The first exchanger greets with 421 and closes; the second takes the message."""

from tests.lab.lab import Lab
from tests.lab.plays import deliver
from tests.lab.truth import Expect, asked, faulty

LIVE = False
MECHANISM = "what SMTP says"
CASES = (
    faulty("mta-eth0.pcap", Expect(("smtp-deferred",), ("4.3.2", "198.51.100.10")), also=("server-silent",)),
    asked(
        "log", "mta-eth0.pcap --log mail.log", Expect(("smtp-deferred",), ("4.3.2",)), never=("log-contradicts-wire",)
    ),
)


def play(lab: Lab) -> None:
    lab.resolver().serve(also="example.net. MX 20 backup.example.net.\n")
    lab.odd_server(replies={"CONNECT": "421 4.3.2 mail.example.net Service not available\r\n"})
    lab.receiver("mx2", "backup.example.net")
    deliver(lab, "mta-eth0")
