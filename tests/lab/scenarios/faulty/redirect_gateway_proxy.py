"""The gateway redirects outgoing mail into a proxy of its own: nearer by two hops, and no packet of it goes on."""

from tests.lab.lab import Lab
from tests.lab.sight import shows
from tests.lab.truth import Case, Expect, all_but, faulty

PROXY = Expect(("transparent-proxy", "destination-rewritten"), ("198.51.100.10",))
STRANGE = Expect(("banner-mismatch",), ("proxy.gateway.example", "mail.example.net"))
NAMED = Expect(("transparent-proxy",), ("198.51.100.10", "nat PREROUTING", "REDIRECT"))
MECHANISM = "REDIRECT and TPROXY"
CASES = (
    faulty("gw-any.pcap", PROXY, also=("banner-mismatch",)),
    faulty("mta-eth0.pcap", STRANGE, also=("transparent-proxy",)),
    Case("rules", ("gw-any.pcap", "--rules", "rules.txt"), (NAMED,), all_but(*PROXY.any_of, "banner-mismatch")),
)
SEEN = shows("mta-eth0.pcap", "src 198.51.100.10 and ip[8] = 64", "src 198.51.100.53 and ip[8] = 62")


def play(lab: Lab) -> None:
    lab.resolver().serve()
    greeting = {"CONNECT": "220 proxy.gateway.example ESMTP\r\n", "EHLO": "250 proxy.gateway.example\r\n"}
    lab.odd_server("gw", 2525, address="10.10.0.1", replies=greeting)
    mta = lab.sender()
    lab.firewall("gw", "-t nat -A PREROUTING -i lan0 -p tcp --dport 25 -j REDIRECT --to-ports 2525")
    with lab.taps("mta-eth0", "gw-any"):
        lab.submit()
        mta.wait_for("status=sent")
    lab.keep_log(mta)
    lab.keep_rules("gw")
