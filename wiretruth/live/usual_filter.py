"""What crosses from the kernel unless somebody asks for something else: the same as ``wiretruth collect`` captures, and FINs.

Mail ports and DNS; SYN, FIN and RST of everything; ICMP errors; fragments, and whatever stands behind IPv6 extension
headers. One VLAN tag is looked behind, where the kernel has not taken it off already. Not looked into: tunnels.
DNS over TLS (853) is a handshake like any other. mDNS (5353) says nothing of mail.
"""

from collections.abc import Collection, Iterator
from typing import Final

from wiretruth.live.bpf import (
    ABOUT,
    ANY_BIT,
    EQUAL,
    GREATER,
    HARDWARE,
    INDEXED_BYTE,
    INDEXED_HALF,
    INSTRUCTION,
    INTERFACE,
    IPV4_LENGTH,
    JUMP,
    LOAD_BYTE,
    LOAD_HALF,
    LOAD_WORD,
    NETWORK,
    PACKET_TYPE,
    PROTOCOL,
    RETURN,
    SET_INDEX,
    WHOLE,
    Step,
    assemble,
)

MAIL_PORTS: Final = (25, 465, 587, 2525)
"""RFC 5321, RFC 8314, and what hosts use where 25 is closed; the others of a host are named with ``--port``."""
DNS: Final = 53
MAX_PORTS = 16
"""Ports named by the user: each is four comparisons for every packet, and jumps reach 255 instructions."""
MAX_NAMED = 32
"""Interfaces named by the user; with more, all of them are watched."""

_IPV4, _IPV6, _VLAN, _PROVIDER_VLAN = 0x0800, 0x86DD, 0x8100, 0x88A8
_TCP, _UDP, _ICMP, _ICMPV6, _FRAGMENT = 6, 17, 1, 58, 44
_EXTENSIONS = (0, 43, 60)
_MARKS: Final = 0x07
"""FIN, SYN, RST."""
_OUTGOING: Final = 4
_ERRORS: Final = (3, 4, 5, 11, 12)
_BEHIND_TAG: Final = 18
"""Where the network header begins behind one tag that stands in an Ethernet frame."""
_V6_HEADER: Final = 40
_ETHERNET, _LOOPBACK = 1, 772
"""Hardware types whose frames begin with an Ethernet header."""


def program(ports: Collection[int] = (), interfaces: Collection[int] = (), loopback: int = 0) -> bytes:
    """Make the usual filter.

    Args:
        ports: of mail, beside the usual ones.
        interfaces: the kernel's numbers of those that are watched; none: all.
        loopback: the kernel's number of ``lo``, on which each packet passes twice; 0 where it is not known.
    """
    return assemble([*_chosen(interfaces, loopback), *_usual((*MAIL_PORTS, *ports))])


def around(inner: bytes, raw: bytes, interfaces: Collection[int] = (), loopback: int = 0) -> bytes:
    """Put the choice of interfaces before the filters of a user.

    Args:
        inner: for frames with an Ethernet header.
        raw: for packets of hardware without one.
        interfaces: the kernel's numbers of those that are watched; none: all.
        loopback: the kernel's number of ``lo``.
    """
    ahead = assemble(
        [
            *_chosen(interfaces, loopback),
            Step(LOAD_WORD, ABOUT + HARDWARE, label="elsewhere"),
            Step(EQUAL, _ETHERNET, then="ethernet"),
            Step(EQUAL, _LOOPBACK, then="ethernet"),
            Step(JUMP, len(inner) // INSTRUCTION),
            Step(RETURN, 0, label="ethernet"),
        ]
    )
    return ahead[:-INSTRUCTION] + inner + raw


def _chosen(interfaces: Collection[int], loopback: int) -> Iterator[Step]:
    """Begin a filter: only some interfaces, and each packet of ``lo`` once, as tcpdump does it."""
    yield Step(LOAD_WORD, ABOUT + INTERFACE)
    for number in interfaces:
        yield Step(EQUAL, number, then="watched")
    if interfaces:
        yield Step(RETURN, 0)
    yield Step(EQUAL, loopback, otherwise="elsewhere", label="watched")
    yield Step(LOAD_WORD, ABOUT + PACKET_TYPE)
    yield Step(EQUAL, _OUTGOING, otherwise="elsewhere")
    yield Step(RETURN, 0)


def _usual(ports: Collection[int]) -> Iterator[Step]:
    yield Step(LOAD_WORD, ABOUT + PROTOCOL, label="elsewhere")
    yield Step(EQUAL, _IPV4, then="4")
    yield Step(EQUAL, _IPV6, then="6")
    yield Step(EQUAL, _VLAN, then="tagged")
    yield Step(EQUAL, _PROVIDER_VLAN, then="tagged", otherwise="drop tagged")
    yield Step(LOAD_HALF, _BEHIND_TAG - 2, label="tagged")
    yield Step(EQUAL, _IPV4, then="tagged 4")
    yield Step(EQUAL, _IPV6, then="tagged 6")
    yield Step(RETURN, 0, label="drop tagged")
    yield from _packets("tagged ", _BEHIND_TAG, ports)
    yield from _packets("", NETWORK, ports)


def _packets(name: str, begin: int, ports: Collection[int]) -> Iterator[Step]:
    """Judge a packet whose network header stands at *begin*; *name* makes the labels of this part its own."""
    take = f"{name}take"
    yield Step(LOAD_HALF, begin + 6, label=f"{name}4")
    yield Step(ANY_BIT, 0x3FFF, then=take)  # fragments, the first one too
    yield Step(IPV4_LENGTH, begin)
    yield Step(LOAD_BYTE, begin + 9)
    yield Step(EQUAL, _ICMP, otherwise=f"{name}transport")
    yield Step(INDEXED_BYTE, begin)
    yield from (Step(EQUAL, kind, then=take) for kind in _ERRORS)
    yield Step(RETURN, 0)
    yield Step(LOAD_BYTE, begin + 6, label=f"{name}6")
    yield from (Step(EQUAL, kind, then=take) for kind in (*_EXTENSIONS, _FRAGMENT))
    yield Step(SET_INDEX, _V6_HEADER)
    yield Step(EQUAL, _ICMPV6, otherwise=f"{name}transport")
    yield Step(INDEXED_BYTE, begin)
    yield Step(EQUAL, 0, then=f"{name}drop")
    yield Step(GREATER, 4, then=f"{name}drop", otherwise=take)
    yield Step(EQUAL, _UDP, then=f"{name}udp", label=f"{name}transport")
    yield Step(EQUAL, _TCP, otherwise=f"{name}drop")
    yield Step(INDEXED_BYTE, begin + 13)
    yield Step(ANY_BIT, _MARKS, then=take)
    yield Step(INDEXED_HALF, begin)
    yield from (Step(EQUAL, port, then=take) for port in (*ports, DNS))
    yield Step(INDEXED_HALF, begin + 2)
    yield from (Step(EQUAL, port, then=take) for port in (*ports, DNS))
    yield Step(RETURN, 0)
    yield Step(INDEXED_HALF, begin, label=f"{name}udp")
    yield Step(EQUAL, DNS, then=take)
    yield Step(INDEXED_HALF, begin + 2)
    yield Step(EQUAL, DNS, then=take)
    yield Step(RETURN, 0, label=f"{name}drop")
    yield Step(RETURN, WHOLE, label=take)
