"""Sessions with which nothing was wrong, as rows: some numbers each, and what was said, packed. Imports numpy."""

import marshal
import zlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from wiretruth.columns.dns import Hashes
from wiretruth.columns.steady import CLIENT, FIRST, FRAME, LAST, NEVER, SERVER, STATE, UNDER_WAY, State
from wiretruth.columns.view import Numbers, Truths
from wiretruth.engine.session_ends import ends, text
from wiretruth.engine.tally import VantageTally
from wiretruth.flow.steady import Side, Steady, resumed
from wiretruth.model.frames import Mark
from wiretruth.model.sighting import Sighting
from wiretruth.model.smtp import Dialogue
from wiretruth.protocols.smtp.candidate import Candidate
from wiretruth.protocols.smtp.faultless import Facts
from wiretruth.protocols.smtp.talk import Turn, tell

CHUNK = 64
"""Rows that are packed together: what they have in common is kept once, and unpacking them for one takes no time."""

PLAIN = 256
"""Chunks that are not compressed, the latest ones: some 20 MB, and a tenth of the time of a capture that has no more."""

_LEVEL = 1
_NOTHING = np.zeros(0, UNDER_WAY)

SUMMARY = np.dtype([
    ("at", "i8"), ("frame", "i8"), ("last", "i8"), ("hash", "u8"), ("client", "u8", 2), ("server", "u8", 2), ("octets", "i8"),
    ("isn", "u4"), ("ttl", "u1", 2), ("client_port", "u2"), ("place", "u2"), ("version", "u1"), ("live", "?"),
])  # fmt: skip
"""What is asked of every row. ``live``: the connection may go on; ``gone``, in the chunk: it did."""

Said = tuple[list[Turn], list[bytes]]
"""Turns, and the last segment of the server and of the client."""


class Chunk(NamedTuple):
    """Some rows."""

    summary: npt.NDArray[np.void]
    gone: Truths
    facts: bytes
    packed: bytes
    dense: bool
    """Both are compressed."""

    def squeezed(self) -> "Chunk":
        """Give the same in a third of the room."""
        return self._replace(
            facts=zlib.compress(self.facts, _LEVEL), packed=zlib.compress(self.packed, _LEVEL), dense=True
        )

    def _unpacked(self, octets: bytes) -> Any:
        return marshal.loads(zlib.decompress(octets) if self.dense else octets)  # noqa: S302 - packed here

    def told(self) -> list[Facts]:
        """Give the facts of every row."""
        found: list[Facts] = [Facts(*row) for row in self._unpacked(self.facts)]
        return found

    def rows(self) -> Iterator[tuple[Any, Said]]:
        """Give what is known of every row."""
        octets, said = self._unpacked(self.packed)
        state = np.frombuffer(octets, STATE)
        yield from zip(state, said, strict=True)


def packed(state: State, hashes: Hashes, said: list[Said], facts: list[Facts]) -> Chunk:
    """Pack rows."""
    told = marshal.dumps([tuple(one) for one in facts])
    return Chunk(
        summary(state, hashes), np.zeros(len(state), np.bool_), told, marshal.dumps((state.tobytes(), said)), False
    )


def summary(state: State, hashes: Hashes) -> npt.NDArray[np.void]:
    """Give what is asked of every row."""
    found = np.zeros(len(state), SUMMARY)
    high = state["client_high"][:, None]
    found["client"] = np.where(high, state["high"], state["low"])
    found["server"] = np.where(high, state["low"], state["high"])
    opened = state["marks"][:, CLIENT, FIRST]
    found["at"], found["frame"], found["last"] = opened[:, 0], opened[:, FRAME], last_seen(state)
    found["hash"], found["isn"], found["live"] = hashes, state["isn"][:, CLIENT], True
    found["octets"] = (state["sent"] - 1 - state["fin"]).sum(axis=1)
    found["ttl"] = state["ttl"]
    found["client_port"] = np.where(state["client_high"], state["high_port"], state["low_port"])
    found["place"], found["version"] = state["place"], state["version"]
    return found


def earliest(rows: State) -> int:
    """Give when the last packet of the longest silent row was seen, of those that may go on."""
    live = rows["live"]
    return int(rows["last"][live].min()) if live.any() else 0


def last_seen(state: State) -> Numbers:
    """Give when the last packet of each connection was seen."""
    marks = state["marks"][:, :, LAST]
    later: Numbers = np.where(
        marks[:, CLIENT, FRAME] > marks[:, SERVER, FRAME], marks[:, CLIENT, 0], marks[:, SERVER, 0]
    )
    return later


