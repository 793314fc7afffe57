"""The gateway drops mail to one exchanger over IPv6; the sender waits, and goes on over IPv4."""

from tests.lab.lab import Lab
from tests.lab.plays import EVERYWHERE
from tests.lab.truth import SIDES, Expect, asked, faulty

LIVE = False
MECHANISM = "drop"
SILENT = Expect(("connect-blackholed",), ("2001:db8:100::10",))
CASES = (
    faulty("mta-eth0.pcap", SILENT, never=("!connect-blackholed:198.51.100.10",)),
    asked("two-sides", SIDES, Expect(("dropped-in-transit",), ("2001:db8:100::10",)), also=("connect-blackholed",)),
)


def play(lab: Lab) -> None:
    also = "mail.example.net. AAAA 2001:db8:100::10\nexample.org. MX 10 six.example.org.\nsix.example.org. AAAA 2001:db8:100::20\n"
    lab.resolver().serve(also=also)
    lab.receiver()
    lab.receiver("mx2", "six.example.org")
    lab.firewall("gw", "-6 -A FORWARD -d 2001:db8:100::10 -p tcp --dport 25 -j DROP")
    mta = lab.sender(smtp_address_preference="ipv6")
    with lab.taps(*EVERYWHERE):
        for sent, to in enumerate(("bob@example.org", "bob@example.net"), 1):
            lab.submit(to=[to])
            mta.wait_for("status=sent", times=sent)
