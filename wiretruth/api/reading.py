"""Captures in, a report out: what ``wiretruth read`` does, without its words."""

import os
from collections.abc import Iterable
from datetime import tzinfo

from wiretruth.cli import _folder, _reading, _witnesses
from wiretruth.cli._progress import Progress
from wiretruth.errors import WiretruthError
from wiretruth.model.report import Report

Path = str | os.PathLike[str]
Paths = Path | Iterable[Path]


def read(
    paths: Paths,
    *,
    logs: Paths = (),
    rules: Paths = (),
    conntrack: Paths = (),
    sockets: Paths = (),
    hosts: Iterable[str] = (),
    log_timezone: tzinfo | None = None,
    every_connection: bool = False,
    every_lookup: bool = False,
    jobs: int | None = 1,
) -> Report:
    """Read captures and judge what they hold.

    Args:
        paths: a capture, or several, as ``wiretruth read`` takes them: files, patterns, directories, ``label=path``.
        logs: mail logs to hold against the packets.
        rules: firewall rules.
        conntrack: connection tracking tables.
        sockets: socket tables.
        hosts: addresses, networks or names: the report is only about mail that concerns one of them.
        log_timezone: of log lines that name none; ``None``: found out from the captures.
        every_connection: keep connections that have nothing to do with mail too.
        every_lookup: keep lookups that have nothing to do with mail too.
        jobs: captures read at the same time, each in a process of its own; ``None``: as many as pay.

    Raises:
        WiretruthError: no capture is named, or something cannot be read; its text is one line that says what to do.
    """
    given = {"conntrack": _names(conntrack), "rules": _names(rules), "sockets": _names(sockets)}
    captures, files = _folder.expanded(_names(paths), given)
    if not captures:
        raise WiretruthError("name a capture")
    named = _names(logs)
    wanted = _reading.Wanted(
        hosts=tuple(hosts),
        every_connection=every_connection,
        every_lookup=every_lookup or bool(named),
        heard=_witnesses.read_all(files, (*captures, *named)),
        logs=named,
        log_zone=log_timezone,
    )
    return _reading.read(captures, wanted, Progress(wanted=False), jobs)


def _names(paths: Paths) -> tuple[str, ...]:
    if isinstance(paths, str | os.PathLike):
        return (os.fspath(paths),)
    return tuple(os.fspath(path) for path in paths)
