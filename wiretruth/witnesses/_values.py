"""Values as firewall tools write them: addresses, networks, ports, protocols, and lists of them."""

from ipaddress import ip_network
from typing import Final

from wiretruth.model.ruleset import IPV6_ABOVE, Bits, Range, Value, address_number

HIGHEST_PORT: Final = 0xFFFF
IPV4_BITS: Final = 32

PROTOCOLS: Final = {
    "icmp": 1, "igmp": 2, "ipencap": 4, "tcp": 6, "udp": 17, "dccp": 33, "ipv6": 41, "gre": 47, "esp": 50, "ah": 51,
    "icmpv6": 58, "ipv6-icmp": 58, "ospf": 89, "sctp": 132, "udplite": 136,
}  # fmt: skip
"""IANA protocol-numbers, with the names that iptables and nft write."""

PORTS: Final = {
    "ftp": 21, "ssh": 22, "telnet": 23, "smtp": 25, "domain": 53, "http": 80, "www": 80, "pop3": 110, "imap2": 143,
    "imap": 143, "https": 443, "submissions": 465, "urd": 465, "ssmtp": 465, "smtps": 465, "submission": 587,
    "imaps": 993, "pop3s": 995,
}  # fmt: skip
"""Service names that concern mail sites; nft writes them with -S, people write them in files of their own."""


def address(text: str) -> Value:
    """Read an address, a network (``/24``, ``/255.255.255.0``, any mask), or a range with a hyphen.

    Raises:
        ValueError: it is none of these.
    """
    first, hyphen, last = text.partition("-")
    if hyphen:
        return _ordered(address_number(first), address_number(last))
    if "/" in text:
        return _network(text)
    number = address_number(text)
    return Range(number, number)


def _network(text: str) -> Value:
    base, _, mask = text.partition("/")
    try:
        network = ip_network(text, strict=False)
    except ValueError:
        bits = address_number(mask)  # a mask with holes: iptables keeps it
        if bits >= IPV6_ABOVE:
            bits |= IPV6_ABOVE
        return Bits(bits, address_number(base) & bits)
    above = IPV6_ABOVE if network.version != 4 else 0  # noqa: PLR2004 - the versions are their own names
    return Range(above + int(network.network_address), above + int(network.broadcast_address))


def port(text: str, separator: str = ":") -> Range:
    """Read a port, a service name, or a range; an end that is left out is the lowest or the highest.

    Raises:
        ValueError: it is none of these.
    """
    first, ranged, last = text.partition(separator)
    if not ranged:
        return Range(_port(first), _port(first))
    return _ordered(_port(first) if first else 0, _port(last) if last else HIGHEST_PORT)


def _port(text: str) -> int:
    number = PORTS.get(text)
    return number if number is not None else whole(text, HIGHEST_PORT)


def protocol(text: str) -> Range:
    """Read a protocol by name or number.

    Raises:
        ValueError: it is neither.
    """
    number = PROTOCOLS.get(text.lower())
    if number is None:
        number = whole(text, 0xFF)
    return Range(number, number)


def whole(text: str, highest: int) -> int:
    """Read a number, decimal or hexadecimal.

    Raises:
        ValueError: it is none, or above *highest*.
    """
    number = int(text, 16 if text[:2] == "0x" else 10) if len(text) <= len(str(highest)) + 2 else highest + 1
    if not 0 <= number <= highest:
        raise ValueError(text)
    return number


def _ordered(low: int, high: int) -> Range:
    if high < low:
        raise ValueError((low, high))
    return Range(low, high)


def endpoint(text: str) -> tuple[tuple[Range, ...], Range | None]:
    """Read where a translation leads: ``192.0.2.1``, ``192.0.2.1-192.0.2.9:25-30``, ``[2001:db8::1]:25``, ``:25``.

    Returns: the addresses, none where they are left out, and the ports.

    Raises:
        ValueError: it is no such thing.
    """
    if text.startswith("["):
        hosts, _, ports = text[1:].replace("]-[", "-").rpartition("]")
        ports = ports.removeprefix(":")
    elif text.count(":") > 1:
        hosts, ports = text, ""
    else:
        hosts, _, ports = text.partition(":")
    addresses = address(hosts) if hosts else None
    if isinstance(addresses, Bits) or (not hosts and not ports):
        raise ValueError(text)
    ports = ports.partition("/")[0]  # iptables: the base of a shifted range
    return (addresses,) if isinstance(addresses, Range) else (), port(ports, "-") if ports else None
