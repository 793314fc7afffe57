"""Mail goes through a filter on the mail server's own loopback first, as it is told to."""

from tests.lab.lab import Lab
from tests.lab.sight import shows
from tests.lab.truth import asked, innocent

LIVE = False
MECHANISM = "ordinary delivery"
CASES = (
    innocent("mta-any.pcap"),
    asked("log", "mta-any.pcap --log mail.log", quiet=True, never=("log-contradicts-wire", "log-without-wire")),
)
SEEN = shows("mta-any.pcap", "tcp dst port 10025", "dst 198.51.100.10 and tcp dst port 25")


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.receiver()
    lab.odd_server("mta", 10025, address="127.0.0.1", replies={"CONNECT": "220 filter.corp.example ESMTP\r\n"})
    mta = lab.sender(
        content_filter="smtp:[127.0.0.1]:10025",
        smtpd_recipient_restrictions="reject_unknown_recipient_domain",
    )
    with lab.taps("mta-any"):
        lab.submit()
        mta.wait_for("status=sent")
        lab.send("mta", "198.51.100.10", helo="mta.corp.example")
    lab.keep_log(mta)
