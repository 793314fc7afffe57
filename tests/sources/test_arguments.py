"""Inputs as the user names them."""

from pathlib import Path

import pytest

from wiretruth.errors import InputError
from wiretruth.sources.arguments import InputArgument, default_label, parse_argument, parse_arguments


@pytest.mark.parametrize(
    ("argument", "label", "path"),
    [
        ("lan=gw-lan.pcap", "lan", "gw-lan.pcap"),
        ("gw-lan.pcap", "gw-lan", "gw-lan.pcap"),
        ("lan=-", "lan", "-"),
        ("-", "stdin", "-"),
        ("lan=a=b.pcap", "lan", "a=b.pcap"),
        ("lan=/x/y.pcap", "lan", "/x/y.pcap"),
        ("/x/day=1/y.pcap", "y", "/x/day=1/y.pcap"),
        ("=y.pcap", "=y", "=y.pcap"),
    ],
)
def test_argument(argument: str, label: str, path: str) -> None:
    assert InputArgument(label, path) == parse_argument(argument)


def test_existing_path_with_an_equals_sign_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "lan=gw.pcap").touch()

    assert InputArgument("lan=gw", "lan=gw.pcap") == parse_argument("lan=gw.pcap")


def test_label_without_a_path_is_refused() -> None:
    with pytest.raises(InputError, match="is a label without a path; write lan=FILE"):
        parse_argument("lan=")


@pytest.mark.parametrize(
    ("path", "label"),
    [
        ("a.pcap", "a"),
        ("/x/a.pcapng.gz", "a"),
        ("a.cap.zst", "a"),
        ("a.b.pcap", "a.b"),
        ("a.pcap1", "a.pcap1"),
        ("a.log", "a.log"),
        (".pcap", ".pcap"),
        ("x/..", ".."),
        ("/", "/"),
    ],
)
def test_default_label(path: str, label: str) -> None:
    assert label == default_label(path)


@pytest.mark.parametrize(
    ("arguments", "labels"),
    [
        ((), ()),
        (("a.pcap", "b.pcap"), ("a", "b")),
        (("x/a.pcap", "y/a.pcap", "z/a.cap"), ("a", "a-2", "a-3")),
        (("lan=x", "lan=y"), ("lan", "lan-2")),
        (("a.pcap", "a.cap", "a-2.pcap"), ("a", "a-3", "a-2")),
        (("a-2.pcap", "a.pcap", "a.cap"), ("a-2", "a", "a-3")),
    ],
)
def test_labels_that_collide_are_told_apart(arguments: tuple[str, ...], labels: tuple[str, ...]) -> None:
    assert labels == tuple(a.label for a in parse_arguments(arguments))
