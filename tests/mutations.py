"""Captures spoilt with a seed: frames lost, doubled, late or cut; headers, names, lines and clocks that nobody sends."""

import struct
from array import array
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Final, NamedTuple

from wiretruth.capture.recognition import HEAD, feed_for
from wiretruth.model.frames import NANOSECONDS, FrameBatch, Interface

MOST_FRAMES: Final = 60
"""Frames kept of a capture: a whole delivery, and quickly read."""
LONGEST_FILE: Final = 400_000
LATEST: Final = (1 << 63) - 1
"""The last nanosecond that a capture file can name."""

TIMES: Final = (0, 1, -1, LATEST, -LATEST - 1, 1 << 62, 253_402_300_799 * NANOSECONDS)
JUMPS: Final = tuple(sign * n * NANOSECONDS for sign in (1, -1) for n in (1, 60, 3600, 31_536_000))
WORDS: Final = (0, 1, 25, 53, 255, 256, 0x0800, 0x1FFF, 0x2000, 0x3FFF, 0x7FFF, 0x8000, 0xC000, 0xC00C, 0xFFFF)
PIECES: Final = (
    *(
        b"\0",
        b"\xff",
        b"\r",
        b"\n",
        b"\r\n.\r\n",
        b"\x1b[31m",
        b"[/red]",
        b"\\",
        b"\x80",
        b"\t",
        b" " * 50,
        b"@",
        b"<",
        b">",
    ),
    *(
        b"\xe2\x80\xae",
        b"\xcc\x80" * 9,
        b"\xed\xa0\x80",
        b"\xc2\x9b31m",
        b"\xf0\x9f\x92\xa9",
        b"x" * 600,
        b"\x3f" + b"a" * 63,
    ),
    *(
        b"250-",
        b"354 \r\n",
        b"421 \r\n",
        b"334 \r\n",
        b"999 9.9.9\r\n",
        b"EHLO \r\n",
        b"MAIL FROM:<>\r\n",
        b"RCPT TO:<",
    ),
    *(b"DATA\r\n", b"BDAT 99999999999999999999 LAST\r\n", b"BDAT -1\r\n", b"BDAT 5\r\n", b"STARTTLS\r\n", b"AUTH \r\n"),
    *(b"\x16\x03\x01\x02\x00\x01\x00", b"\xc0\x0c", b"\0\0\x29", b"::ffff:192.0.2.1", b"\xd9\xa1"),
)


class Frame(NamedTuple):
    """One captured frame."""

    at: int
    octets: bytes
    original: int


class Tape(NamedTuple):
    """Frames of one link type."""

    link_type: int
    frames: list[Frame]


def load(path: Path) -> Tape | None:
    """Read the first frames of a capture; ``None`` for what is no capture or holds no frame."""
    octets = path.read_bytes()
    feed = feed_for(octets[:HEAD])
    batches = feed.receive(octets) if feed else iter(())
    batch = next((b for b in batches if len(b)), None)
    return Tape(batch.interfaces[batch.interface[0]].link_type, list(_frames(batch))[:MOST_FRAMES]) if batch else None


def _frames(batch: FrameBatch) -> Iterator[Frame]:
    buffer = memoryview(batch.buffer)
    for offset, captured, original, at in zip(batch.offsets, batch.captured, batch.original, batch.times, strict=True):
        yield Frame(at, bytes(buffer[offset : offset + captured]), original)


def batches(tape: Tape, size: int) -> Iterator[FrameBatch]:
    """Give the frames in batches of *size*."""
    for first in range(0, len(tape.frames), size):
        frames = tape.frames[first : first + size]
        lengths = [len(frame.octets) for frame in frames]
        yield FrameBatch(
            buffer=b"".join(frame.octets for frame in frames),
            offsets=array("q", (sum(lengths[:n]) for n in range(len(frames)))),
            captured=array("q", lengths),
            original=array("q", (max(f.original, len(f.octets)) for f in frames)),
            times=array("q", (min(max(f.at, -LATEST - 1), LATEST) for f in frames)),
            interface=array("q", bytes(8 * len(frames))),
            interfaces=(Interface(None, tape.link_type, 0),),
            first_number=1 + first,
        )


