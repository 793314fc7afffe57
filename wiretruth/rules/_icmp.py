"""ICMP and ICMPv6 reasons in plain words (RFC 792, RFC 1122 §3.2.2.1, RFC 1812 §5.2.7.1, RFC 4443 §3)."""

from wiretruth.model.sighting import Rejection

_UNREACHABLE_4 = {
    0: "network unreachable",
    1: "host unreachable",
    2: "protocol unreachable",
    3: "port unreachable",
    4: "fragmentation needed",
    5: "source route failed",
    6: "destination network unknown",
    7: "destination host unknown",
    9: "network administratively prohibited",
    10: "host administratively prohibited",
    11: "network unreachable for this type of service",
    12: "host unreachable for this type of service",
    13: "communication administratively prohibited",
    14: "host precedence violation",
    15: "precedence cutoff in effect",
}
_UNREACHABLE_6 = {
    0: "no route to destination",
    1: "communication administratively prohibited",
    2: "beyond scope of source address",
    3: "address unreachable",
    4: "port unreachable",
    5: "source address failed ingress or egress policy",
    6: "route to destination rejected",
}
_TYPES_4 = {4: "source quench", 5: "redirect", 11: "time exceeded", 12: "parameter problem"}
_TYPES_6 = {2: "packet too big", 3: "time exceeded", 4: "parameter problem"}
_FRAGMENTATION_NEEDED = {(4, 3, 4), (6, 2, 0)}


def reason(rejection: Rejection) -> str:
    """Say what an ICMP error says, with its numbers: ``port unreachable (type 3, code 3)``."""
    unreachable = (_UNREACHABLE_4, 3) if rejection.version == 4 else (_UNREACHABLE_6, 1)  # noqa: PLR2004 - IP versions
    others = _TYPES_4 if rejection.version == 4 else _TYPES_6  # noqa: PLR2004 - IP versions
    codes, unreachable_type = unreachable
    words = codes.get(rejection.code) if rejection.type == unreachable_type else others.get(rejection.type)
    return f"{words or 'ICMP error'} (type {rejection.type}, code {rejection.code})"


def is_unreachable(rejection: Rejection) -> bool:
    """Tell whether the error says "destination unreachable", and not that the packet itself was at fault."""
    return (rejection.version, rejection.type) in ((4, 3), (6, 1))


def is_too_big(rejection: Rejection) -> bool:
    """Tell whether the error reports the path's MTU instead of refusing anything."""
    return (rejection.version, rejection.type, rejection.code) in _FRAGMENTATION_NEEDED
