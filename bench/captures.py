"""``python -m bench.captures NAME SCALE FILE``: write one capture, and say how many packets it has."""

import sys
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple

from bench.extremes import one_connection, open_at_once, syn_flood
from bench.frames import Frames
from bench.workloads import WORKLOADS, interleaved, write_frames


class Capture(NamedTuple):
    """A capture that can be made in any size."""

    holds: str
    """In words, at full size."""
    size: int
    """Of the full size, in the unit that ``frames`` takes: packets, connections or octets."""
    frames: Callable[[int], Frames]


_HOLDS: Final = {
    "gateway": "3 million packets, 2 GB, 50,000 flows: 2% SMTP, 3% DNS, the rest downloads",
    "mail server": "1 million packets: deliveries, each with its lookups",
    "resolver": "1 million DNS messages",
}
CAPTURES: Final[Mapping[str, Capture]] = {
    **{name: Capture(_HOLDS[name], packets, partial(interleaved, make)) for name, (make, packets) in WORKLOADS.items()},
    "open at once": Capture("200,000 SMTP connections, all open at the same time", 200_000, open_at_once),
    "syn flood": Capture("1 million SYNs to a mail server, each from another place", 1_000_000, syn_flood),
    "one connection": Capture("a single delivery, of a message of 2 GB", 2_000_000_000, one_connection),
}


def main() -> None:
    """Write what the arguments name."""
    name, scale, path = sys.argv[1:]
    capture = CAPTURES[name]
    sys.stdout.write(f"{write_frames(Path(path), capture.frames(round(capture.size * float(scale))))}\n")


if __name__ == "__main__":
    main()
