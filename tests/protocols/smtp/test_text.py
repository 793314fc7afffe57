"""Message text: its end and its measure, in any segmentation."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiretruth.protocols.smtp.text import TextMeter


def measure(pieces: list[bytes], *, bare: bool = False) -> tuple[int, int | None]:
    """Octets of the text, and where in the whole of the pieces what follows begins."""
    meter, before = TextMeter(bare=bare), 0
    for piece in pieces:
        end = meter.read(piece, 0)
        if end is not None:
            return meter.octets, before + end
        before += len(piece)
    return meter.octets, None


TEXTS = [
    pytest.param(b".\r\n", 0, 3, id="nothing but the dot"),
    pytest.param(b"a\r\n.\r\n", 3, 6, id="one line"),
    pytest.param(b"..\r\n.\r\n", 3, 7, id="a stuffed dot alone"),
    pytest.param(b"..a\r\n..b\r\n.\r\n", 8, 13, id="stuffed dots"),
    pytest.param(b".a\r\n.\r\n", 3, 7, id="a dot that a server removes all the same"),
    pytest.param(b"a\n.\nb\r\n.\r\n", 7, 10, id="a bare LF is no line end"),
    pytest.param(b"a\r\n.\nb\r\n.\r\n", 7, 11, id="nor is half of one"),
    pytest.param(b"a.\r\n.\r\n", 4, 7, id="a dot at the end of a line"),
    pytest.param(b"\r\n\r\n.\r\n", 4, 7, id="blank lines"),
    pytest.param(b"a\r\n.", 3, None, id="cut before the end"),
    pytest.param(b"a\r.\r\n", 5, None, id="no end"),
    pytest.param(b"", 0, None, id="nothing"),
]


@pytest.mark.parametrize(("octets", "size", "end"), TEXTS)
def test_text_three_ways(octets: bytes, size: int, end: int | None) -> None:
    """Whole, octet by octet, and with a command behind it."""
    assert (size, end) == measure([octets])
    assert (size, end) == measure([octets[i : i + 1] for i in range(len(octets))])
    if end is not None:
        assert (size, end) == measure([octets + b"\r\n.\r\nQUIT\r\n"])


@pytest.mark.parametrize(
    ("octets", "size", "end"),
    [(b".\n", 0, 2), (b"a\n..b\n.\n", 5, 8), (b"a\r\n.\r\n", 3, 6), (b"a\n.\r\n", 2, 5), (b"..\n.\n", 2, 5)],
)
def test_bare_line_feeds(octets: bytes, size: int, end: int) -> None:
    assert (size, end) == measure([octets], bare=True)
    assert (size, end) == measure([octets[i : i + 1] for i in range(len(octets))], bare=True)


def expected(octets: bytes) -> tuple[int, int | None]:
    """The plain way: line by line, as RFC 5321 §4.5.2 puts it."""
    size = position = 0
    while (end := octets.find(b"\r\n", position)) >= 0:
        line = octets[position : end + 2]
        if line == b".\r\n":
            return size, end + 2
        size += len(line) - line.startswith(b".")
        position = end + 2
    rest = octets[position:]
    return size + len(rest) - rest.startswith(b"."), None


@given(st.lists(st.sampled_from([b".", b"\r", b"\n", b"\r\n", b"a", b"\r\n."]), max_size=40), st.data())
def test_any_segmentation_agrees_with_the_plain_way(parts: list[bytes], data: st.DataObject) -> None:
    octets = b"".join(parts)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(octets)), max_size=8)))
    pieces = [octets[a:b] for a, b in zip([0, *cuts], [*cuts, len(octets)], strict=True)]

    assert expected(octets) == measure(pieces)


@pytest.mark.parametrize(
    ("octets", "looks", "size"),
    [
        (b"a\r\n.\n", True, 3),
        (b"a\n.\n\n", True, 2),
        (b"a\n.\r\n", True, 2),
        (b"a\r\n.b\n", False, 5),
        (b"a", False, 1),
    ],
)
def test_an_end_that_only_the_server_can_confirm(octets: bytes, looks: bool, size: int) -> None:
    meter = TextMeter()
    meter.read(octets, 0)

    assert looks == meter.looks_ended
    meter.trust_end()
    assert size == meter.octets


def test_a_gap_hides_an_end_that_lies_across_it() -> None:
    meter = TextMeter()
    meter.read(b"a\r\n.", 0)
    meter.miss()

    assert meter.read(b"\r\n", 0) is None


def test_a_message_without_end_takes_no_memory() -> None:
    meter = TextMeter()
    for _ in range(1000):
        meter.read(b"x" * 10_000, 0)

    assert (10_000_000, 8) == (meter.octets, len(meter._tail))
