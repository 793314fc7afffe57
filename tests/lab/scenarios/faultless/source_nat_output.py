"""The mail server gives its own mail another of its own addresses on the way out."""

import time

from tests.lab.lab import Lab
from tests.lab.sight import shows
from tests.lab.truth import Expect, asked, innocent

LIVE = False
MECHANISM = "source NAT"
HIDDEN = Expect(("source-rewritten",), ("10.10.0.5", "10.10.0.77"), severity="info")
CASES = (
    innocent("mta-eth0.pcap", also=("source-rewritten",)),
    asked("conntrack", "mta-eth0.pcap --conntrack conntrack.txt", HIDDEN, quiet=True),
    asked("sockets", "mta-eth0.pcap --sockets sockets.txt", also=("source-rewritten",), quiet=True),
    asked(
        "log",
        "mta-eth0.pcap --log mail.log",
        also=("source-rewritten",),
        never=("log-contradicts-wire", "log-without-wire"),
        quiet=True,
    ),
)
SEEN = shows("mta-eth0.pcap", "src 10.10.0.77 and tcp dst port 25")


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.odd_server(delays={"END": 1.5})
    lab.network.run("mta", "ip", "addr", "add", "10.10.0.77/24", "dev", "eth0")
    lab.firewall("mta", "-t nat -A POSTROUTING -o eth0 -p tcp --dport 25 -j SNAT --to-source 10.10.0.77")
    mta = lab.sender()
    with lab.taps("mta-eth0"):
        lab.submit()
        time.sleep(0.7)
        lab.keep_sockets("mta")
        mta.wait_for("status=sent")
    lab.keep_log(mta)
    lab.keep_conntrack("mta")
