"""What was seen, kept for weeks: answers, connections, deliveries and findings, in a database that survives a crash."""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, Final, NamedTuple

from wiretruth.errors import InputError, WiretruthError
from wiretruth.model.dns import Lookup, Question, ResourceRecord
from wiretruth.model.frames import Mark
from wiretruth.model.packet import Endpoint

SCHEMA: Final = 1
"""Version of the tables."""

_TABLES: Final = """
create table if not exists answers (
  vantage text, client text, name text, type text, at integer, seen text,
  primary key (vantage, client, name, type)) without rowid;
create table if not exists connections (
  id text primary key, at integer, last integer, client text, server text, reached text, outcome text, code integer
  ) without rowid;
create table if not exists deliveries (
  client text, domain text, at integer, last integer, outcome text, inbound integer, reply text, recipients text,
  attempts text, primary key (client, domain, at)) without rowid;
create table if not exists findings (
  at integer, told integer, code text, severity text, confidence text, client text, summary text, record text);
create index if not exists connections_by_time on connections (at);
create index if not exists deliveries_by_time on deliveries (at);
create index if not exists findings_by_time on findings (at);
"""
_AGING: Final = (("answers", "at"), ("connections", "last"), ("deliveries", "last"), ("findings", "told"))

MAX_ANSWERS = 20_000
"""Answers handed on at the start: the latest of each question of each client."""


class KeptDelivery(NamedTuple):
    """One delivery, as it is kept."""

    client: str
    domain: str
    at: int
    last: int
    outcome: str
    inbound: bool
    reply: str
    recipients: tuple[str, ...]
    attempts: tuple[tuple[Any, ...], ...]
    """Of each: when, server, step, reply, code."""


class KeptFinding(NamedTuple):
    """One finding that was told."""

    at: int
    told: int
    code: str
    severity: str
    confidence: str
    client: str | None
    summary: str
    record: str
    """All of it, as JSON."""


class Store:
    """An open database; every ``write_…`` is a transaction: a crash loses the last one at most.

    Raises:
        WiretruthError: it cannot be opened, or is none of ours.
    """

    def __init__(self, path: Path, *, reading: bool = False) -> None:
        """Open *path*, and make it where it is not there; *reading*: it must be there, and nothing is changed."""
        self.path = path
        try:
            self._base = _read_only(path) if reading else _writing(path)
        except (sqlite3.Error, OSError) as error:
            raise InputError(
                str(path), f"cannot be used as a store: {error}", "name another file with --store"
            ) from error

    def close(self) -> None:
        """Close it."""
        self._base.close()

    def write_answers(self, lookups: Iterable[Lookup]) -> None:
        """Keep answers, the latest of each question of each client."""
        self._many(
            "insert into answers values (?,?,?,?,?,?) on conflict do update set at=excluded.at, seen=excluded.seen"
            " where excluded.at >= at",
            (
                (x.vantage, x.client.address, x.question.name.lower(), x.question.type, x.at, _encoded(x))
                for x in lookups
            ),
        )

    def write_connections(self, rows: Iterable[tuple[Any, ...]]) -> None:
        """Keep connections: id, first and last moment, client, server, who was reached, outcome, code."""
        self._many("insert or replace into connections values (?,?,?,?,?,?,?,?)", rows)

    def write_deliveries(self, rows: Iterable[KeptDelivery]) -> None:
        """Keep deliveries; one that went on takes the place of what was kept of it."""
        self._many(
            "insert or replace into deliveries values (?,?,?,?,?,?,?,?,?)",
            ((*row[:7], json.dumps(row.recipients), json.dumps(row.attempts)) for row in rows),
        )

    def write_findings(self, rows: Iterable[KeptFinding]) -> None:
        """Keep findings that were told."""
        self._many("insert into findings values (?,?,?,?,?,?,?,?)", rows)

    def forget(self, until: int) -> None:
        """Remove what is older than a moment."""
        with self._transaction():
            for table, column in _AGING:
                self._base.execute(f"delete from {table} where {column} < ?", (until,))  # noqa: S608 - our own names

    def answers(self) -> Iterator[Lookup]:
        """Give the latest answers, as lookups of then."""
        query = "select vantage, seen from answers order by at desc limit ?"
        for vantage, seen in self._base.execute(query, (MAX_ANSWERS,)):
            yield _decoded(vantage, seen)

    def deliveries(self, words: str = "", since: int = 0) -> Iterator[KeptDelivery]:
        """Give deliveries in time order; *words*: a domain (with its subdomains), an address, or nothing for all."""
        query = (
            "select * from deliveries where last >= ? and (? = '' or domain = ? or domain like '%.' || ? or client = ?"
            " or attempts like '%\"' || ? || ':%' or attempts like '%\"[' || ? || ']:%') order by at"
        )
        for row in self._base.execute(query, (since, *[words] * 6)):
            kept = *row[:5], bool(row[5]), row[6], tuple(json.loads(row[7])), tuple(map(tuple, json.loads(row[8])))
            yield KeptDelivery(*kept)

    def findings(self, words: str = "", since: int = 0) -> Iterator[KeptFinding]:
        """Give findings in time order; *words* as of deliveries."""
        query = (
            "select * from findings where at >= ? and (? = '' or client = ? or summary like '%' || ? || '%'"
            " or record like '%\"' || ? || '\"%') order by at"
        )
        for row in self._base.execute(query, (since, *[words] * 4)):
            yield KeptFinding(*row)

    def _many(self, statement: str, rows: Iterable[tuple[Any, ...]]) -> None:
        kept = list(rows)
        if kept:
            with self._transaction():
                self._base.executemany(statement, kept)

    def _transaction(self) -> "_Transaction":
        return _Transaction(self._base, self.path)


