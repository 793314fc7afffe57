"""The server is busy whenever it is asked; after some attempts the sender's patience is over and the message goes back."""

from tests.lab.lab import Lab
from tests.lab.plays import deliver
from tests.lab.truth import Expect, asked, faulty

LIVE = False
MECHANISM = "what SMTP says"
CASES = (
    faulty("mta-eth0.pcap", Expect(("smtp-deferred",), ("4.3.2", "bob@example.net"))),
    asked("log", "mta-eth0.pcap --log mail.log", Expect(("smtp-deferred",), ("4.3.2", "bob@example.net"))),
)


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.odd_server(replies={"RCPT": "451 4.3.2 System not accepting network messages\r\n"})
    deliver(
        lab,
        "mta-eth0",
        until="status=expired",
        minimal_backoff_time="1s",
        maximal_backoff_time="2s",
        queue_run_delay="1s",
        maximal_queue_lifetime="5s",
    )
