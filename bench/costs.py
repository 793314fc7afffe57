"""What a command costs: wall time, processor time, memory; of all processes of a pipe."""

import os
import resource
import subprocess
import tempfile
import time
from collections.abc import Sequence
from typing import IO, Final, NamedTuple

Command = Sequence[str]

_UNWANTED: Final = "PYTHONDONTWRITEBYTECODE"
"""Where it is set, Python compiles a program again each time it runs, which no installed program does."""

KIB_PER_MIB: Final = 1024
"""Linux counts ``ru_maxrss`` in KiB."""


class Cost(NamedTuple):
    """Of one run."""

    wall: float
    """Seconds."""
    cpu: float
    """Seconds in user and system mode, of all processes."""
    peak: float
    """MiB: the largest resident size of each process of the pipe, added up."""


class CommandError(Exception):
    """A command ended with another status than 0; the message is its last word."""


def cost(pipe: Sequence[Command]) -> Cost:
    """Run commands, each reading what the one before it writes, and tell what they cost; the output is thrown away.

    A process starts as a copy of this one, so no peak is below this program's own size.

    Raises: CommandError; OSError where a program cannot be started.
    Source: wait4(2), getrusage(2).
    """
    with tempfile.TemporaryFile() as complaints:
        began = time.monotonic()
        processes = _start(pipe, complaints)
        usages = _usages(processes)
        wall = time.monotonic() - began
        if any(process.returncode for process in processes):
            raise CommandError(_last_line(complaints) or f"status {[process.returncode for process in processes]}")
    return Cost(
        wall,
        sum(usage.ru_utime + usage.ru_stime for usage in usages),
        sum(usage.ru_maxrss for usage in usages) / KIB_PER_MIB,
    )


def _start(pipe: Sequence[Command], complaints: IO[bytes]) -> list[subprocess.Popen[bytes]]:
    """Start all, the last first asked to write nowhere."""
    processes: list[subprocess.Popen[bytes]] = []
    environment = {name: value for name, value in os.environ.items() if name != _UNWANTED}
    source: IO[bytes] | None = None
    for place, command in enumerate(pipe, 1):
        last = place == len(pipe)
        process = subprocess.Popen(
            command,
            stdin=source or subprocess.DEVNULL,
            stdout=subprocess.DEVNULL if last else subprocess.PIPE,
            stderr=complaints,
            env=environment,
        )
        if source:
            source.close()
        source = process.stdout
        processes.append(process)
    return processes


def _usages(processes: Sequence[subprocess.Popen[bytes]]) -> list[resource.struct_rusage]:
    """Wait for all, and tell what each used; none of them outlives this program's being interrupted."""
    usages = []
    try:
        for process in processes:
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            usages.append(usage)
    finally:
        for process in processes:
            if process.returncode is None:
                process.kill()
                process.wait()
    return usages


def _last_line(complaints: IO[bytes]) -> str:
    complaints.seek(0)
    lines = complaints.read().decode(errors="replace").strip().splitlines()
    return lines[-1] if lines else ""
