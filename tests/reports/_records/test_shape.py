"""Times and text as JSON readers accept them."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiretruth.reports._records.shape import encoded, optional, when


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (0, "1970-01-01T00:00:00.000000000Z"),
        (1_795_199_383_289_123_456, "2026-11-20T18:29:43.289123456Z"),
        (-1, "1969-12-31T23:59:59.999999999Z"),
    ],
)
def test_when(at: int, expected: str) -> None:
    assert expected == when(at)


@given(st.integers())
def test_every_moment_can_be_written(at: int) -> None:
    assert len("1970-01-01T00:00:00.000000000Z") == len(when(at))


def test_unknown_moment_is_null() -> None:
    assert optional(None) is None
    assert when(0) == optional(0)


@given(st.dictionaries(st.text(), st.text() | st.integers() | st.none()))
def test_what_is_written_reads_back(record: dict[str, str | int | None]) -> None:
    assert record == json.loads(encoded(record))


@given(st.text(st.characters(categories=["Cs", "Lu", "Cc"])))
def test_always_utf8(text: str) -> None:
    """A file name that is not UTF-8 comes as lone surrogates; the document must still be UTF-8 and JSON."""
    octets = encoded({"path": text}).encode("utf-8")

    assert isinstance(json.loads(octets)["path"], str)
    assert b"\n" not in octets


def test_an_undecodable_file_name_shows_its_octet() -> None:
    assert r"caf\xe9.pcap" == json.loads(encoded("caf\udce9.pcap"))
