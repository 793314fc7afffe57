"""What the host says of itself, and that a kernel which says little is believed to have little."""

import os
from pathlib import Path

import pytest

from wiretruth.sources import host_state
from wiretruth.sources.host_state import clock, interfaces, parts
from wiretruth.sources.host_table import CTNETLINK, LEGACY_4, LEGACY_6, NF_TABLES, NFT_4, NFT_6, TCP_DIAG


def proc(top: Path, kallsyms: str = "", names4: str = "", names6: str = "") -> Path:
    (top / "net").mkdir()
    (top / "kallsyms").write_text(kallsyms)
    (top / "net/ip_tables_names").write_text(names4)
    (top / "net/ip6_tables_names").write_text(names6)
    return top


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (("",), set()),
        (("0000000000000000 t ctnetlink_dump_table\n",), {CTNETLINK}),
        (("0000000000000000 t tcp_diag_dump\t[tcp_diag]\n",), {TCP_DIAG}),
        (("0000000000000000 t my_tcp_diag_dump\n",), set()),
        (("", "nat\nfilter\n"), {LEGACY_4}),
        (("", "", "filter\n"), {LEGACY_6}),
    ],
)
def test_parts_of_the_kernel(tmp_path: Path, files: tuple[str, ...], expected: set[str]) -> None:
    assert expected == parts(proc(tmp_path, *files))


def test_kernel_that_says_nothing(tmp_path: Path) -> None:
    assert frozenset() == parts(tmp_path / "none")


@pytest.mark.parametrize(
    ("tables", "expected"),
    [
        ("", set()),
        ("table ip nat\ntable inet guard", {NFT_4}),
        ("table ip6 filter", {NFT_6}),
        ("table ip nat\ntable ip6 nat", {NFT_4, NFT_6}),
    ],
)
def test_tables_of_nft(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tables: str, expected: set[str]) -> None:
    (tmp_path / "nft").write_text(f"#!/bin/sh\necho '{tables}'\n")
    (tmp_path / "nft").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")

    assert expected | {NF_TABLES} == parts(proc(tmp_path, "0 T nf_tables_newtable\n"))


def test_without_nft_there_may_be_any_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(host_state, "located", lambda _program: None)

    assert {NF_TABLES, NFT_4, NFT_6} == parts(proc(tmp_path, "0 T nf_tables_newtable\n"))


def test_interfaces(tmp_path: Path) -> None:
    for name in ("lo", "eth0"):
        (tmp_path / name).mkdir()

    assert ["eth0", "lo"] == interfaces(tmp_path)
    assert [] == interfaces(tmp_path / "none")


def test_clock_is_asked_without_being_set() -> None:
    """The kernel bounds its error, by 16 seconds at most (linux/timex.h, NTP_PHASE_LIMIT)."""
    told = clock()

    assert told is None or 0 <= told.greatest_error <= 16_000_000
