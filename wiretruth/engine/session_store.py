"""Connections of mail with which nothing is wrong so far: numbers in columns, and what was said. Imports numpy.

As soon as anything else is seen of one, it goes on in the table of connections, which is the definition, as if it had always
been there.
"""

from itertools import islice
from typing import NamedTuple

import numpy as np

from wiretruth.columns.dns import Hashes
from wiretruth.columns.fingerprints import FINGERPRINT, fingerprints
from wiretruth.columns.grouping import Grouped
from wiretruth.columns.steady import CLIENT, FIRST, FRAME, UNDER_WAY, State, Steady, steady
from wiretruth.columns.view import Numbers, Rows, Truths
from wiretruth.engine.dialogues import DialogueLane
from wiretruth.engine.session_ends import PORT, Places, ends, hashes, of_key, of_mail, opening, same, seen, text
from wiretruth.engine.session_index import SessionIndex
from wiretruth.engine.session_rows import CHUNK, PLAIN, Chunk, Sessions, begun, earliest, known, last_seen, packed
from wiretruth.engine.session_slots import Slots
from wiretruth.engine.session_speech import speeches
from wiretruth.flow.crowding import Server
from wiretruth.flow.idle import IDLE_ESTABLISHED, IDLE_OTHERWISE
from wiretruth.flow.keys import Key
from wiretruth.flow.keys import key as key_of
from wiretruth.flow.recent import SAME_IDENTIFICATION
from wiretruth.flow.steady import resumed
from wiretruth.flow.table import TcpTable
from wiretruth.model.frames import Mark
from wiretruth.model.packet import Endpoint
from wiretruth.model.sighting import Opened, StreamRun
from wiretruth.protocols.smtp.talk import Talk

MAX_OPEN = 20_000
"""Connections under way that are kept so: a busy site has some thousands, and a flood goes by as outlines."""

_NONE, _ROW = -1, -2
"""What stands for no connection, and for the first row; slots are counted from 0."""
_NOTHING = np.zeros(0, UNDER_WAY)


class _Comers(NamedTuple):
    """Connections of a batch that are here, or begin."""

    before: State
    """With the ends of those that begin, and nothing else."""
    hashed: Hashes
    slots: Numbers


