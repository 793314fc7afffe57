"""Capture files and pipes as batches."""

import bz2
import errno
import gzip
import io
import itertools
import json
import lzma
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import lz4.frame
import pytest
import zstandard

from tests.capture.forge import Row, expected_rows, pcap, pcapng, rows_of
from wiretruth.errors import InputError
from wiretruth.sources.files import CaptureSource

ZSTD = zstandard.ZstdCompressor().compress


def read(source: CaptureSource) -> list[Row]:
    return list(itertools.chain.from_iterable(map(rows_of, source.batches())))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "capture"


@pytest.mark.parametrize(
    ("octets", "name"),
    [
        (pcap(), "pcap"),
        (pcap(">"), "pcap"),
        (pcapng(), "pcapng"),
        (gzip.compress(pcap()), "pcap+gzip"),
        (gzip.compress(pcapng(">")), "pcapng+gzip"),
        (b"".join(gzip.compress(bytes((octet,))) for octet in pcap()), "pcap+gzip"),
        (ZSTD(pcap()), "pcap+zstd"),
        (ZSTD(pcapng()), "pcapng+zstd"),
        (lzma.compress(pcap()) + bytes(4), "pcap+xz"),
        (bz2.compress(pcapng()), "pcapng+bzip2"),
        (lz4.frame.compress(pcap(">")), "pcap+lz4"),
    ],
)
@pytest.mark.parametrize("block", [1, 100, 1 << 20])
def test_reading(path: Path, octets: bytes, name: str, block: int) -> None:
    """Any block size gives the same frames, from a file as from a pipe."""
    path.write_bytes(octets)
    with CaptureSource(str(path), block) as source:
        total = source.total

        assert expected_rows() == read(source)
        assert (name, False, (), None) == (source.format, source.cut_off, source.faults, source.kernel_drops)
        assert len(octets) == total == source.octets_read
        assert [1] == [interface.link_type for interface in source.interfaces]


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(gzip.compress(pcap()))))
    source = CaptureSource("-")

    assert expected_rows() == read(source)
    assert ("pcap+gzip", None) == (source.format, source.total)


@pytest.mark.parametrize(
    ("octets", "message"),
    [
        (b"", "is empty: not even a file header was written; capture again"),
        (gzip.compress(b""), r"is empty \(inside gzip\)"),
        (gzip.compress(pcap())[:10], r"is damaged: end of input at octet 10 \(inside gzip\)"),
        (b"\x1f\x8bgarbage", r"is damaged: .* at octet \d+ \(inside gzip\)"),
        (gzip.compress(b"iptrace 2.0"), r"AIX iptrace.* \(inside gzip\); decompress it first, then convert it"),
        (gzip.compress(gzip.compress(pcap())), r"is no capture.* \(inside gzip\)"),
        (b"nothing\n", "is text, not a capture; capture with tcpdump -w FILE"),
        (b"\xd4\xc3", "is no capture"),
        (b"\x5d\0\0\x80\0\0\0\0", "xz -dc .*capture | wiretruth read -"),
    ],
)
def test_what_is_no_capture(path: Path, octets: bytes, message: str) -> None:
    """One line that names the file, what it is, and what to do."""
    path.write_bytes(octets)
    with pytest.raises(InputError, match=message) as caught:
        CaptureSource(str(path))
    assert str(caught.value).startswith(str(path))
    assert 1 == len(str(caught.value).splitlines())


def test_missing_package_is_named(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "zstandard", None)
    path.write_bytes(ZSTD(pcap()))
    with pytest.raises(InputError, match=re.escape("pip install 'wiretruth[zstd]'")):
        CaptureSource(str(path))


@pytest.mark.parametrize("octets", [pcap(), gzip.compress(pcap()), ZSTD(pcap()[:60]) + ZSTD(pcap()[60:])])
def test_cut_off(path: Path, octets: bytes) -> None:
    """Read to the last whole packet, and told."""
    path.write_bytes(octets[:-3])
    source = CaptureSource(str(path))
    rows = read(source)

    assert expected_rows()[: len(rows)] == rows
    assert source.cut_off
    assert source.faults


def test_damage_ends_the_reading(path: Path) -> None:
    path.write_bytes(pcap() + b"\xff" * 16 + pcap())
    source = CaptureSource(str(path))

    assert expected_rows() == read(source)
    assert ["pcap record header"] == [fault.where for fault in source.faults]
    assert not source.cut_off


