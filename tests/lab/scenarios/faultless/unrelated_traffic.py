"""Beside a delivery: a web page, a refused connection and a silently dropped one, none of them mail."""

from tests.lab.lab import Lab
from tests.lab.sight import lacks, shows
from tests.lab.truth import innocent, innocent_with_log

MECHANISM = "ordinary delivery"
CASES = (innocent("mta-eth0.pcap"), innocent_with_log("mta-eth0.pcap"))
SEEN = (
    *shows("mta-eth0.pcap", "tcp dst port 443"),
    *lacks("mta-eth0.pcap", "tcp src port 443"),
    *shows("mta-eth0.pcap", "tcp src port 8080 and tcp[13] & 4 != 0"),
)


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.odd_server("alt", 80, replies={"CONNECT": "", "GET ": "HTTP/1.0 200 OK\r\nContent-Length: 6\r\n\r\nhello\n"})
    lab.receiver()
    mta = lab.sender()
    lab.firewall("gw", "-A FORWARD -p tcp --dport 443 -j DROP")
    request = "GET / HTTP/1.0\r\n\r\n"
    with lab.taps("mta-eth0"):
        others = [
            lab.client("mta", "touch", "192.0.2.66", "80", request),
            lab.client("mta", "touch", "198.51.100.10", "8080", request),
            lab.client("mta", "touch", "192.0.2.66", "443", "\x16\x03\x01"),
        ]
        lab.submit()
        mta.wait_for("status=sent")
        for other in others:
            other.wait_end()
    lab.keep_log(mta)