class SessionStore:
    """Takes what is faultless out of each batch."""

    def __init__(self, table: TcpTable, dialogues: DialogueLane, first_serial: int) -> None:
        """Begin empty; *table* and *dialogues* take what does not stay so."""
        self._table, self._dialogues, self._first_serial = table, dialogues, first_serial
        self._places = Places()
        self._slots = Slots()
        self._index = SessionIndex()
        self._chunks: list[Chunk] = []
        self._waiting: list[tuple[int, State]] = []
        """Summaries of chunks with rows that may go on, and when the last packet of the longest silent one was seen."""

    def __len__(self) -> int:
        return len(self._index)

    # What comes

    def take(self, found: Grouped, keys: list[Key], tangled: set[Key], first_number: int) -> Truths:
        """Take what is faultless of the segments of a batch; tell which connections were taken.

        Args:
            found: segments by connection.
            keys: of the connections.
            tangled: those that must be followed packet by packet.
            first_number: frame number of row 0 of the batch.
        """
        taken = np.zeros(len(found.starts), np.bool_)
        which = np.flatnonzero(of_mail(found))
        if not which.size:
            return taken
        before = seen(found, which, [self._places.number(keys[n][0]) for n in which.tolist()])
        hashed = hashes(before)
        slots = np.array(self._index.all(hashed.tolist(), _NONE), np.int64)
        odd = np.array([keys[n] in tangled for n in which.tolist()] if tangled else [False] * len(which), np.bool_)
        going = ~odd & (
            self._are(slots, before) | self._new(opening(found, which) & ~odd & (slots == _NONE), which, keys)
        )
        for n in np.flatnonzero(~going & (slots != _NONE)).tolist():
            self.release(keys[which[n]])
        if going.any():
            comers = _Comers(before[going], hashed[going], slots[going])
            taken[which[going]] = self._go_on(found, which[going], comers, first_number)
        return taken

    def _are(self, slots: Numbers, wanted: State) -> Truths:
        """Tell which slots are really those of these connections."""
        are = slots >= 0
        place = np.flatnonzero(are)
        are[place] = same(self._slots.state[slots[place]], wanted[place])
        return are

    def _new(self, new: Truths, which: Rows, keys: list[Key]) -> Truths:
        """Tell which connections are taken that begin here, as far as there is room and the table knows none of them."""
        if len(self._slots) + np.count_nonzero(new) > MAX_OPEN:
            new[:] = False
        for n in np.flatnonzero(new).tolist():
            new[n] = not self._table.knows(keys[which[n]])
        return new

    def _go_on(self, found: Grouped, which: Rows, comers: "_Comers", first_number: int) -> Truths:
        """Let connections go on that are here or begin; tell which of them stay."""
        before, hashed, slots = comers
        chosen = np.zeros(len(found.starts), np.bool_)
        chosen[which] = True
        part, old, new = found.some(chosen), np.flatnonzero(slots >= 0), np.flatnonzero(slots < 0)
        before[old] = self._slots.state[slots[old]]
        before["client_high"][new] = part.by_high[part.starts[new]]
        waiting = self._slots.take_under_way(slots)
        step = steady(part, before, waiting, first_number)
        self._slots.put_under_way(waiting[~step.ok[waiting["slot"]]], slots)
        for slot in slots[~step.ok & (slots >= 0)].tolist():
            self._release(slot)
        for n in np.flatnonzero(step.ok & (slots < 0)).tolist():
            slots[n] = self._slots.take(int(hashed[n]))
            self._index.add(int(hashed[n]), int(step.after["isn"][n, CLIENT]), int(slots[n]))
        self._keep(step, part, slots)
        return step.ok

    def _keep(self, step: Steady, part: Grouped, slots: Numbers) -> None:
        """Keep what became of those that are as they should be."""
        ok = np.flatnonzero(step.ok)
        self._slots.state[slots[ok]] = step.after[ok]
        self._slots.put_under_way(step.under_way, slots)
        octets, width = fingerprints(part, step.rows.length), FINGERPRINT.itemsize
        bounds = [*(part.starts * width).tolist(), len(octets)]
        for n in ok.tolist():
            self._slots.remember(int(slots[n]), octets[bounds[n] : bounds[n + 1]], width)
        rest = self._hear(step, part, slots)
        after = step.after[ok]
        closed = after["fin"].all(axis=1) & (after["acked"] == after["sent"]).all(axis=1)
        for slot in slots[ok[closed]].tolist():
            facts = self._slots.talks[slot].finish() if slot not in rest else None
            if facts is not None:
                self._slots.facts[slot] = facts
            else:
                rest.setdefault(slot, [])
        for slot, runs in rest.items():
            self._release(slot, runs)

    def _hear(self, step: Steady, part: Grouped, slots: Numbers) -> dict[int, list[StreamRun]]:
        """Hear what was said; give, of those that went on unusually, what is left."""
        talks, rest = self._slots.talks, dict[int, list[StreamRun]]()
        for slot, from_client, octets, bounds, marks in speeches(step, part.found.view.octets, slots):
            if slot in rest or not talks[slot].hear(from_client, octets, bounds, marks):
                serial = self._first_serial + self._slots.frame(slot)
                run = StreamRun(serial, from_client, octets, bounds, [Mark(*mark) for mark in marks])
                rest.setdefault(slot, []).append(run)
                talks[slot].recall(from_client, octets, bounds)
        return rest

    # What goes on elsewhere

    def release(self, key: Key) -> bool:
        """Let a connection go on in the table, if it is here; tell whether it was."""
        if PORT not in (key[2], key[4]) or not len(self._index):
            return False
        wanted = of_key(key, self._places.number(key[0]))
        ref = self._index.get(int(hashes(wanted)[0]))
        if ref is None or self._key(ref) != key:
            return False
        if ref >= 0:
            self._release(ref)
        else:
            self._release_row(_ROW - ref)
        return True

    def _key(self, ref: int) -> Key:
        if ref >= 0:
            row = self._slots.state[ref]
            client, server = ends(row)
        else:
            row = self._chunks[(_ROW - ref) // CHUNK].summary[(_ROW - ref) % CHUNK]
            version = int(row["version"])
            client = Endpoint(text(row["client"].tolist(), version), int(row["client_port"]))
            server = Endpoint(text(row["server"].tolist(), version), PORT)
        return key_of(self._places.names[int(row["place"])], *client, *server)

    def _release(self, slot: int, rest: list[StreamRun] | None = None) -> None:
        """Let a connection go on in the table, and *rest* be said there."""
        slots = self._slots
        self._resume(slots.state[slot].copy(), slots.under_way_of(slot), slots.talks[slot], bytes(slots.recent[slot]))
        if rest:
            self._dialogues.hear(rest)
        self._drop(slot)
        slots.free(slot)

    def _release_row(self, number: int) -> None:
        chunk, place = self._chunks[number // CHUNK], number % CHUNK
        row, (turns, recalled) = next(islice(chunk.rows(), place, None))
        self._resume(row, _NOTHING, Talk.of(turns, recalled), b"")
        chunk.gone[place] = True
        self._drop_rows(chunk.summary, np.arange(len(chunk.gone)) == place)

    def _resume(self, row: State, under_way: State, talk: Talk, recent: bytes) -> None:
        told = known(row, self._places.names, self._first_serial, talk.recalled, (under_way, recent))
        conversation = resumed(told)
        self._table.go_on(conversation, key_of(told.vantage, *told.client, *told.server))
        candidate = begun(told) if talk.turns else None
        if candidate is not None:
            talk.tell(candidate)
        opened = Opened(told.serial, told.vantage, told.client, told.server, *conversation.opened)
        self._dialogues.go_on(opened, candidate)

    def named(self, vantage: str, client_isn: int) -> list[Key]:
        """Give the keys of those that began with a number."""
        return [key for key in map(self._key, self._index.named(client_isn)) if key[0] == vantage]

    # What is over

    def pause(self, now: int) -> None:
        """Pack what is closed, forget what is over, and let go on elsewhere what is idle for too long."""
        slots, some = self._slots, self._slots.all()
        if some.size:
            silent = now - last_seen(slots.state[some])
            for slot in some[silent > SAME_IDENTIFICATION].tolist():
                slots.recent[slot] = bytearray()
            closed = np.array([slot in slots.facts for slot in some.tolist()], np.bool_)
            idle = ~closed & (silent > IDLE_OTHERWISE)
            idle &= (silent > IDLE_ESTABLISHED) | (slots.state["established"][some, FRAME] < 0)
            for slot in some[idle].tolist():
                self._release(slot)
            for slot in some[closed & (silent > IDLE_OTHERWISE)].tolist():
                self._drop(slot)
            resting = some[closed & (silent > SAME_IDENTIFICATION)]
            for begin in range(0, len(resting) // CHUNK * CHUNK, CHUNK):
                self._pack(resting[begin : begin + CHUNK])
        for first, rows in self._waiting:
            if now - first > IDLE_OTHERWISE:
                self._drop_rows(rows, now - rows["last"] > IDLE_OTHERWISE)
        self._waiting = [
            (first if now - first <= IDLE_OTHERWISE else earliest(rows), rows)
            for first, rows in self._waiting
            if rows["live"].any()
        ]

    def _is_live(self, slot: int) -> bool:
        return self._index.get(int(self._slots.hash[slot])) == slot

    def _drop(self, slot: int) -> None:
        """Note that a connection does not go on here."""
        if self._is_live(slot):
            self._index.drop(int(self._slots.hash[slot]), self._slots.client_isn(slot))

    def _drop_rows(self, rows: State, which: Truths) -> None:
        which = which & rows["live"]
        if which.any():
            rows["live"][which] = False
            for hashed, client_isn in zip(rows["hash"][which].tolist(), rows["isn"][which].tolist(), strict=True):
                self._index.drop(hashed, client_isn)

    def _pack(self, some: Numbers) -> None:
        """Make rows of closed connections."""
        slots, first = self._slots, _ROW - len(self._chunks) * CHUNK
        said = [(slots.talks[slot].turns, slots.talks[slot].recalled) for slot in some.tolist()]
        chunk = packed(slots.state[some], slots.hash[some], said, [slots.facts[slot] for slot in some.tolist()])
        self._chunks.append(chunk)
        if len(self._chunks) > PLAIN:
            self._chunks[-1 - PLAIN] = self._chunks[-1 - PLAIN].squeezed()
        self._waiting.append((earliest(chunk.summary), chunk.summary))
        for place, slot in enumerate(some.tolist()):
            live = chunk.summary["live"][place] = self._is_live(slot)
            if live:
                self._index.move(int(slots.hash[slot]), first - place)
            slots.free(slot)

    def restless(self) -> set[int]:
        """Give the serials of those that may not fall silent for long."""
        slots = self._slots
        frames = [slots.frame(slot) for slot in slots.talks if self._is_live(slot) and not slots.rests(slot)]
        frames += [f for chunk in self._chunks for f in chunk.summary["frame"][chunk.summary["live"]].tolist()]
        return {self._first_serial + frame for frame in frames}

    def asking(self) -> dict[int, Server]:
        """Give, of the restless ones, whom those ask of which one SYN is all that was seen, by serial."""
        slots, names = self._slots, self._places.names
        rows = slots.state[[slot for slot in slots.asking().tolist() if self._is_live(slot)]]
        frames = rows["marks"][:, CLIENT, FIRST, FRAME].tolist()
        servers = [(names[int(row["place"])], ends(row)[1].address) for row in rows]
        return {self._first_serial + frame: server for frame, server in zip(frames, servers, strict=True)}

    def ports(self) -> list[tuple[int, int]]:
        """Give the ports of those that may go on."""
        some = self._slots.state[self._slots.all()]
        rows = [chunk.summary["client_port"][chunk.summary["live"]] for chunk in self._chunks]
        ports = zip(some["low_port"].tolist(), some["high_port"].tolist(), strict=True)
        return [*ports, *((port, PORT) for port in np.concatenate([*rows, np.zeros(0, "u2")]).tolist())]

    def resting(self) -> list[tuple[int, int]]:
        """Give time of the last packet and serial of the others."""
        slots = self._slots
        some = [slot for slot in slots.talks if slots.rests(slot)]
        last = last_seen(slots.state[some]).tolist()
        return [(at, self._first_serial + slots.frame(slot)) for at, slot in zip(last, some, strict=True)]

    def give_up(self, serials: set[int]) -> None:
        """Give up some: those that are not closed go on in the table, to end there."""
        for slot in list(self._slots.talks):
            if self._first_serial + self._slots.frame(slot) in serials:
                if slot in self._slots.facts:
                    self._drop(slot)
                else:
                    self._release(slot)
        frames = [serial - self._first_serial for serial in serials]
        for chunk in self._chunks:
            self._drop_rows(chunk.summary, np.isin(chunk.summary["frame"], frames))

    def end(self) -> None:
        """Let go on elsewhere what is not closed, and pack the rest: nothing more comes."""
        for slot in list(self._slots.talks):
            if slot not in self._slots.facts:
                self._release(slot)
        rest = self._slots.all()
        for begin in range(0, len(rest), CHUNK):
            self._pack(rest[begin : begin + CHUNK])
        self._index.clear()

    def sessions(self) -> Sessions:
        """Give every row; nothing more comes."""
        return Sessions(self._chunks, self._places.names, self._first_serial)
