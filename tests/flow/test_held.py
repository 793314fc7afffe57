"""The table asks whoever follows connections beside it, before it begins a new one."""

from tests.flow.cable import Cable
from wiretruth.flow.crowding import Server
from wiretruth.flow.keys import Key
from wiretruth.flow.keys import key as key_of
from wiretruth.flow.table import TcpTable
from wiretruth.model.sighting import Finished


class Elsewhere:
    """Holds one connection, whose SYN was seen."""

    def __init__(self, table: TcpTable, cable: Cable) -> None:
        self.table, self.cable = table, cable
        self.key = key_of(cable.vantage, *cable.client, *cable.server)
        self.here = True
        self.calls: list[str] = []

    def __len__(self) -> int:
        return int(self.here)

    def release(self, key: Key) -> bool:
        self.calls.append("release")
        if not self.here or key != self.key:
            return False
        self.here = False
        other = TcpTable()
        other.receive(self.cable.packets[0])
        self.table.go_on(next(iter(other._open.values())), self.key)
        return True

    def named(self, vantage: str, client_isn: int) -> list[Key]:
        return [self.key] if self.here and (vantage, client_isn) == (self.cable.vantage, self.cable.client_isn) else []

    def pause(self, now: int) -> None:
        self.calls.append(f"pause {now}")

    def restless(self) -> set[int]:
        return {self.cable.packets[0].number} if self.here else set()

    def asking(self) -> dict[int, Server]:
        return {}

    def resting(self) -> list[tuple[int, int]]:
        return []

    def give_up(self, serials: set[int]) -> None:
        if serials:
            self.release(self.key)

    def end(self) -> None:
        self.release(self.key)


def held(limit: int = 1000) -> tuple[TcpTable, Elsewhere, Cable]:
    cable = Cable()
    cable.handshake()
    table = TcpTable(limit)
    elsewhere = Elsewhere(table, cable)
    table.held = elsewhere
    return table, elsewhere, cable


def outcomes(table: TcpTable) -> list[str]:
    return [event.sighting.outcome for event in table.finish() if isinstance(event, Finished)]


def test_a_connection_is_taken_over() -> None:
    table, elsewhere, cable = held()
    for packet in cable.packets[1:]:
        table.receive(packet)

    assert not elsewhere.here
    assert ["established"] == outcomes(table)


def test_it_is_named_and_known() -> None:
    table, elsewhere, cable = held()

    assert [(cable.server, cable.client)] == [
        (b, a) for a, b in table.named(cable.vantage, cable.client_isn)
    ] or elsewhere.here
    assert not table.knows(elsewhere.key)
    table.receive(cable.packets[1])
    assert table.knows(elsewhere.key)


def test_time_passes_there_too() -> None:
    table, elsewhere, _ = held()
    table.sweep(7)

    assert ["pause 7"] == elsewhere.calls


def test_it_ends_with_the_table() -> None:
    assert ["unanswered"] == outcomes(held()[0])


def test_room_is_made_of_it() -> None:
    table, elsewhere, _ = held(limit=0)
    table.sweep(0)

    assert not elsewhere.here
    assert table.counts.evicted == 1
