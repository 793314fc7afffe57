"""Connections are known again by their ends, whichever side and whichever form they come in."""

from random import Random

import numpy as np
import pytest

from tests.columns.steadied import brought_together
from tests.engine.polite import session
from wiretruth.engine.session_ends import Places, ends, hashes, of_key, of_mail, opening, same, seen, text
from wiretruth.flow.keys import key


@pytest.mark.parametrize("seed", range(12))
def test_by_segments_and_by_key(seed: int) -> None:
    segments = session(Random(seed), seed, 0.0)
    part = brought_together(segments)
    found = seen(part, np.array([0]), [3])
    own = of_key(key("tap", *segments[0].source, *segments[0].destination), 3)
    found["client_high"] = part.by_high[part.starts]

    assert same(found, own).all()
    assert hashes(found).tolist() == hashes(own).tolist()
    assert (segments[0].source, segments[0].destination) == ends(found[0])


@pytest.mark.parametrize(("name", "value"), [("place", 4), ("low_port", 7), ("high", (1, 2)), ("version", 6)])
def test_others(name: str, value: object) -> None:
    one = of_key(("tap", "192.0.2.1", 40_000, "198.51.100.1", 25), 3)
    other = one.copy()
    other[name] = value

    assert not same(one, other).any()


def test_which_are_of_mail() -> None:
    segments = session(Random(1), 1, 0.0)
    part = brought_together(segments)

    assert of_mail(part).all()
    assert opening(part, np.array([0])).all()
    assert not opening(brought_together(segments[1:]), np.array([0])).any()
    for segment in segments:
        segment.source, segment.destination = (
            (host, port + 400 * (port == 25)) for host, port in (segment.source, segment.destination)
        )
    assert not of_mail(brought_together(segments)).any()


def test_places() -> None:
    places = Places()

    assert [0, 1, 0] == [places.number(name) for name in ("a", "b", "a")]
    assert ["a", "b"] == places.names


def test_text() -> None:
    assert ("192.0.2.1", "2001:db8::1") == (text([0, 0xC0000201], 4), text([0x20010DB8 << 32, 1], 6))
