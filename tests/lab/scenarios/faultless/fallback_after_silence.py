"""The primary exchanger never answers, so the backup is used: the silence is worth a word, the order is not."""

from tests.lab.lab import Lab
from tests.lab.sight import lacks, shows
from tests.lab.truth import Case, Expect, all_but, faulty

SILENT = Expect(("connect-blackholed",), ("198.51.100.10",))
MECHANISM = "drop"
CASES = (
    faulty("mta-eth0.pcap", SILENT),
    Case(
        "log",
        ("mta-eth0.pcap", "--log", "mail.log"),
        (SILENT,),
        (*all_but("connect-blackholed"), "log-contradicts-wire"),
    ),
)
SEEN = (
    *shows("mta-eth0.pcap", "dst 198.51.100.10"),
    *lacks("mta-eth0.pcap", "src 198.51.100.10"),
    *shows("mta-eth0.pcap", "src 198.51.100.20"),
)


def play(lab: Lab) -> None:
    lab.resolver().serve(also="example.net. MX 20 backup.example.net.\n")
    lab.receiver("mx2", "backup.example.net")
    lab.firewall("mx1", "-A INPUT -p tcp --dport 25 -j DROP")
    mta = lab.sender()
    lab.network.sysctl("mta", {"net.ipv4.tcp_syn_linear_timeouts": "0"})
    with lab.taps("mta-eth0"):
        lab.submit()
        mta.wait_for("status=sent")
    lab.keep_log(mta)
