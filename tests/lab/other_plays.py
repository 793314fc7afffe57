"""The same faults for every mail server that is not Postfix: how each is played, and what is true of it."""

import time
from typing import Final

from tests.lab.lab import Lab
from tests.lab.mail_server import MailServer, Software
from tests.lab.sight import lacks, shows
from tests.lab.topology import HOSTS
from tests.lab.truth import LOGGED, SIDES, Expect, asked, faulty, innocent, innocent_with_log

MX: Final = "198.51.100.10"
STRANGER: Final = "192.0.2.66"
WITH_LOG: Final = "mta-eth0.pcap --log mail.log"
TO_STRANGER: Final = f"-t nat -A OUTPUT -d {MX} -p tcp --dport 25 -j DNAT --to-destination {STRANGER}:25"
WRONG_WAY: Final = ("banner-mismatch",)

AGREES = (innocent("mta-eth0.pcap"), innocent_with_log("mta-eth0.pcap"))
CHOSEN = (asked("mta-eth0", "mta-eth0.pcap", quiet=True), innocent_with_log("mta-eth0.pcap"))
"""The packets alone may make one wonder, quietly."""
LED_AWAY = (
    faulty("mta-eth0.pcap", Expect(("destination-rewritten",), (MX, STRANGER)), also=WRONG_WAY),
    asked(
        "log",
        WITH_LOG,
        Expect(("destination-rewritten",), (MX, STRANGER), confidence="proven"),
        also=(*WRONG_WAY, "log-contradicts-wire"),
    ),
    asked(
        "conntrack",
        "mta-eth0.pcap --conntrack conntrack.txt",
        Expect(("destination-rewritten",), (MX, STRANGER), confidence="proven"),
        also=WRONG_WAY,
    ),
    asked(
        "rules",
        "mta-eth0.pcap --log mail.log --rules rules.txt",
        Expect(("destination-rewritten",), ("(nat OUTPUT)", "--to-destination"), severity="critical"),
        also=(*WRONG_WAY, "log-contradicts-wire"),
    ),
)
LED_TO_REFUSAL = (
    faulty(
        "mta-eth0.pcap", Expect(("destination-rewritten",), (MX, STRANGER)), Expect(("connect-refused",), (STRANGER,))
    ),
    asked(
        "log",
        WITH_LOG,
        Expect(("destination-rewritten",), (MX, STRANGER), confidence="proven"),
        also=("connect-refused", "log-contradicts-wire"),
    ),
)
REFUSED = (
    faulty("mta-eth0.pcap", Expect(("connect-refused",), (MX,))),
    asked("log", WITH_LOG, Expect(("connect-refused",), (MX,)), never=LOGGED),
)
SILENT = (
    faulty("mta-eth0.pcap", Expect(("connect-blackholed",), (MX,))),
    asked("log", WITH_LOG, Expect(("connect-blackholed",), (MX,)), never=LOGGED),
)
SILENT_MISTOLD = (
    SILENT[0],
    asked(
        "log",
        WITH_LOG,
        Expect(("connect-blackholed",), (MX,)),
        Expect(("log-contradicts-wire",), ("timeout after initial connection", MX), confidence="proven"),
        never=("log-without-wire", "attempt-not-logged"),
    ),
)
"""Exim says of SYNs that nobody answered that the connection was there."""
NEVER_LEFT = (
    asked("log", WITH_LOG, Expect(("log-without-wire",), (MX,)), also=("connect-blackholed",)),
    asked(
        "rules",
        "mta-eth0.pcap --log mail.log --rules rules.txt",
        Expect(("log-without-wire",), (MX, "rules.txt:6 (filter OUTPUT) keeps it in")),
        also=("connect-blackholed",),
    ),
)
PUT_OFF = (
    faulty("mta-eth0.pcap", Expect(("smtp-deferred", "smtp-greylisted"), ("4.7.1", "bob@example.net"))),
    asked("log", WITH_LOG, Expect(("smtp-deferred", "smtp-greylisted"), ("4.7.1", "bob@example.net")), never=LOGGED),
)
REJECTED = (
    faulty("mta-eth0.pcap", Expect(("smtp-rejected",), ("5.1.1", "bob@example.net"))),
    asked("log", WITH_LOG, Expect(("smtp-rejected",), ("5.1.1", "bob@example.net")), never=LOGGED),
)
TAKEN = (innocent("mta-eth0.pcap", "unresolved-contact"), innocent_with_log("mta-eth0.pcap"))
TURNED_AWAY = (
    asked("mta-eth0", "mta-eth0.pcap", Expect(("smtp-rejected",), ("nobody@corp.example",))),
    asked("log", WITH_LOG, Expect(("smtp-rejected",), ("nobody@corp.example",)), never=LOGGED),
)
HIDDEN_CLIENT = (
    asked(
        "two-sides", SIDES, Expect(("source-rewritten",), ("192.0.2.99", "10.10.0.1")), also=("destination-rewritten",)
    ),
    asked(
        "log",
        f"{SIDES} --log mail.log",
        Expect(("log-contradicts-wire",), ("192.0.2.99", "10.10.0.1"), confidence="proven"),
        also=("source-rewritten", "destination-rewritten"),
    ),
    asked("mta-eth0-log", WITH_LOG, never=LOGGED, quiet=True),
)

