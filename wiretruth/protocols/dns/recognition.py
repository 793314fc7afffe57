"""Is it DNS, and is it a lookup? Decided by content and endpoints; a port is only a hint."""

import functools
import struct

from wiretruth.model.packet import Endpoint
from wiretruth.protocols.dns.names import HEADER_OCTETS, MAX_NAME
from wiretruth.protocols.dns.types import CLASSES

_HEADER = struct.Struct(">2xHHHHH")
_QUESTION = struct.Struct(">HH")
_DNS = 53

_OTHER_PROTOCOLS = frozenset({137, 5355})
"""Ports of protocols that use the message format for something else: NetBIOS names (RFC 1002), LLMNR (RFC 4795)."""

_MULTICAST_DNS = 5353
"""RFC 6762 §5.4: a full mDNS responder sends from this port to this port, by multicast or not."""

_OPCODES = frozenset({0, 1, 2, 4, 5})
"""IANA: Query, IQuery, Status, Notify, Update. DSO (6) is for TCP alone (RFC 8490)."""

_RESPONSE, _RESERVED, _NEVER_IN_QUERIES = 0x8000, 0x0040, 0x0200 | 0x0080 | 0x000F
_QUERY_ADDITIONALS = 2  # OPT and TSIG
_MOST_RECORDS = 0xFFFF // 11  # a record has at least 11 octets
_MAX_LABEL = 63
_LENGTH_OCTETS = 2


def recognise(payload: bytes) -> bool:
    """Tell whether *payload* is a DNS message by content alone: one question, in full, under a header that fits it.

    Strict, because it is asked about every datagram of every port: some 60 bits have to be right.
    """
    if len(payload) <= HEADER_OCTETS:
        return False
    flags, questions, answers, authorities, additionals = _HEADER.unpack_from(payload)
    if questions != 1 or flags & _RESERVED or flags >> 11 & 0xF not in _OPCODES:
        return False
    if flags & _RESPONSE:
        if answers + authorities + additionals > _MOST_RECORDS:
            return False
    elif flags & _NEVER_IN_QUERIES or answers > 1 or authorities > 1 or additionals > _QUERY_ADDITIONALS:
        return False  # RFC 1996 §3.7: a NOTIFY may hold an answer; RFC 1995 §3: an IXFR query holds an authority
    return _has_question(payload)


def is_lookup(payload: bytes, source: Endpoint, destination: Endpoint) -> bool:
    """Tell whether a UDP *payload* is worth decoding as part of a lookup: unicast DNS, neither mDNS nor LLMNR nor NetBIOS.

    From or to port 53 any message is taken whose header makes sense; elsewhere it must be recognised by its content.
    """
    ports = source.port, destination.port
    if not _OTHER_PROTOCOLS.isdisjoint(ports) or _is_multicast(destination.address):
        return False
    if _DNS in ports:
        return len(payload) >= HEADER_OCTETS and payload[2] >> 3 & 0xF in _OPCODES
    if ports == (_MULTICAST_DNS, _MULTICAST_DNS):
        return False
    return recognise(payload)


def recognise_stream(octets: bytes) -> bool | None:
    """Tell whether one direction of a TCP connection opens with a DNS message behind its length (RFC 1035 §4.2.2).

    Returns: ``None`` where more octets are needed to tell.
    """
    if len(octets) < _LENGTH_OCTETS:
        return None
    length = octets[0] << 8 | octets[1]
    message = octets[_LENGTH_OCTETS : _LENGTH_OCTETS + length]
    if recognise(message):
        return True
    whole = len(message) == length or len(message) >= HEADER_OCTETS + MAX_NAME + _QUESTION.size
    return False if whole else None


def _has_question(payload: bytes) -> bool:
    position = HEADER_OCTETS
    limit = min(len(payload) - _QUESTION.size, HEADER_OCTETS + MAX_NAME)
    while position < limit:
        count = payload[position]
        position += 1 + count
        if count > _MAX_LABEL:
            return False
        if count == 0:
            code, dns_class = _QUESTION.unpack_from(payload, position)
            return bool(code) and dns_class in CLASSES
    return False


@functools.lru_cache(maxsize=4096)
def _is_multicast(address: str) -> bool:
    """Tell RFC 1112 §4 and RFC 4291 §2.7 addresses, and the limited broadcast, from their text."""
    if ":" in address:
        return address.startswith("ff")
    first = address.partition(".")[0]
    return first in _MULTICAST_FIRST or address == "255.255.255.255"


_MULTICAST_FIRST = frozenset(map(str, range(224, 240)))
