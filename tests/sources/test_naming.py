"""What an argument names: a file, a pattern, a directory."""

from pathlib import Path

import pytest

from tests.cli import captures
from wiretruth.errors import InputError
from wiretruth.sources.naming import files, named


@pytest.fixture
def top(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("b.pcap", "a.pcap", "x=[1].pcap"):
        captures.write(tmp_path / name)
    (tmp_path / "new.pcap").touch()
    (tmp_path / "notes.txt").write_text("not a capture\n")
    (tmp_path / ".hidden.pcap").write_bytes(captures.pcap())
    (tmp_path / "none").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("-", ("-",)),
        ("a.pcap", ("a.pcap",)),
        ("?.pcap", ("a.pcap", "b.pcap")),
        ("[ab].*", ("a.pcap", "b.pcap")),
        (".", ("./a.pcap", "./b.pcap", "./x=[1].pcap")),
        ("n*.pcap", ("new.pcap",)),
        ("*e*.pcap", ("new.pcap",)),
        ("absent.pcap", ("absent.pcap",)),
        ("x=[1].pcap", ("x=[1].pcap",)),
    ],
)
def test_files_behind_a_path(path: str, found: tuple[str, ...], top: Path) -> None:
    """In a directory, what is no capture is passed over; so is, in both, what nobody has written to yet."""
    assert top.is_dir()
    assert found == files(path)


@pytest.mark.usefixtures("top")
def test_label_is_of_all_files() -> None:
    assert [("lan", "a.pcap", True), ("lan", "b.pcap", True)] == [
        (one.argument.label, one.argument.path, one.labelled) for one in named("lan=?.pcap")
    ]
    assert [("a", "a.pcap", False), ("b", "b.pcap", False)] == [
        (one.argument.label, one.argument.path, one.labelled) for one in named("?.pcap")
    ]


@pytest.mark.usefixtures("top")
@pytest.mark.parametrize(
    ("path", "problem"), [("q*.pcap", "matches no file"), ("none", "holds no capture"), ("lan=", "label without")]
)
def test_nothing_named(path: str, problem: str) -> None:
    with pytest.raises(InputError, match=problem):
        named(path)
