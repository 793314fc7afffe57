"""The mail server's own INPUT chain drops the SYN-ACK that tcpdump still sees."""

from tests.lab.lab import Lab
from tests.lab.sight import lacks, shows
from tests.lab.truth import Expect, faulty

MECHANISM = "drop"
CASES = (faulty("mta-eth0.pcap", Expect(("reply-lost",), ("198.51.100.10",))),)
SEEN = (
    *shows("mta-eth0.pcap", "src 198.51.100.10 and tcp[13] = 18"),
    *lacks("mta-eth0.pcap", "src 10.10.0.5 and tcp[13] & 16 != 0"),
)


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.receiver()
    mta = lab.sender(smtp_connect_timeout="30s")
    lab.network.sysctl("mta", {"net.ipv4.tcp_syn_retries": "2", "net.ipv4.tcp_syn_linear_timeouts": "0"})
    lab.firewall("mta", "-A INPUT -p tcp --sport 25 ! -i lo -j DROP")
    with lab.taps("mta-eth0"):
        lab.submit()
        mta.wait_for("status=deferred")
    lab.keep_log(mta)
