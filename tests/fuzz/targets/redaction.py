"""Sessions with secrets, and a capture that loses, repeats, delays or cuts what the octets of the input say: nothing is told."""

from collections.abc import Callable, Iterator
from functools import cache
from typing import Final

from tests.mutations import Frame, Tape
from tests.promises import read, written
from tests.rules.packets import ACK, PSH
from tests.rules.scene import RAW, TAP, Scene
from tests.rules.session import Session
from tests.secrets import ENDINGS, EXCHANGES, given_away, session

SIZES: Final = (1460, 17, 5)
_HEAD = 3


def seeds() -> Iterator[bytes]:
    """Give each exchange with each ending, undisturbed and with something lost."""
    for exchange in range(len(EXCHANGES)):
        for ending in range(len(ENDINGS)):
            yield bytes((exchange, ending, exchange % len(SIZES)))
            yield bytes((exchange, ending, 0, 0, 9, 2, 11, 1, 13))


def check(octets: bytes) -> None:
    """Two octets at a time: what is done, and to which frame."""
    if len(octets) < _HEAD:
        return
    frames = list(played(octets[0] % len(EXCHANGES), octets[1] % len(ENDINGS), SIZES[octets[2] % len(SIZES)]))
    for way, place in zip(octets[3::2], octets[4::2], strict=False):
        if not frames:
            return
        _WAYS[way % len(_WAYS)](frames, place % len(frames), way // len(_WAYS))
    report = read(Tape(RAW, frames))
    assert [] == given_away("\n".join((*written(report), repr(report))))


@cache
def played(exchange: int, ending: int, size: int) -> tuple[Frame, ...]:
    """Let a session pass a tap."""
    scene = Scene()
    talk = Session(scene).connect()
    for turn in session(list(EXCHANGES)[exchange], ENDINGS[ending]):
        octets = turn.line.encode()
        for begin in range(0, len(octets), size):
            talk.send(turn.from_client, ACK | PSH, octets[begin : begin + size])
    talk.close()
    return tuple(Frame(*frame) for frame in scene.frames[TAP])


def _lose(frames: list[Frame], place: int, _by: int) -> None:
    del frames[place]


def _repeat(frames: list[Frame], place: int, by: int) -> None:
    frames.insert(min(len(frames), place + by), frames[place])


def _delay(frames: list[Frame], place: int, by: int) -> None:
    frames.insert(place + by, frames.pop(place))


def _cut(frames: list[Frame], place: int, by: int) -> None:
    frames[place] = frames[place]._replace(octets=frames[place].octets[: 40 + by])


def _begin(frames: list[Frame], place: int, _by: int) -> None:
    del frames[:place]


_WAYS: Final[tuple[Callable[[list[Frame], int, int], None], ...]] = (_lose, _repeat, _delay, _cut, _begin)
