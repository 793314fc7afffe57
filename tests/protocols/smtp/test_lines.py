"""Lines out of pieces, however they were cut."""

from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiretruth.protocols.smtp.lines import MAX_LINE, LineReader


class Line(NamedTuple):
    octets: bytes
    length: int
    bare: bool


def read_all(pieces: list[bytes]) -> tuple[list[Line], LineReader]:
    reader, lines = LineReader(), []
    for piece in pieces:
        position = 0
        while position < len(piece):
            line, position = reader.read(piece, position)
            if line is not None:
                lines.append(Line(line, reader.taken, reader.bare))
    return lines, reader


@pytest.mark.parametrize(
    ("octets", "expected"),
    [
        pytest.param(b"NOOP\r\n", Line(b"NOOP", 6, bare=False), id="ordinary"),
        pytest.param(b"NOOP\n", Line(b"NOOP", 5, bare=True), id="bare LF"),
        pytest.param(b"\r\n", Line(b"", 2, bare=False), id="blank"),
        pytest.param(b"\n", Line(b"", 1, bare=True), id="blank, bare LF"),
        pytest.param(b"a\rb\r\n", Line(b"a\rb", 5, bare=False), id="a CR within is no end"),
        pytest.param(b"\r\r\n", Line(b"\r", 3, bare=False), id="only the last CR belongs to the end"),
        pytest.param(b"x" * 100_000 + b"\r\n", Line(b"x" * MAX_LINE, 100_002, bare=False), id="too long to keep"),
        pytest.param(b"x" * MAX_LINE + b"\r\n", Line(b"x" * MAX_LINE, MAX_LINE + 2, bare=False), id="just kept"),
    ],
)
@pytest.mark.parametrize("trail", [b"", b"QU"])
def test_a_line_three_ways(octets: bytes, expected: Line, trail: bytes) -> None:
    """Whole, octet by octet, and with octets of the next line behind it."""
    whole, _ = read_all([octets + trail])
    single, reader = read_all([octets[i : i + 1] for i in range(len(octets))] + [trail])

    assert [expected] == whole
    assert [expected] == single
    assert trail == reader.partial


def test_a_line_without_end_is_bounded() -> None:
    _, reader = read_all([b"x" * 1000] * 1000)

    assert (MAX_LINE, 1_000_000) == (len(reader.partial), reader.length)


@given(st.lists(st.sampled_from([b"a", b"\r", b"\n", b"\r\n", b"b" * 3000]), max_size=30), st.data())
def test_cuts_change_nothing(parts: list[bytes], data: st.DataObject) -> None:
    octets = b"".join(parts)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(octets)), max_size=8)))
    pieces = [octets[a:b] for a, b in zip([0, *cuts], [*cuts, len(octets)], strict=True)]

    assert read_all([octets])[0] == read_all(pieces)[0]
