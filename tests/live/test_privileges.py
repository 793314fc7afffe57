"""Giving up rights: seen from inside a process that did."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from wiretruth.live import privileges

DROPS = """
import os, sys
from pathlib import Path
from wiretruth.live import privileges
given = privileges.drop(sys.argv[1], [Path(sys.argv[2])], [Path(sys.argv[3])], owned=[Path(sys.argv[3])])
def may(do):
    try:
        do()
    except OSError:
        return False
    return True
status = Path("/proc/self/status")
print(given.user, given.confined, os.geteuid(), privileges.effective())
print(may(lambda: Path(sys.argv[2], "secret").read_text()), may(lambda: Path(sys.argv[3], "new").write_text("x")),
    may(lambda: Path(sys.argv[4], "secret").read_text()), may(lambda: Path(sys.argv[2], "new").write_text("x")))
"""
ROOT = pytest.mark.skipif(os.geteuid() != 0, reason="giving up root needs root")


@pytest.fixture
def folders() -> Iterator[list[Path]]:
    """Beside the folders of other tests, which are for root alone."""
    with tempfile.TemporaryDirectory() as above:
        Path(above).chmod(0o755)
        made = [Path(above, name) for name in ("readable", "writable", "other")]
        for folder in made:
            folder.mkdir()
            (folder / "secret").write_text("x")
        yield made


@pytest.mark.lab
@ROOT
def test_what_is_given_up_is_gone(folders: list[Path]) -> None:
    words = [sys.executable, "-c", DROPS, "nobody", *map(str, folders)]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    first, second = done.stdout.splitlines()
    confined = privileges.landlock_version() > 0

    assert ["nobody", str(confined), "65534", "0"] == first.split()
    assert ["True", "True", str(not confined), "False"] == second.split()


@pytest.mark.lab
@ROOT
def test_what_a_service_was_given_is_given_up_too(folders: list[Path]) -> None:
    words = ["setpriv", "--reuid=65534", "--clear-groups", "--inh-caps=+net_raw", "--ambient-caps=+net_raw"]
    report = (
        "from wiretruth.live import privileges as p; print(p.effective()); p.drop('x', [], []); print(p.effective())"
    )
    done = subprocess.run([*words, sys.executable, "-c", report], capture_output=True, text=True, check=True)
    del folders

    assert [str(1 << privileges.CAP_NET_RAW), "0"] == done.stdout.split()


@pytest.mark.lab
@ROOT
def test_an_unknown_user_is_refused() -> None:
    words = [sys.executable, "-c", DROPS, "no-such-user", "/tmp", "/tmp", "/tmp"]  # noqa: S108 - nothing is written
    done = subprocess.run(words, capture_output=True, text=True, check=False)

    assert "there is no such user" in done.stderr


def test_capabilities_are_known() -> None:
    assert (privileges.effective() >> privileges.CAP_NET_RAW & 1) in (0, 1)
    assert privileges.landlock_version() >= 0
    assert privileges.pwd_name()
