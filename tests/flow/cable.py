"""Packets made by hand, one line each, and what a table makes of them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from wiretruth.flow.table import TcpTable
from wiretruth.model.packet import TCP, Endpoint, IcmpMessage, Packet, QuotedPacket, TcpFlag, TcpSegment
from wiretruth.model.sighting import Finished, FlowEvent, Opened, Sighting, StreamGap, StreamOctets

CLIENT: Final = Endpoint("192.0.2.1", 40000)
SERVER: Final = Endpoint("198.51.100.10", 25)
MILLISECOND: Final = 1_000_000
SECOND: Final = 1_000_000_000
FLAGS: Final = {"S": TcpFlag.SYN, "A": TcpFlag.ACK, "F": TcpFlag.FIN, "R": TcpFlag.RST, "P": TcpFlag.PSH}
MODULUS: Final = 1 << 32


def flag_bits(letters: str) -> int:
    """Give the control bits that letters such as ``SA`` stand for."""
    return sum(int(FLAGS[letter]) for letter in letters)


@dataclass
class Cable:
    """Two hosts and a clock. Sequence numbers are given relative to each side's initial one."""

    client: Endpoint = CLIENT
    server: Endpoint = SERVER
    client_isn: int = 1000
    server_isn: int = 900_000
    at: int = 1_700_000_000 * SECOND
    number: int = 0
    step: int = 10 * MILLISECOND
    vantage: str = "mta"
    packets: list[Packet] = field(default_factory=list)
    _ip_id: int = 0

    def c(self, flags: str, seq: int = 0, ack: int | None = None, payload: bytes = b"", **more: Any) -> Packet:
        """Send a packet of the client."""
        return self._add(self.client, self.server, flags, (self.client_isn, seq), (self.server_isn, ack), payload, more)

    def s(self, flags: str, seq: int = 0, ack: int | None = None, payload: bytes = b"", **more: Any) -> Packet:
        """Send a packet of the server."""
        return self._add(self.server, self.client, flags, (self.server_isn, seq), (self.client_isn, ack), payload, more)

    def wait(self, nanoseconds: int) -> "Cable":
        """Let time pass."""
        self.at += nanoseconds
        return self

    def handshake(self, mss: int | None = 1460) -> "Cable":
        """SYN, SYN-ACK, ACK."""
        self.c("S", mss=mss)
        self.s("SA", 0, 1, mss=mss)
        self.c("A", 1, 1)
        return self

    def close(self, client: int = 1, server: int = 1) -> "Cable":
        """The client's FIN, the server's, the last acknowledgement."""
        self.c("FA", client, server)
        self.s("FA", server, client + 1)
        self.c("A", client + 1, server + 1)
        return self

    def error(self, of: Packet, kind: int = 3, code: int = 13, *, sender: str = "203.0.113.1", **more: Any) -> Packet:
        """Send an ICMP error that quotes a packet."""
        segment = of.transport
        assert isinstance(segment, TcpSegment)
        quoted = QuotedPacket(
            source=of.source, destination=of.destination, protocol=TCP, ttl=of.ttl - 1, ip_id=of.ip_id,
            ip_length=of.ip_length, source_port=segment.source_port, destination_port=segment.destination_port,
            seq=segment.seq,
        )._replace(**more)  # fmt: skip
        packet = self._packet(sender, of.source, 1, 56)._replace(transport=IcmpMessage(kind, code, None, quoted))
        return self._keep(packet)

    def again(self, packet: Packet, **more: Any) -> Packet:
        """Let the vantage see a packet once more, with the marks given changed."""
        return self._keep(packet._replace(at=self.at, number=self.number + 1, **more))

    def _add(
        self,
        source: Endpoint,
        destination: Endpoint,
        flags: str,
        seq: tuple[int, int],
        ack: tuple[int, int | None],
        payload: bytes,
        more: dict[str, Any],
    ) -> Packet:
        source, destination = more.pop("source", source), more.pop("destination", destination)
        outer = {name: more.pop(name) for name in ("ttl", "ip_id", "dont_fragment", "ip_length") if name in more}
        segment = TcpSegment(
            source_port=source.port,
            destination_port=destination.port,
            seq=sum(seq) % MODULUS,
            ack=0 if ack[1] is None else (ack[0] + ack[1]) % MODULUS,
            flags=flag_bits(flags),
            window=more.pop("window", 64240),
            payload=payload,
            length=more.pop("length", len(payload)),
            **more,
        )
        packet = self._packet(source.address, destination.address, TCP, 40 + segment.length)
        return self._keep(packet._replace(transport=segment, **outer))

    def _packet(self, source: str, destination: str, protocol: int, ip_length: int) -> Packet:
        self._ip_id = self._ip_id % 65_535 + 1
        return Packet(
            self.vantage, self.number + 1, self.at, source, destination, protocol, 64, self._ip_id, True, ip_length, None
        )  # fmt: skip

    def _keep(self, packet: Packet) -> Packet:
        self.number += 1
        self.at += self.step
        self.packets.append(packet)
        return packet


class Seen(NamedTuple):
    """What came out of a table."""

    events: list[FlowEvent]
    sightings: list[Sighting]

    @property
    def only(self) -> Sighting:
        """The one sighting that there must be."""
        (sighting,) = self.sightings
        return sighting

    def octets(self, from_client: bool) -> bytes:
        """One direction's octets of the first connection, a ``?`` for each that is missing."""
        serial = min((event.serial for event in self.events if isinstance(event, Opened)), default=0)
        return b"".join(_shown(self.events, serial, from_client))


def _shown(events: Iterable[FlowEvent], serial: int, from_client: bool) -> Iterator[bytes]:
    for event in events:
        if isinstance(event, StreamOctets | StreamGap) and (event.serial, event.from_client) == (serial, from_client):
            yield event.octets if isinstance(event, StreamOctets) else b"?" * event.length


def watch(packets: Iterable[Packet], table: TcpTable | None = None, *, sweeping: bool = False) -> Seen:
    """Show packets to a table, to the end; those of several cables are numbered anew.

    Args:
        packets: in order.
        table: that sees them.
        sweeping: let it sweep after each packet, by the clock of the latest two.
    """
    table, events, before = table or TcpTable(), list[FlowEvent](), 1 << 63
    shown = list(packets)
    if len({(packet.vantage, *sorted((packet.source, packet.destination))) for packet in shown}) > 1:
        shown = [packet._replace(number=n) for n, packet in enumerate(shown, 1)]
    for packet in shown:
        events += table.receive(packet)
        if sweeping:
            events += table.sweep(min(packet.at, before))
            before = packet.at
    events += table.finish()
    return Seen(events, [event.sighting for event in events if isinstance(event, Finished)])


def relabelled(packets: Iterable[Packet]) -> list[Packet]:
    """Number packets anew, in the order in which a vantage saw them, a millisecond apart."""
    start = 1_700_000_000 * SECOND
    return [p._replace(number=n, at=start + n * MILLISECOND) for n, p in enumerate(packets, 1)]
