"""Which packets of a connection are worth reading: one definition for both lanes.

A connection is *followed* where it may be mail or DNS: from or to one of a few ports, or because a payload began as SMTP
begins; it is followed from that packet on. Of every other connection only the packets count that open or end it.
"""

from collections.abc import Collection

from wiretruth.model.packet import Endpoint, Packet, TcpFlag, TcpSegment

FOLLOWED_PORTS = frozenset({25, 53, 465, 587, 2525})
"""Mail (RFC 5321, RFC 8314, and what hosts use where 25 is closed) and DNS."""

HINTS = (b"220 ", b"220-", b"421 ", b"421-", b"554 ", b"554-", b"EHLO ", b"HELO ", b"MAIL FROM:", b"RCPT TO:")
"""How a server of SMTP greets or turns away (RFC 5321 §3.1, §4.3.2), and how a client begins; any case is meant."""

MAX_FOLLOWED = 100_000
"""Connections followed on other ports when the input pauses; more than that is no mail, and is left unread."""

_MARKS = int(TcpFlag.SYN | TcpFlag.FIN | TcpFlag.RST)
_LONGEST = max(map(len, HINTS))

Pair = tuple[str, frozenset[Endpoint]]
"""Vantage, and both ends of a connection in either order."""


class Relevance:
    """Remembers which connections on other ports are followed."""

    def __init__(self, *, everything: bool = False) -> None:
        """Begin with nothing.

        Args:
            everything: follow each connection.
        """
        self.refused = 0
        """Connections that should have been followed and were not: the table was full."""
        self.everything = everything
        self._full = False
        self._pairs: dict[Pair, tuple[int, int]] = {}
        """With their ports."""

    def follows(self, packet: Packet, segment: TcpSegment) -> bool | None:
        """Judge the next TCP packet.

        Returns:
            ``True``: of a followed connection; ``False``: of another one, but it opens or ends it; ``None``: of no
            interest.
        """
        ports = segment.source_port, segment.destination_port
        if self.by_port(*ports):
            return True
        if self._pairs and _pair(packet, ports) in self._pairs:
            return True
        if segment.payload and hints(segment.payload):
            if not self._full:
                self._pairs[_pair(packet, ports)] = ports
                return True
            self.refused += 1
        return False if segment.flags & _MARKS else None

    def by_port(self, one: int, other: int) -> bool:
        """Tell whether everything between two ports is followed."""
        return self.everything or one in FOLLOWED_PORTS or other in FOLLOWED_PORTS

    def remembers(self, vantage: str, one: Endpoint, other: Endpoint) -> bool:
        """Tell whether a connection is followed for what it said."""
        return bool(self._pairs) and (vantage, frozenset((one, other))) in self._pairs

    def pause(self) -> None:
        """Look whether there is room, where all packets were judged in order: in between, the order makes no difference."""
        self._full = len(self._pairs) >= MAX_FOLLOWED

    def forget(self, vantage: str, one: Endpoint, other: Endpoint) -> None:
        """A connection has ended: the next one between the same ends is another one."""
        if self._pairs:
            self._pairs.pop((vantage, frozenset((one, other))), None)

    def ports(self) -> Collection[tuple[int, int]]:
        """Give the ports of the connections followed by content: every packet between any of them may be theirs."""
        return self._pairs.values()


def hints(payload: bytes) -> bool:
    """Tell whether a payload begins as SMTP begins."""
    return payload[:_LONGEST].upper().startswith(HINTS)


def _pair(packet: Packet, ports: tuple[int, int]) -> Pair:
    return packet.vantage, frozenset((Endpoint(packet.source, ports[0]), Endpoint(packet.destination, ports[1])))
