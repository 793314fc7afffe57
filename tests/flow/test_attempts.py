"""The table asks whoever keeps single SYNs, as if it kept them itself."""

from collections.abc import Mapping
from struct import pack

from tests.flow.cable import Cable
from wiretruth.flow.crowding import Server
from wiretruth.flow.keys import Key
from wiretruth.flow.keys import key as key_of
from wiretruth.flow.outline import ROW
from wiretruth.flow.table import TcpTable


class Kept:
    """One SYN."""

    def __init__(self, cable: Cable) -> None:
        packet, self.isn = cable.packets[0], cable.client_isn
        self.key = key_of(cable.vantage, *cable.client, *cable.server)
        self.row: bytes | None = pack(
            ROW, packet.number, packet.at, self.isn, 0, 0, cable.client.port, 64240, 1, 0, 2, 64, 8
        )

    def __len__(self) -> int:
        return int(self.row is not None)

    def pop(self, key: Key) -> bytes | None:
        if key != self.key:
            return None
        row, self.row = self.row, None
        return row

    def named(self, vantage: str, client_isn: int) -> list[Key]:
        return [self.key] if (vantage, client_isn) == (self.key[0], self.isn) else []

    def end_idle(self, now: int) -> None:
        self.row = self.row if now < 100 else None

    def crowded_out(self, waiting: Mapping[int, Server], excess: int) -> list[int]:
        self.row = None
        return list(waiting)[: excess - 1]

    def end_all(self) -> None:
        self.row = None


def table(limit: int = 10) -> tuple[TcpTable, Kept, Cable]:
    cable, made = Cable(), TcpTable(limit)
    cable.handshake()
    kept = Kept(cable)
    made.keep_attempts(kept)
    return made, kept, cable


def test_an_answer_takes_it_over() -> None:
    made, kept, cable = table()
    for packet in cable.packets[1:]:
        made.receive(packet)

    (conversation,) = made._open.values()
    assert (0, cable.packets[0].number, 1) == (len(kept), conversation.serial, conversation.syn_count)
    assert conversation.established is not None


def test_it_is_known_and_named() -> None:
    made, kept, cable = table()

    assert [(cable.client, cable.server)] == [
        tuple(sorted(ends, key=(cable.server, cable.client).index))[::-1]
        for ends in made.named(cable.vantage, cable.client_isn)
    ]
    assert made.knows(kept.key)
    assert made.knows(kept.key)


def test_it_makes_room() -> None:
    made, kept, _ = table(limit=0)
    made.sweep(0)

    assert (0, 1) == (len(kept), made.counts.evicted)


def test_it_ends() -> None:
    made, kept, _ = table()
    made.sweep(99)
    assert 1 == len(kept)
    made.finish()
    assert 0 == len(kept)
