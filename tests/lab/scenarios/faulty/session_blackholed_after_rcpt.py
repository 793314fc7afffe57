"""From the RCPT command on the gateway swallows every packet of the session, both ways; the command itself got through."""

from tests.lab.lab import Lab
from tests.lab.sight import lacks, shows
from tests.lab.truth import Expect, faulty

MECHANISM = "drop"
CASES = (faulty("mta-eth0.pcap", Expect(("session-blackholed",), ("198.51.100.10", "RCPT"))),)
SEEN = (
    *shows("mta-eth0.pcap", "src 198.51.100.10 and tcp[13] & 8 != 0"),
    *lacks("mta-eth0.pcap", "tcp[13] & 5 != 0 and src 198.51.100.10"),
)


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.receiver(smtpd_discard_ehlo_keywords="pipelining")
    mta = lab.sender(smtp_rcpt_timeout="30s")
    lab.network.sysctl("mta", {"net.ipv4.tcp_retries2": "4"})
    lab.firewall(
        "gw",
        "-A FORWARD -m connmark --mark 7 -j DROP",
        "-A FORWARD -p tcp --dport 25 -m string --algo bm --string RCPT -j CONNMARK --set-mark 7",
    )
    with lab.taps("mta-eth0"):
        lab.submit()
        mta.wait_for("status=deferred")
    lab.keep_log(mta)
