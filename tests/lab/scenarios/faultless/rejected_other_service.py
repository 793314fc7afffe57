"""The gateway rejects and drops what its LAN should not do, in many ways; mail is not among it."""

from tests.lab.lab import Lab
from tests.lab.plays import EVERYWHERE
from tests.lab.sight import shows
from tests.lab.truth import SIDES, asked, innocent

LIVE = False
MECHANISM = "refusal"
CASES = (
    innocent("mta-eth0.pcap"),
    asked("two-sides", SIDES, quiet=True),
    asked("rules", f"{SIDES} --rules rules.txt", quiet=True),
)
SEEN = shows("mta-eth0.pcap", "icmp[0] = 3 and icmp[1] = 13", "tcp dst port 8080", "tcp dst port 8081")


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.receiver()
    lab.firewall(
        "gw",
        "-A FORWARD -p tcp --dport 8080 -j REJECT --reject-with icmp-admin-prohibited",
        "-A FORWARD -p tcp --dport 8081 -j REJECT --reject-with tcp-reset",
        "-A FORWARD -p tcp --dport 8082 -j DROP",
    )
    mta = lab.sender()
    with lab.taps(*EVERYWHERE):
        for port in ("8080", "8081", "8082"):
            lab.client("mta", "touch", "198.51.100.10", port, "hello").wait_end()
        lab.submit()
        mta.wait_for("status=sent")
    lab.keep_rules("gw")