def spoilt(tape: Tape, random: Random, ways: "Sequence[Way]") -> Tape:
    """Spoil a tape in some of these ways, one to a dozen times."""
    frames = list(tape.frames)
    for _ in range(random.choice((1, 1, 2, 3, 5, 12))):
        if frames:
            random.choice(ways)(frames, random.randrange(len(frames)), random)
    return Tape(tape.link_type, frames)


Way = Callable[[list[Frame], int, Random], None]


def lose(frames: list[Frame], at: int, random: Random) -> None:
    del frames[at : at + random.choice((1, 1, 2, 10))]


def begin_later(frames: list[Frame], at: int, random: Random) -> None:
    del frames[: at if random.random() < 0.5 else 1]


def end_early(frames: list[Frame], at: int, random: Random) -> None:
    del frames[at + random.randrange(2) :]


def repeat(frames: list[Frame], at: int, random: Random) -> None:
    frames.insert(random.randrange(len(frames)), frames[at])


def delay(frames: list[Frame], at: int, random: Random) -> None:
    frames.insert(random.randrange(len(frames)), frames.pop(at))


def jump(frames: list[Frame], at: int, random: Random) -> None:
    by = random.choice(JUMPS)
    frames[at:] = [frame._replace(at=frame.at + by) for frame in frames[at:]]


def go_mad(frames: list[Frame], at: int, random: Random) -> None:
    frames[at] = frames[at]._replace(at=random.choice(TIMES))


def cut(frames: list[Frame], at: int, random: Random) -> None:
    frames[at] = frames[at]._replace(octets=frames[at].octets[: random.choice((0, 14, 34, 54, 60, 96, 128))])


def claim(frames: list[Frame], at: int, random: Random) -> None:
    frames[at] = frames[at]._replace(original=random.choice((0, 1, 65_535, (1 << 32) - 1)))


def flip(frames: list[Frame], at: int, random: Random) -> None:
    octets = bytearray(frames[at].octets)
    if octets:
        octets[random.randrange(len(octets))] ^= 1 << random.randrange(8)
    frames[at] = frames[at]._replace(octets=bytes(octets))


def put_word(frames: list[Frame], at: int, random: Random) -> None:
    """Ports, sequence numbers, flags, lengths, counts of DNS sections, record types: all are words somewhere."""
    octets = bytearray(frames[at].octets)
    if len(octets) > 16:
        struct.pack_into("!H", octets, random.randrange(12, len(octets) - 1), random.choice(WORDS))
    frames[at] = frames[at]._replace(octets=bytes(octets))


def slip_in(frames: list[Frame], at: int, random: Random) -> None:
    """More octets in the payload, and the lengths of IPv4 and UDP made right again."""
    frame = frames[at]
    network = frame.octets.find(b"\x45")
    if network < 0 or len(frame.octets) < network + 48:
        return
    octets, udp = bytearray(frame.octets), frame.octets[network + 9] == 17
    position = random.randrange(network + (28 if udp else 40), len(octets) + 1)
    octets[position:position] = random.choice(PIECES)
    struct.pack_into("!H", octets, network + 2, len(octets) - network)
    if udp:
        struct.pack_into("!H", octets, network + 24, len(octets) - network - 20)
    frames[at] = Frame(frame.at, bytes(octets), len(octets))


def complain(frames: list[Frame], at: int, random: Random) -> None:
    """An ICMP error that quotes a frame, or some of it."""
    frame = frames[at]
    network = frame.octets.find(b"\x45")
    if network < 0 or len(frame.octets) < network + 20:
        return
    packet = frame.octets[network:]
    quoted = packet[: random.choice((0, 19, 20, 24, 28, 48, 400))]
    error = struct.pack("!BBHHH", random.choice((3, 5, 11)), random.randrange(16), 0, 0, random.choice(WORDS)) + quoted
    header = struct.pack("!BBHHHBBH", 0x45, 0, 20 + len(error), 0, 0, 64, 1, 0) + packet[16:20] + packet[12:16]
    octets = frame.octets[:network] + header + error
    frames.insert(random.randrange(len(frames)), Frame(frame.at + 1, octets, len(octets)))


OF_CAPTURES: Final[tuple[Way, ...]] = (lose, begin_later, end_early, repeat, delay, jump, go_mad, cut)
"""What becomes of good frames."""
OF_FRAMES: Final[tuple[Way, ...]] = (claim, flip, put_word, slip_in, complain)
"""What becomes of their octets."""
EVERY: Final = (*OF_CAPTURES, *OF_FRAMES, *OF_FRAMES)
