"""Types that name hosts and zones: CNAME, DNAME, NS, PTR, MX, SOA (RFC 1035 §3.3, RFC 6672) and SRV (RFC 2782)."""

import struct

from wiretruth.protocols.dns.damage import FormatError
from wiretruth.protocols.dns.names import Names

_SRV = struct.Struct(">HHH")
_SOA = struct.Struct(">IIIII")
_PREFERENCE_OCTETS = 2


def _name(names: Names, start: int, end: int) -> tuple[str, str, None]:
    target = _last_name(names, start, end)
    return target, target, None


def _mx(names: Names, start: int, end: int) -> tuple[str, str, int]:
    octets = names.octets
    _demand(start, end, _PREFERENCE_OCTETS)
    preference = octets[start] << 8 | octets[start + 1]
    exchange = _last_name(names, start + _PREFERENCE_OCTETS, end)
    return f"{preference} {exchange}", exchange, preference


def _srv(names: Names, start: int, end: int) -> tuple[str, str, None]:
    _demand(start, end, _SRV.size)
    priority, weight, port = _SRV.unpack_from(names.octets, start)
    target = _last_name(names, start + _SRV.size, end)
    return f"{priority} {weight} {port} {target}", target, None


def _soa(names: Names, start: int, end: int) -> tuple[str, None, None]:
    mname, behind = names.read(start, end)
    rname, behind = names.read(behind, end)
    if end - behind != _SOA.size:
        raise FormatError(behind, "20 octets of numbers", f"{end - behind} octets")
    numbers = " ".join(map(str, _SOA.unpack_from(names.octets, behind)))
    return f"{mname} {rname} {numbers}", None, None


def _demand(start: int, end: int, count: int) -> None:
    if end - start < count:
        raise FormatError(start, f"{count} octets before the name", f"{end - start} octets")


def _last_name(names: Names, start: int, end: int) -> str:
    name, behind = names.read(start, end)
    if behind != end:
        raise FormatError(behind, "nothing behind the name", f"{end - behind} octets")
    return name


_CNAME, _DNAME, _NS, _PTR = 5, 39, 2, 12
READERS = {_CNAME: _name, _DNAME: _name, _NS: _name, _PTR: _name, 15: _mx, 6: _soa}
INTERNET_READERS = {33: _srv}