SEEN_LED_AWAY = (*shows("mta-eth0.pcap", f"src {STRANGER}"), *lacks("mta-eth0.pcap", f"host {MX}"))
SEEN_REFUSED = shows("mta-eth0.pcap", f"src {MX} and tcp[13] & 4 != 0")
SEEN_SILENT = (*shows("mta-eth0.pcap", f"dst {MX} and tcp"), *lacks("mta-eth0.pcap", f"src {MX}"))
SEEN_NOTHING = lacks("mta-eth0.pcap", "tcp")
SEEN_STRANGER = (*shows("mta-eth0.pcap", f"src {STRANGER}"), *lacks("mta-eth0.pcap", f"host {MX}"))


def send(lab: Lab, software: Software, until: str, **wanted: str) -> MailServer:
    """Send one message from ``mta``; the log is kept."""
    mta = lab.other(software, **wanted)
    with lab.taps("mta-eth0"):
        lab.submit()
        mta.wait_for(until)
    lab.keep_log(mta)
    return mta


def deliver(lab: Lab, software: Software, **receiver: str) -> None:
    lab.resolver().serve()
    lab.receiver(**receiver)
    send(lab, software, software.SENT)


def by_smart_host(lab: Lab, software: Software) -> None:
    lab.resolver().serve()
    lab.receiver("alt", "relay.other.example")
    send(lab, software, software.SENT, smart_host=STRANGER)


def by_hosts_file(lab: Lab, software: Software) -> None:
    """The smart host's name is known to the DNS as another address than to the hosts file.

    Sendmail looks it up with a dot behind it, and OpenSMTPD in the hosts file only where resolv.conf says so.
    """
    lab.network.resolvers("mta", [HOSTS["ns1"].v4], "timeout:2 attempts:2\nlookup file bind")
    lab.resolver().serve(also=f"out.corp.example. A {MX}\n")
    lab.network.hosts_file("mta", f"{STRANGER} out.corp.example out.corp.example.\n")
    lab.receiver("alt", "relay.other.example")
    send(lab, software, software.SENT, smart_host="out.corp.example")


def led_away(lab: Lab, software: Software) -> None:
    lab.resolver().serve()
    lab.receiver("alt", "relay.other.example")
    lab.firewall("mta", TO_STRANGER)
    send(lab, software, software.SENT)
    lab.keep_firewall("mta")


def led_to_refusal(lab: Lab, software: Software) -> None:
    lab.resolver().serve()
    lab.firewall("mta", TO_STRANGER)
    send(lab, software, software.DEFERRED)


def refused(lab: Lab, software: Software) -> None:
    lab.resolver().serve()
    send(lab, software, software.DEFERRED)


def silent(lab: Lab, software: Software) -> None:
    lab.resolver().serve()
    lab.receiver()
    _give_up_soon(lab)
    lab.firewall("gw", "-A FORWARD -p tcp --dport 25 -j DROP")
    send(lab, software, software.DEFERRED)


def never_left(lab: Lab, software: Software) -> None:
    lab.resolver().serve()
    lab.receiver()
    _give_up_soon(lab)
    lab.firewall("mta", f"-A OUTPUT -d {MX} -p tcp --dport 25 -j DROP")
    mta = lab.other(software)
    with lab.taps("mta-eth0"):
        lab.submit()
        mta.wait_for(software.DEFERRED)
        lab.lookup("mta", "mta.corp.example", "A")  # a mail server is never idle: the capture goes on
    lab.keep_log(mta)
    lab.keep_rules("mta")


def put_off(lab: Lab, software: Software) -> None:
    lab.resolver().serve()
    lab.receiver(smtpd_recipient_restrictions="check_client_access static:{451 4.7.1 Come back later}")
    send(lab, software, software.DEFERRED)


def rejected(lab: Lab, software: Software) -> None:
    lab.resolver().serve()
    lab.receiver(relay_recipient_maps="inline:{ann@example.net=ok}")
    send(lab, software, software.REJECTED)


def take(lab: Lab, software: Software, until: str, to: str, *places: str, address: str = "10.10.0.5") -> None:
    """Let the outside send one message for *to* to ``mta``; the log is kept."""
    lab.resolver().serve()
    mta = lab.other(software, domains=("corp.example",))
    with lab.taps(*(places or ("mta-eth0",))):
        lab.send("out", address, [f"{to}@corp.example"], sender="ann@sender.example", helo="out.sender.example")
        mta.wait_for(until)
        time.sleep(0.5)
    lab.keep_log(mta)


def taken(lab: Lab, software: Software) -> None:
    take(lab, software, software.TAKEN, "alice")


def turned_away(lab: Lab, software: Software) -> None:
    take(lab, software, software.REFUSED, "nobody")


def hidden_client(lab: Lab, software: Software) -> None:
    lab.firewall(
        "gw",
        "-t nat -A PREROUTING -i wan0 -p tcp --dport 25 -j DNAT --to-destination 10.10.0.5:25",
        "-t nat -A POSTROUTING -o lan0 -p tcp --dport 25 -j SNAT --to-source 10.10.0.1",
    )
    take(lab, software, software.TAKEN, "alice", "gw-lan", "gw-wan", "mta-eth0", address="203.0.113.1")


def _give_up_soon(lab: Lab) -> None:
    """The kernel gives up after 7 s, for software that has no patience of its own to be set."""
    lab.network.sysctl("mta", {"net.ipv4.tcp_syn_retries": "2", "net.ipv4.tcp_syn_linear_timeouts": "0"})
