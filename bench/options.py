"""The command line of the benchmark."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

from bench.captures import CAPTURES
from bench.contestants import CONTESTANTS, WIRETRUTH
from bench.workloads import WORKLOADS

_EXAMPLES: Final = """\
examples:
  python -m bench                                       the whole: 2 GB at a time, about an hour
  python -m bench --scale 0.1 --runs 1                  a first impression
  python -m bench -w gateway -c 'tcpdump with BPF'      one capture, one peer
  python -m bench -w 'syn flood' -c none                wiretruth alone, under a flood
  python -m bench --scale 0.1 --growth -c none          does time grow with the file, and memory not?
  python -m bench --page docs/reference/performance.md  write the page, as make bench does
  python -m bench.captures gateway 0.1 gateway.pcap     only make a capture
"""
_NOBODY: Final = "none"


class Options(NamedTuple):
    """What to measure."""

    scale: float
    runs: int
    workloads: Sequence[str]
    contestants: Sequence[str]
    directory: Path | None
    keep: bool
    growth: bool
    page: Path | None


def parsed(words: Sequence[str] | None = None) -> Options:
    """Read the command line; *words* in its place."""
    peers = [contestant.name for contestant in CONTESTANTS if contestant.name != WIRETRUTH]
    parser = argparse.ArgumentParser(
        prog="python -m bench",
        description="Make captures, let wiretruth and its peers read them, and tell what each needed.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--scale", type=_positive, default=1.0, metavar="N", help="times the full size (1)")
    parser.add_argument("--runs", type=_count, default=3, metavar="N", help="rounds; their median is shown (3)")
    parser.add_argument(
        "-w", "--workload", action="append", choices=list(CAPTURES), metavar="NAME",
        help=f"one of: {', '.join(CAPTURES)}; several times for several (the first three)",
    )  # fmt: skip
    parser.add_argument(
        "-c", "--contestant", action="append", choices=[*peers, _NOBODY], metavar="NAME",
        help=f"beside wiretruth, one of: {', '.join(peers)}; or {_NOBODY} (all that are installed)",
    )  # fmt: skip
    parser.add_argument("--directory", type=Path, metavar="DIR", help="for the captures (TMPDIR, or /tmp)")
    parser.add_argument("--keep", action="store_true", help="leave the captures there")
    parser.add_argument(
        "--growth", action="store_true", help="wiretruth on the gateway in three sizes: 1, 3 and 10 tenths of --scale"
    )
    parser.add_argument("--page", type=Path, metavar="FILE", help="write the page of the manual there")
    given = parser.parse_args(words)
    return Options(
        given.scale,
        given.runs,
        given.workload or list(WORKLOADS),
        [WIRETRUTH, *(given.contestant or peers)],
        given.directory,
        given.keep,
        given.growth,
        given.page,
    )


def _positive(text: str) -> float:
    value = float(text)
    if not 0 < value <= 1000:  # noqa: PLR2004 - some terabytes
        raise argparse.ArgumentTypeError("a number above 0, at most 1000")
    return value


def _count(text: str) -> int:
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError("a whole number, 1 or more")
    return value
