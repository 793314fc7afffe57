"""TLSA (RFC 6698 §2.1), SVCB and HTTPS (RFC 9460 §2.2)."""

import struct

from wiretruth.protocols.dns.damage import FormatError
from wiretruth.protocols.dns.names import Names
from wiretruth.protocols.dns.rdata.texts import quoted

_TLSA_FIXED = 3
_PARAMETER = struct.Struct(">HH")
_PRIORITY_OCTETS = 2


def _tlsa(names: Names, start: int, end: int) -> tuple[str, None, None]:
    if end - start < _TLSA_FIXED:
        raise FormatError(start, "usage, selector and matching type", f"{end - start} octets")
    usage, selector, matching = names.octets[start : start + _TLSA_FIXED]
    return f"{usage} {selector} {matching} {names.octets[start + _TLSA_FIXED : end].hex()}", None, None


def _svcb(names: Names, start: int, end: int) -> tuple[str, str, None]:
    """Give every parameter as RFC 9460 §2.1 writes an unrecognised one: the key's meaning is not needed here."""
    octets = names.octets
    if end - start <= _PRIORITY_OCTETS:
        raise FormatError(start, "a priority and a target name", f"{end - start} octets")
    target, position = names.read(start + _PRIORITY_OCTETS, end)
    words = [str(octets[start] << 8 | octets[start + 1]), target]
    while position < end:
        key, position, behind = _parameter(octets, position, end)
        words.append(f"key{key}={quoted(octets[position:behind])}" if behind > position else f"key{key}")
        position = behind
    return " ".join(words), target, None


def _parameter(octets: bytes, position: int, end: int) -> tuple[int, int, int]:
    if end - position < _PARAMETER.size:
        raise FormatError(position, "a key and a length", f"{end - position} octets")
    key, length = _PARAMETER.unpack_from(octets, position)
    position += _PARAMETER.size
    if length > end - position:
        raise FormatError(position, f"a value of {length} octets", f"{end - position} octets")
    return key, position, position + length


READERS = {52: _tlsa}
INTERNET_READERS = {64: _svcb, 65: _svcb}
