"""The folder and its manifest: private, whole, and read with distrust."""

import hashlib
import json
import stat
from pathlib import Path
from typing import Any

import pytest

from wiretruth.errors import InputError, WiretruthError
from wiretruth.sources import collection
from wiretruth.sources.collection import create, entry, read, utc, write
from wiretruth.sources.host_table import Item
from wiretruth.sources.programs import Ran

ITEM = Item("ss.txt", ("ss", "-tnpe"), option="sockets", unless="other.txt")
BEGUN = 1_800_000_000_123_456_789

WRONG_KINDS = json.dumps(
    {
        "schema": collection.SCHEMA,
        "host": "x",
        "entries": [dict.fromkeys(collection.Entry.__dataclass_fields__, 1)],
    }
).encode()
"""Every name is there, and no value is of its kind."""


def made(tmp_path: Path, text: str | None, status: int | None = 0) -> collection.Entry:
    (tmp_path / "after").mkdir()
    if text is not None:
        (tmp_path / "after/ss.txt").write_text(text)
    return entry(tmp_path, ITEM, "after", Ran(status, "", BEGUN, BEGUN))


def test_entry_describes_its_file(tmp_path: Path) -> None:
    one = made(tmp_path, "State\n")

    assert ("after/ss.txt", "ss -tnpe", "sockets", "after/other.txt", 0) == (
        one.file, one.source, one.option, one.unless, one.status,
    )  # fmt: skip
    assert (6, hashlib.sha256(b"State\n").hexdigest()) == (one.octets, one.sha256)
    assert "2027-01-15T08:00:00.123456789Z" == one.begun


@pytest.mark.parametrize(
    ("text", "status", "kept"), [("", 1, False), ("", 0, True), ("half", 1, True), (None, None, False)]
)
def test_only_an_empty_file_of_a_failure_is_taken_away(
    tmp_path: Path, text: str | None, status: int | None, kept: bool
) -> None:
    one = made(tmp_path, text, status)

    assert kept == bool(one.file) == (tmp_path / "after/ss.txt").exists()
    assert (status == 0) == one.gathered


def test_folder_is_for_its_owner(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir(mode=0o755)
    for name in ("there", "new"):
        create(tmp_path / name)
        assert 0o700 == stat.S_IMODE((tmp_path / name).stat().st_mode)


def test_folder_that_cannot_be_used(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "full").mkdir()
    (tmp_path / "full/old").mkdir()
    for name, problem in (("file", "is a file"), ("full", "is not empty"), ("no/such", "cannot be made: No such file")):
        with pytest.raises(WiretruthError, match=problem):
            create(tmp_path / name)


def test_manifest_read_is_the_manifest_written(tmp_path: Path) -> None:
    one = made(tmp_path, "State\n")
    write(tmp_path, {"host": "mx1"}, [one])

    assert ("mx1", [one]) == read(tmp_path)
    assert 0o600 == stat.S_IMODE((tmp_path / "manifest.json").stat().st_mode)


@pytest.mark.parametrize("name", ["/etc/passwd", "../other/ss.txt", "after/../../x", ""])
def test_manifest_names_no_file_outside_its_folder(tmp_path: Path, name: str) -> None:
    whole: dict[str, Any] = dict.fromkeys(collection.Entry.__dataclass_fields__, "") | {"file": name}
    told = {"schema": collection.SCHEMA, "host": "mx1", "entries": [whole]}
    (tmp_path / "manifest.json").write_text(json.dumps(told))

    assert ("mx1", []) == read(tmp_path)


@pytest.mark.parametrize(
    "octets",
    [
        b"", b"\xff\xfe", b"{", b"[]", b"null", b'"x"', b"{}", b"[" * 100_000, b'{"schema": "wiretruth.report/1"}',
        b'{"schema": "wiretruth.collection/1", "host": "x", "entries": 3}',
        b'{"schema": "wiretruth.collection/1", "host": "x", "entries": [{"file": "a"}]}',
        WRONG_KINDS,
    ],
)  # fmt: skip
def test_damaged_manifest_is_an_error_of_the_input(tmp_path: Path, octets: bytes) -> None:
    (tmp_path / "manifest.json").write_bytes(octets)
    with pytest.raises(InputError, match=r"is no manifest of wiretruth\.collection/1"):
        read(tmp_path)


def test_moment() -> None:
    assert "1970-01-01T00:00:01.000000002Z" == utc(1_000_000_002)
