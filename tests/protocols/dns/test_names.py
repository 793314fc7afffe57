"""Names: compression, limits, text (RFC 1035 §3.1, §4.1.4)."""

import dns.name
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.protocols.dns.forge import name
from wiretruth.protocols.dns.damage import FormatError
from wiretruth.protocols.dns.names import HEADER_OCTETS, MAX_HOPS, Names, presentation

HEAD = bytes(HEADER_OCTETS)
LABELS = st.lists(st.binary(min_size=1, max_size=63), max_size=6).filter(lambda x: sum(map(len, x)) + len(x) < 255)


def read(octets: bytes, offset: int = HEADER_OCTETS) -> tuple[str, int]:
    return Names(octets).read(offset, len(octets))


@pytest.mark.parametrize(
    ("octets", "expected"),
    [
        (b"\0", "."),
        (name("example.net"), "example.net"),
        (name("MaIl.ExAmPlE.nEt"), "MaIl.ExAmPlE.nEt"),
        (name("_25._tcp.mail.example.net"), "_25._tcp.mail.example.net"),
        (b"\x03a.b\x03net\0", r"a\046b.net"),
        (b"\x03a\\b\x03net\0", r"a\092b.net"),
        (b"\x02a.\0", r"a\046"),
        (b"\x04 \n\x1b\x7f\0", r"\032\010\027\127"),
        (b"\x02\xc3\xa9\x03net\0", r"\195\169.net"),
        (b"\x01.\x01.\0", r"\046.\046"),
    ],
)
def test_text(octets: bytes, expected: str) -> None:
    """Text is printable ASCII, and names that differ have texts that differ."""
    assert (expected, HEADER_OCTETS + len(octets)) == read(HEAD + octets)
    assert (expected, HEADER_OCTETS + len(octets)) == read(HEAD + octets + b"trailing")


def test_pointers_share_suffixes() -> None:
    octets = HEAD + name("example.net") + b"\x04mail\xc0\x0c" + b"\xc0\x19" + b"\xc0\x14"
    names = Names(octets)

    assert ("example.net", 25) == names.read(12, len(octets))
    assert ("mail.example.net", 32) == names.read(25, len(octets))
    assert ("mail.example.net", 34) == names.read(32, len(octets))
    assert ("net", 36) == names.read(34, len(octets))


@pytest.mark.parametrize("order", [(12, 25, 32, 34), (34, 32, 25, 12), (32, 32, 34, 34)])
def test_what_was_read_before_changes_nothing(order: tuple[int, ...]) -> None:
    octets = HEAD + name("example.net") + b"\x04mail\xc0\x0c" + b"\xc0\x19" + b"\xc0\x14"
    names = Names(octets)

    assert [read(octets, at) for at in order] == [names.read(at, len(octets)) for at in order]


@pytest.mark.parametrize(
    ("octets", "offset", "expected"),
    [
        (b"", 12, "the rest of a name"),
        (b"\x03ne", 15, "the rest of a name"),
        (b"\x03net", 16, "the rest of a name"),
        (b"\xc0", 12, "a pointer of two octets"),
        (b"\xc0\x0c", 12, "a pointer to a prior name"),
        (b"\xc0\x0d\x00", 12, "a pointer to a prior name"),
        (b"\x01a\xc0\x0c", 14, "a pointer to a prior name"),
        (b"\x01a\xc0\x00", 14, "a pointer to a prior name"),
        (b"\x40a", 12, "a label or a pointer"),
        (b"\xbfa", 12, "a label or a pointer"),
    ],
)
def test_damage(octets: bytes, offset: int, expected: str) -> None:
    with pytest.raises(FormatError) as caught:
        read(HEAD + octets)

    assert expected == caught.value.expected
    assert min(offset, len(HEAD + octets)) == caught.value.offset


def test_two_pointers_at_each_other() -> None:
    with pytest.raises(FormatError):
        read(HEAD + b"\xc0\x0e\xc0\x0c", 14)


@pytest.mark.parametrize(("last", "whole"), [(61, True), (62, False)])
def test_name_has_at_most_255_octets(last: int, whole: bool) -> None:
    octets = b"".join(bytes([size]) + bytes([97]) * size for size in (63, 63, 63, last)) + b"\0"

    if whole:
        assert 255 == read(HEAD + octets)[1] - HEADER_OCTETS
        return
    with pytest.raises(FormatError, match="255"):
        read(HEAD + octets)


@pytest.mark.parametrize("remembered", [False, True])
def test_pointer_does_not_stretch_the_limit(remembered: bool) -> None:
    long = b"".join(bytes([63]) + bytes([97]) * 63 for _ in range(3)) + b"\0"
    octets = HEAD + long + b"\x3e" + bytes([98]) * 62 + b"\xc0\x0c"
    names = Names(octets)
    if remembered:
        names.read(HEADER_OCTETS, len(octets))

    with pytest.raises(FormatError, match="255"):
        names.read(HEADER_OCTETS + len(long), len(octets))


@pytest.mark.parametrize(("hops", "whole"), [(MAX_HOPS, True), (MAX_HOPS + 1, False)])
def test_hops_are_counted(hops: int, whole: bool) -> None:
    """The root at 12, a pointer to it at 13, to that one at 15, and so on."""
    targets = [HEADER_OCTETS, *range(HEADER_OCTETS + 1, HEADER_OCTETS + 2 * hops - 1, 2)]
    octets = HEAD + b"\0" + b"".join((0xC000 | target).to_bytes(2, "big") for target in targets)
    assert hops == len(targets)

    if whole:
        assert "." == read(octets, len(octets) - 2)[0]
        return
    with pytest.raises(FormatError, match="pointers"):
        read(octets, len(octets) - 2)


@given(LABELS)
def test_text_is_what_dnspython_writes_and_reads(labels: list[bytes]) -> None:
    """The text gives the labels back, by another reader of the same notation."""
    theirs = dns.name.Name([*labels, b""])
    octets = theirs.to_wire() or b""
    ours, end = read(HEAD + octets)

    assert ours == presentation(labels)
    assert HEADER_OCTETS + len(octets) == end
    assert theirs == dns.name.Name(_labels(ours))


@given(st.binary(max_size=400), st.integers(0, 400))
def test_any_octets_give_a_name_or_a_format_error(octets: bytes, offset: int) -> None:
    try:
        text, end = Names(octets).read(offset, len(octets))
    except FormatError:
        return
    assert offset < end <= len(octets)
    assert text.isascii()
    assert text.isprintable()


def _labels(text: str) -> list[bytes]:
    if text == ".":
        return [b""]
    return [*(_unescaped(label) for label in text.split(".")), b""]


def _unescaped(label: str) -> bytes:
    first, *rest = label.split("\\")
    return first.encode() + b"".join(bytes([int(x[:3])]) + x[3:].encode() for x in rest)
