"""The provider's exchanger is a load balancer that gives each connection to another host behind it (its own DNAT, at its own place)."""

from tests.lab.lab import Lab
from tests.lab.plays import EVERYWHERE
from tests.lab.truth import SIDES, asked, innocent, innocent_with_log

MECHANISM = "DNAT"
CASES = (innocent("mta-eth0.pcap"), innocent_with_log("mta-eth0.pcap"), asked("two-sides", SIDES, quiet=True))


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.receiver()
    lab.odd_server("mx2", replies={"CONNECT": "220 mail.example.net ESMTP\r\n"})
    balance = "-m statistic --mode nth --every 2 --packet 0"
    lab.firewall(
        "rt",
        f"-t nat -A PREROUTING -i wan0 -d 198.51.100.10 -p tcp --dport 25 {balance} -j DNAT --to-destination 198.51.100.20",
    )
    mta = lab.sender()
    with lab.taps(*EVERYWHERE):
        for sent in range(1, 5):
            lab.submit()
            mta.wait_for("status=sent", times=sent)
    lab.keep_log(mta)