def _read_only(path: Path) -> sqlite3.Connection:
    return _ours(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True), path)


def _writing(path: Path) -> sqlite3.Connection:
    path.touch(mode=0o600)
    base = _ours(sqlite3.connect(path, isolation_level=None, timeout=2.0), path)
    base.execute("pragma journal_mode=wal")
    base.execute("pragma synchronous=normal")
    base.executescript(_TABLES)
    base.execute(f"pragma user_version={SCHEMA}")
    return base


def _ours(base: sqlite3.Connection, path: Path) -> sqlite3.Connection:
    """Refuse what is no database, or one of another version."""
    try:
        version = base.execute("pragma user_version").fetchone()[0]
        base.execute("select count(*) from sqlite_master")
    except sqlite3.Error:
        base.close()
        raise
    if version not in (0, SCHEMA):
        base.close()
        raise WiretruthError(f"{path}: was made by another version of wiretruth")
    return base


class _Transaction:
    """All or nothing; a full disk becomes one line."""

    def __init__(self, base: sqlite3.Connection, path: Path) -> None:
        self._base, self._path = base, path

    def __enter__(self) -> None:
        self._run("begin immediate")

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _trace: object) -> None:
        if kind is None:
            self._run("commit")
            return
        with closing(self._base.cursor()) as cursor:
            if self._base.in_transaction:
                cursor.execute("rollback")
        if isinstance(error, sqlite3.Error):
            raise WiretruthError(f"{self._path}: cannot be written: {error}") from error

    def _run(self, statement: str) -> None:
        try:
            self._base.execute(statement)
        except sqlite3.Error as error:
            raise WiretruthError(f"{self._path}: cannot be written: {error}") from error


def _encoded(lookup: Lookup) -> str:
    return json.dumps({
        "client": lookup.client, "resolver": lookup.resolver, "transport": lookup.transport, "id": lookup.id,
        "question": lookup.question, "recursion": lookup.recursion_desired, "queries": lookup.queries[:1],
        "response": lookup.response, "rcode": lookup.rcode, "authoritative": lookup.authoritative,
        "answers": lookup.answers, "additionals": lookup.additionals,
    })  # fmt: skip


def _decoded(vantage: str, seen: str) -> Lookup:
    told = json.loads(seen)
    response = Mark(*told["response"]) if told["response"] else None
    return Lookup(
        vantage=vantage,
        client=Endpoint(*told["client"]),
        resolver=Endpoint(*told["resolver"]),
        transport=told["transport"],
        id=told["id"],
        question=Question(*told["question"]),
        recursion_desired=told["recursion"],
        queries=tuple(Mark(*mark) for mark in told["queries"]),
        query_count=1,
        response=response,
        rcode=told["rcode"],
        authoritative=told["authoritative"],
        answers=tuple(ResourceRecord(*record) for record in told["answers"]),
        additionals=tuple(ResourceRecord(*record) for record in told["additionals"]),
        waited_until=response.at if response else 0,
    )