def known(
    row: Any, places: list[str], first_serial: int, recalled: list[bytes], going: tuple[State, bytes] = (_NOTHING, b"")
) -> Steady:
    """Give all that is known of a connection.

    Args:
        row: of the columns.
        places: names of the vantages, by their numbers.
        first_serial: of the input.
        recalled: the last segment of the server and of the client.
        going: its segments under way, and fingerprints of its last packets.
    """
    client, server = ends(row)
    under_way, recent = going
    return Steady(
        serial=first_serial + int(row["marks"][CLIENT, FIRST, FRAME]),
        vantage=places[int(row["place"])],
        client=client,
        server=server,
        client_ts=int(row["stamp"]) if row["stamped"] else None,
        established=_mark(row["established"].tolist()),
        from_client=_side(row, CLIENT, under_way, recalled[CLIENT]),
        from_server=_side(row, SERVER, under_way, recalled[SERVER]),
        recent=recent,
    )


def _side(row: Any, side: int, under_way: State, recalled: bytes) -> Side:
    waiting = under_way[under_way["side"] == side]
    return Side(
        isn=int(row["isn"][side]),
        sent=int(row["sent"][side]),
        acknowledged=int(row["acked"][side]),
        packets=int(row["packets"][side]),
        mss=int(row["mss"][side]) or None,
        ttl=int(row["ttl"][side]),
        headers=int(row["headers"][side]),
        largest=int(row["largest"][side]),
        ip_id=int(row["ip_id"][side]) if row["version"] == 4 else None,  # noqa: PLR2004
        window=int(row["window"][side]),
        fragmentable=bool(row["fragmentable"][side]),
        fin=bool(row["fin"][side]),
        marks=tuple(_mark(mark) for mark in row["marks"][side].tolist()),
        under_way=tuple(
            (end, size, Mark(at, frame))
            for end, size, at, frame in zip(*(waiting[n].tolist() for n in ("end", "size", "at", "frame")), strict=True)
        ),
        recalled=recalled,
    )


def _mark(mark: list[int]) -> Mark | None:
    return None if mark[FRAME] == NEVER else Mark(*mark)


class Sessions(NamedTuple):
    """The faultless sessions of one input, none of them made yet."""

    chunks: list[Chunk]
    places: list[str]
    """Names of the vantages, by their numbers."""
    first_serial: int

    def __len__(self) -> int:
        return sum(len(chunk.gone) - int(np.count_nonzero(chunk.gone)) for chunk in self.chunks)

    def kept(self) -> npt.NDArray[np.void]:
        """Give the summary of every row."""
        nothing = np.zeros(0, SUMMARY)
        return np.concatenate([nothing, *(chunk.summary[~chunk.gone] for chunk in self.chunks)])

    def settle(self, counts: Mapping[str, VantageTally]) -> None:
        """Count every row as a finished connection."""
        rows = self.kept()
        for number, place in enumerate(self.places):
            here = rows["octets"][rows["place"] == number]
            if len(here):
                counts[place].seen_octets += int(here.sum())
                counts[place].two_sided += len(here)

    def clients(self) -> Iterator[tuple[str, str]]:
        """Give vantage and address of every client."""
        rows = self.kept()
        columns = rows["client"].tolist(), rows["version"].tolist(), rows["place"].tolist()
        for (head, tail), version, place in {((h, t), v, p) for (h, t), v, p in zip(*columns, strict=True)}:
            yield self.places[place], text([head, tail], version)

    def made(self, wanted: Iterable[Truths]) -> Iterator[tuple[Sighting, Dialogue]]:
        """Make some of them: of each chunk those that are wanted."""
        for chunk, which in zip(self.chunks, wanted, strict=True):
            if not which.any():
                continue
            for (row, (turns, recalled)), made in zip(chunk.rows(), which.tolist(), strict=True):
                if made:
                    told = known(row, self.places, self.first_serial, recalled)
                    dialogue = read(told, turns).finish(0)
                    if dialogue is not None:
                        yield resumed(told).sighting(), dialogue


def read(told: Steady, turns: list[Turn]) -> Candidate:
    """Read what was said at length."""
    candidate = begun(told)
    tell(turns, candidate)
    return candidate


def begun(told: Steady) -> Candidate:
    """Give who reads at length what is said on a connection."""
    opened = told.from_client.marks[0] or Mark(0, 0)
    return Candidate(told.serial, told.vantage, told.client, told.server, opened.at, frame=opened.frame, digests=False)
