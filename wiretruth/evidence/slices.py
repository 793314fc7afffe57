"""A slice: frames that were taken, as a pcapng file that names its vantages as the input did."""

from array import array
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from wiretruth.capture import pcapng_writing
from wiretruth.evidence.taken import Taken
from wiretruth.model.frames import FrameBatch, Interface


def written(
    frames: Sequence[Taken], interfaces: Sequence[Interface], comments: Mapping[int, str], drops: int | None = None
) -> Iterator[bytes]:
    """Give the file in pieces. Interfaces are described when the input described them: names of vantages go by it.

    Args:
        frames: in their order.
        interfaces: of the input.
        comments: by the number of a frame in the slice.
        drops: frames that the capturing host says it lost.
    """
    section, known, base, number = None, 0, 0, 1
    if not frames:
        yield pcapng_writing.header(interfaces)
    for (of, upto), group in groupby(frames, key=lambda frame: (interfaces[frame.interface].section, frame.known)):
        rows = list(group)
        if of != section:
            section, base = of, next(n for n, one in enumerate(interfaces) if one.section == of)
            known = base
            yield pcapng_writing.header(())
        yield b"".join(pcapng_writing.interface(one) for one in interfaces[known:upto] if one.section == of)
        known = max(known, upto)
        yield pcapng_writing.packets(_batch(rows, interfaces, base, number), comments)
        number += len(rows)
    if frames and drops is not None:
        yield pcapng_writing.dropped(0, frames[-1].at, drops)


def _batch(rows: Sequence[Taken], interfaces: Sequence[Interface], base: int, number: int) -> FrameBatch:
    offsets, end = array("q"), 0
    for row in rows:
        offsets.append(end)
        end += len(row.octets)
    return FrameBatch(
        b"".join(row.octets for row in rows),
        offsets,
        array("q", (len(row.octets) for row in rows)),
        array("q", (row.original for row in rows)),
        array("q", (row.at for row in rows)),
        array("q", (row.interface - base for row in rows)),
        tuple(interfaces),
        number,
    )