def test_device_error_in_the_middle(monkeypatch: pytest.MonkeyPatch) -> None:
    """The frames before it are kept and the cut is told."""

    class Failing(io.BytesIO):
        def readinto1(self, room: memoryview, /) -> int:  # type: ignore[override]  # typeshed wants any buffer
            if count := super().readinto1(room):
                return count
            raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(Failing(pcap()[:-3])))
    source = CaptureSource("-", 48)

    assert expected_rows()[:-1] == read(source)
    assert ["input", "pcap record"] == [fault.where for fault in source.faults]
    assert source.cut_off


def test_batches_come_before_the_pipe_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    """``tcpdump -U -w - | wiretruth read -``: each packet is seen when it was written."""
    octets = pcap()
    writes = iter([octets[:24], octets[24:52], octets[52:60], octets[60:]])
    done: list[int] = []

    class Pipe(io.BytesIO):
        def readinto1(self, room: memoryview, /) -> int:  # type: ignore[override]  # typeshed wants any buffer
            piece = next(writes, b"")
            done.append(len(piece))
            room[: len(piece)] = piece
            return len(piece)

    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(Pipe()))
    seen = [(len(done), batch.first_number, len(batch)) for batch in CaptureSource("-").batches()]

    assert [(2, 1, 1), (4, 2, 1), (4, 3, 2)] == seen


UNLIKE_TSHARK = {
    "pcapplusplus/Fuzzers__RegressionTests__regression_samples__igmplayer": "tshark takes it for an old variant",
    "tcpdump/timestamp_invalid_micro.pcap": "a fraction of a second that overflows 32 bits in tshark",
}


def corpus(shared: Path) -> Iterator[tuple[str, Path, dict[str, str | int | None]]]:
    """Each capture that tshark could read, with what it says of the frames."""
    for oracle in sorted((shared / "corpus/oracle").rglob("*.json*")):
        name = str(oracle.relative_to(shared / "corpus/oracle")).removesuffix(".gz").removesuffix(".json")
        octets = oracle.read_bytes()
        answers = json.loads(gzip.decompress(octets) if oracle.suffix == ".gz" else octets)
        if answers["status"] in {"ok", "cut-short"} and name not in UNLIKE_TSHARK:
            yield name, shared / "corpus" / name, answers["frames"]


def nanoseconds(text: str | int | None) -> int | None:
    """Read tshark's time; nothing for a frame without one, and for a fraction that is none."""
    match = re.fullmatch(r"(\d+)\.(\d{9})", str(text or ""))
    return int(match[1]) * 10**9 + int(match[2]) if match else None


def agrees(name: str, told: int | None, time: int) -> bool:
    """Compare times; in fuzzed files tshark keeps a huge fraction of a second modulo 32 bits."""
    return told is None or told == time or ("Fuzzers__" in name and (told - time) % 2**32 == 0)


@pytest.mark.shared
def test_corpus_agrees_with_tshark(shared: Path) -> None:
    """Number of frames, first and last time, for every capture whose format is read."""
    compared, unread = 0, []
    for name, path, frames in corpus(shared):
        try:
            source = CaptureSource(str(path))
        except InputError:
            unread.append(name)
            continue
        rows = read(source)
        compared += 1
        assert (name, frames["read"]) == (name, source._feed._number - 1)
        if any(fault.expected.startswith("a timestamp") for fault in source.faults):
            continue
        for row, time in ((rows[:1], frames["first"]), (rows[-1:], frames["last"])):
            assert [] == [(name, time, r.time) for r in row if not agrees(name, nanoseconds(time), r.time)]
    assert compared > 1700
    assert len(unread) < 10


@pytest.mark.shared
def test_corpus_raises_nothing_but_input_errors(shared: Path) -> None:
    """Whatever a file holds, it is read as far as it goes, or refused in one line."""
    refused = []
    for path in sorted((shared / "corpus").rglob("*")):
        if path.is_file() and path.parent.name != "LICENSES" and "oracle" not in path.parts:
            try:
                read(CaptureSource(str(path), 4096))
            except InputError as error:
                refused.append(str(error))
    assert refused
    assert [] == [line for line in refused if not line.isprintable()]
