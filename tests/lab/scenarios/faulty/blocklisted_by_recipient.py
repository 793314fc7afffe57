"""The recipient's server refuses us because we are on a block list, and names it."""

from tests.lab.lab import Lab
from tests.lab.plays import deliver
from tests.lab.truth import Expect, asked, faulty

LIVE = False
MECHANISM = "block lists"
LISTED = Expect(("smtp-blocklisted",), ("zen.spamhaus.org",))
CASES = (
    faulty("mta-eth0.pcap", LISTED, also=("smtp-rejected",)),
    asked("log", "mta-eth0.pcap --log mail.log", LISTED, also=("smtp-rejected",)),
)
REPLY = (
    "554 5.7.1 Service unavailable; Client host [10.10.0.5] blocked using zen.spamhaus.org; "
    "https://www.spamhaus.org/query/ip/10.10.0.5\r\n"
)


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.odd_server(replies={"RCPT": REPLY})
    deliver(lab, "mta-eth0", until="status=bounced")
