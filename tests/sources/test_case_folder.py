"""A case on disk."""

import json
from pathlib import Path

import pytest

from wiretruth.errors import InputError, WiretruthError
from wiretruth.sources import case_folder
from wiretruth.sources.case_folder import Claim, Manifest, Slice, Source

SLICE = Slice("capture", "lan", "lan.pcapng", "", (Source("lan.pcap", 3, "ab"),), 9, (1, 5))


def case(folder: Path, **changes: object) -> Manifest:
    case_folder.create(folder, force=False)
    sha256 = case_folder.write(folder, "lan.pcapng", b"octets")
    slices = (
        Slice(**{**{name: getattr(SLICE, name) for name in Slice.__dataclass_fields__}, "sha256": sha256, **changes}),
    )
    claims = (Claim("12", "null-mx", None, "every packet", None),)
    manifest = Manifest("0.1.0", "x", masked=False, content=True, log_timezone="", slices=slices, claims=claims)
    case_folder.write_manifest(folder, manifest)
    return manifest


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    assert case(tmp_path / "c") == case_folder.read(tmp_path / "c")


def test_only_its_owner_may_read_it(tmp_path: Path) -> None:
    case(tmp_path / "c")

    assert {0o700, 0o600} == {p.stat().st_mode & 0o777 for p in (tmp_path / "c", *(tmp_path / "c").iterdir())}


def test_files_that_differ_are_named(tmp_path: Path) -> None:
    manifest = case(tmp_path / "c")
    assert [] == list(case_folder.changed(tmp_path / "c", manifest))
    (tmp_path / "c/lan.pcapng").write_bytes(b"others")
    assert ["lan.pcapng is not the file that the manifest names: its SHA-256 differs"] == list(
        case_folder.changed(tmp_path / "c", manifest)
    )
    (tmp_path / "c/lan.pcapng").unlink()
    assert ["lan.pcapng is missing"] == list(case_folder.changed(tmp_path / "c", manifest))


@pytest.mark.parametrize("name", ["../lan.pcapng", "/etc/passwd", "a/b", ".hidden", "", 7])
def test_a_case_names_its_own_files_only(tmp_path: Path, name: object) -> None:
    case(tmp_path / "c", file=name)

    with pytest.raises(InputError, match="is no manifest"):
        case_folder.read(tmp_path / "c")


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"schema": "other"}', '{"schema": "wiretruth.case/1", "slices": 3}', "[" * 9999]
)
def test_what_is_no_manifest(tmp_path: Path, text: str) -> None:
    (tmp_path / case_folder.MANIFEST).write_text(text)

    with pytest.raises(InputError):
        case_folder.read(tmp_path)


def test_no_folder(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="name the folder that wiretruth evidence made"):
        case_folder.read(tmp_path / "c")


def test_a_case_gives_way_only_by_force(tmp_path: Path) -> None:
    case(tmp_path / "c")
    with pytest.raises(WiretruthError, match="--force"):
        case_folder.create(tmp_path / "c", force=False)
    case_folder.create(tmp_path / "c", force=True)

    assert [] == list((tmp_path / "c").iterdir())


def test_nothing_else_ever_gives_way(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").touch()
    with pytest.raises(WiretruthError):
        case_folder.create(tmp_path, force=True)
    case(tmp_path / "c")
    (tmp_path / "c/letter.txt").touch()
    with pytest.raises(WiretruthError, match=r"letter\.txt"):
        case_folder.create(tmp_path / "c", force=True)
    with pytest.raises(WiretruthError, match="is a file"):
        case_folder.create(tmp_path / "letter.txt", force=True)

    assert (tmp_path / "letter.txt").exists()


def test_names_of_files() -> None:
    used: set[str] = set()
    names = [case_folder.file_name(label, ".pcapng", used) for label in ("lan", "lan", "a/../b", "", "x" * 300)]

    assert ["lan.pcapng", "lan-2.pcapng", "a_.._b.pcapng", "input.pcapng", "x" * 80 + ".pcapng"] == names


def test_documents(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps({"findings": []}))

    assert {"findings": []} == case_folder.document(tmp_path, "a.json")
    assert case_folder.source(str(tmp_path / "a.json"), "b").sha256 == case_folder.digest(tmp_path / "a.json")
