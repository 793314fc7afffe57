"""Small clients, run as a program inside a namespace: they do one thing and end.

odd_clients.py send ADDRESS PORT '{"to": ["bob@example.net"], …}'     one message by SMTP
odd_clients.py lookup RESOLVER NAME TYPE [SOURCE]                     one DNS query by UDP
odd_clients.py touch ADDRESS PORT TEXT                                anything but mail
odd_clients.py silent ADDRESS PORT SECONDS                            connect, and wait for a greeting
"""

import contextlib
import json
import smtplib
import socket
import sys
from collections.abc import Callable, Mapping
from email.message import EmailMessage
from typing import Any, Final

TOUCH_SECONDS: Final = 3.0
LINE: Final = "The quick brown fox jumps over the lazy dog, and nobody minds it at all.\n"


def message(order: dict[str, Any]) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"] = order["sender"], ", ".join(order["to"])
    mail["Subject"], mail["Date"] = "lab", "Sat, 01 Jan 2000 00:00:00 +0000"
    mail["Message-Id"] = "<lab@corp.example>"
    mail.set_content(LINE * max(1, order["size"] // len(LINE)))
    return mail.as_bytes().replace(b"\n", b"\r\n")


def send(address: str, port: str, text: str) -> None:
    """Send one message: a command at a time, or by BDAT where the order says so."""
    order = {
        "sender": "alice@corp.example",
        "helo": "desk.corp.example",
        "size": 400,
        "bdat": 0,
        "login": [],
    } | json.loads(text)
    octets = message(order)
    with smtplib.SMTP(address, int(port), local_hostname=order["helo"], timeout=30) as client:
        client.ehlo()
        if order["login"]:
            client.login(*order["login"])
        client.mail(order["sender"], (f"SIZE={len(octets)}",) if client.has_extn("size") else ())
        taken = [client.rcpt(to)[0] for to in order["to"]]
        if not any(code // 100 == 2 for code in taken):
            return
        if order["bdat"]:
            bdat(client, octets, order["bdat"])
        else:
            client.data(octets)


def bdat(client: smtplib.SMTP, octets: bytes, chunk: int) -> None:
    """RFC 3030: length before octets, the last one marked."""
    for start in range(0, len(octets), chunk):
        part = octets[start : start + chunk]
        last = " LAST" if start + chunk >= len(octets) else ""
        client.send(f"BDAT {len(part)}{last}\r\n".encode() + part)
        client.getreply()


def lookup(resolver: str, name: str, rdtype: str, source: str | None = None) -> None:
    import dns.message  # noqa: PLC0415 - the other clients need not wait for it
    import dns.query  # noqa: PLC0415

    dns.query.udp(dns.message.make_query(name, rdtype, use_edns=False), resolver, timeout=5, source=source)


def touch(address: str, port: str, text: str) -> None:
    with contextlib.suppress(OSError), socket.create_connection((address, int(port)), TOUCH_SECONDS) as client:
        client.sendall(text.encode())
        client.recv(4096)


def silent(address: str, port: str, seconds: str) -> None:
    with contextlib.suppress(OSError), socket.create_connection((address, int(port)), float(seconds)) as client:
        client.recv(4096)


CLIENTS: Final[Mapping[str, Callable[..., None]]] = {"send": send, "lookup": lookup, "touch": touch, "silent": silent}

if __name__ == "__main__":
    CLIENTS[sys.argv[1]](*sys.argv[2:])
