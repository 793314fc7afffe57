"""The MX answer does not fit into a datagram, and TCP port 53 is firewalled away."""

from tests.lab.lab import Lab
from tests.lab.sight import lacks, shows
from tests.lab.truth import Expect, faulty

MECHANISM = "failing lookups"
CASES = (
    faulty(
        "mta-eth0.pcap",
        Expect(("dns-truncated-no-tcp",), ("example.com",)),
        also=("dns-unanswered", "connect-blackholed", "resolver-outage"),
    ),
)
HOSTS = [f"a-rather-long-name-for-a-mail-exchanger-number-{n:02}" for n in range(10)]
ZONE = "".join(
    f"example.com. MX {n} {host}.example.com.\n{host}.example.com. A 198.51.100.10\n" for n, host in enumerate(HOSTS)
)
SEEN = (
    *shows("mta-eth0.pcap", "udp src port 53 and udp[10] & 2 != 0", "tcp dst port 53"),
    *lacks("mta-eth0.pcap", "tcp src port 53"),
)


def play(lab: Lab) -> None:
    lab.resolver().serve(also=ZONE)
    lab.network.sysctl("mta", {"net.ipv4.tcp_syn_retries": "1", "net.ipv4.tcp_syn_linear_timeouts": "0"})
    lab.firewall("ns1", "-A INPUT -p tcp --dport 53 -j DROP")
    mta = lab.sender()
    with lab.taps("mta-eth0"):
        lab.submit(to=["bob@example.com"])
        mta.wait_for("status=deferred")
    lab.keep_log(mta)
