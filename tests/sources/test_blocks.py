"""Octets from files and pipes."""

import errno
import io
import os
import sys
from pathlib import Path

import pytest

from wiretruth.errors import InputError
from wiretruth.model.frames import Fault
from wiretruth.sources.blocks import BlockReader


class Failing(io.RawIOBase):
    """Gives its octets, then fails like a bad disk."""

    def __init__(self, octets: bytes) -> None:
        self._octets = octets

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]  # typeshed wants any buffer
        if not self._octets:
            raise OSError(errno.EIO, "Input/output error")
        count = min(len(self._octets), len(buffer))
        buffer[:count], self._octets = self._octets[:count], self._octets[count:]
        return count


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def standard_input(monkeypatch: pytest.MonkeyPatch, raw: io.RawIOBase) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(raw)))


def test_file_in_blocks(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"0123456789")
    with BlockReader(str(path), 4) as reader:
        blocks = [bytes(reader.read()) for _ in range(4)]

        assert [b"0123", b"4567", b"89", b""] == blocks
        assert (10, 10) == (reader.octets_read, reader.total)


def test_pipe_hands_on_what_it_has(monkeypatch: pytest.MonkeyPatch) -> None:
    """A block is not waited for until it is full: packets of a live capture come as they are written."""
    out, into = os.pipe()
    with os.fdopen(out, "rb", buffering=0) as raw, os.fdopen(into, "wb", buffering=0) as writer:
        standard_input(monkeypatch, raw)
        reader = BlockReader("-")
        writer.write(b"abc")
        assert b"abc" == bytes(reader.read())
        writer.write(b"defgh")
        assert b"defgh" == bytes(reader.read(4))
        assert reader.total is None


def test_least_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    out, into = os.pipe()
    with os.fdopen(out, "rb", buffering=0) as raw:
        standard_input(monkeypatch, raw)
        os.write(into, b"ab")
        os.close(into)

        assert b"ab" == bytes(BlockReader("-").read(8))


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("missing", "does not exist; check"),
        ("", "is a directory; name the captures in it"),
        ("a\0b", "cannot be opened"),
    ],
)
def test_what_cannot_be_opened(tmp_path: Path, name: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        BlockReader(f"{tmp_path}/{name}")


def test_no_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_arguments: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr("builtins.open", refuse)
    with pytest.raises(InputError, match="may not be read by this user; run as its owner or copy it"):
        BlockReader(str(tmp_path / "file"))


def test_terminal_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal())
    with pytest.raises(InputError, match="is a terminal; pipe a capture into it: tcpdump -U -w -"):
        BlockReader("-")


def test_closed_standard_input_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(InputError, match="standard input is closed"):
        BlockReader("-")


def test_device_error_at_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    standard_input(monkeypatch, Failing(b""))
    with pytest.raises(InputError, match="cannot be read: Input/output error"):
        BlockReader("-").read()


def test_device_error_in_the_middle_keeps_what_was_read(monkeypatch: pytest.MonkeyPatch) -> None:
    standard_input(monkeypatch, Failing(b"abcdef"))
    reader = BlockReader("-", 4)

    assert [b"abcd", b"ef", b"", b""] == [bytes(reader.read()) for _ in range(4)]
    assert Fault("input", 6, "more octets", "Input/output error") == reader.fault


def test_what_cannot_be_opened_is_named_once(tmp_path: Path) -> None:
    (tmp_path / "mail.pcap").touch()
    beyond = str(tmp_path / "mail.pcap" / "x")

    with pytest.raises(InputError) as caught:
        BlockReader(beyond)

    assert f"{beyond}: cannot be opened: Not a directory" == str(caught.value)
