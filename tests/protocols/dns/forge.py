"""Messages to be read: octets laid by hand, so that damage can be placed, and messages that dnspython wrote."""

import struct

from wiretruth.model.dns import DnsMessage
from wiretruth.protocols.dns.message import decode


def name(text: str) -> bytes:
    """Give the octets of a plain name, without compression."""
    labels = [label.encode() for label in text.split(".") if label]
    return b"".join(bytes([len(label)]) + label for label in labels) + b"\0"


def header(flags: int = 0x8180, counts: tuple[int, int, int, int] = (1, 0, 0, 0), identity: int = 4711) -> bytes:
    return struct.pack(">HHHHHH", identity, flags, *counts)


def question(text: str = "example.net", code: int = 1, dns_class: int = 1) -> bytes:
    return name(text) + struct.pack(">HH", code, dns_class)


def record(owner: bytes, code: int, rdata: bytes, ttl: int = 300, dns_class: int = 1) -> bytes:
    return owner + struct.pack(">HHIH", code, dns_class, ttl, len(rdata)) + rdata


def query(text: str = "example.net", code: int = 1, identity: int = 4711) -> bytes:
    return header(0x0100, (1, 0, 0, 0), identity) + question(text, code)


def response(*records: bytes, text: str = "example.net", code: int = 1, flags: int = 0x8180) -> bytes:
    """Answer a question with these records, all in the answer section; the pointer to QNAME is ``c00c``."""
    return header(flags, (1, len(records), 0, 0)) + question(text, code) + b"".join(records)


def decoded(octets: bytes) -> DnsMessage:
    """Decode what has at least a whole header."""
    message = decode(octets)
    assert isinstance(message, DnsMessage)
    return message
