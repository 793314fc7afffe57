"""What many scenarios have in common: an ordinary world, and one message through it while taps are open."""

from typing import Any, Final

from tests.lab.lab import Lab
from tests.lab.mail import Postfix

GATEWAY: Final = ("gw-any", "gw-lan", "gw-wan")
EVERYWHERE: Final = ("mta-eth0", *GATEWAY)
SENT: Final = "status=sent"
DEFERRED: Final = "status=deferred"


def deliver(lab: Lab, *places: str, until: str = SENT, order: dict[str, Any] | None = None, **settings: str) -> Postfix:
    """Send one message from ``mta``, whose mail server is started with *settings*; the log is kept."""
    mta = lab.sender(**settings)
    with lab.taps(*places):
        lab.submit(**order or {})
        mta.wait_for(until)
    lab.keep_log(mta)
    return mta


def receive(lab: Lab, *places: str, address: str = "10.10.0.5", until: str = SENT, **settings: str) -> Postfix:
    """Let the outside send one message to *address*, which ``mta`` takes with *settings*; the log is kept."""
    mta = lab.sender(**settings)
    with lab.taps(*places):
        lab.send("out", address, ["alice@corp.example"], sender="ann@sender.example", helo="out.sender.example")
        mta.wait_for(until)
    lab.keep_log(mta)
    return mta


SOA = "@ 300 SOA ns.invalid. root.invalid. 1 3600 600 86400 60\n"
ROOT = f"""\
$TTL 300
{SOA}@ NS a.root.example.
a.root.example. A 198.51.100.53
net. NS a.gtld.example.
a.gtld.example. A 198.51.100.54
"""
NET = f"""\
$TTL 300
{SOA}@ NS a.gtld.example.
example.net. NS ns.example.net.
ns.example.net. A 198.51.100.20
"""
DOMAIN = f"""\
$TTL 300
{SOA}@ NS ns.example.net.
ns A 198.51.100.20
@ MX 10 mail
mail A 198.51.100.10
"""


def authorities(lab: Lab) -> None:
    """Start the name servers of the root (ns1), of net (ns2) and of example.net (mx2), each knowing its own zone alone."""
    for host, origin, zone in (("ns1", ".", ROOT), ("ns2", "net.", NET), ("mx2", "example.net.", DOMAIN)):
        lab.bind(host).answer_for({origin: zone})
