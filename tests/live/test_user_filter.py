"""The user's own filter, compiled by tcpdump."""

import shutil

import pytest

from tests.live.machine import Seen, run
from wiretruth.errors import WiretruthError
from wiretruth.live import user_filter
from wiretruth.live.user_filter import compiled

NEEDED = pytest.mark.skipif(shutil.which("tcpdump") is None, reason="tcpdump is not installed")
IPV4 = bytes.fromhex("4500002800010000400600000a0a0005c633640a") + bytes([0x9C, 0x40, 0, 25]) + bytes(16)


@NEEDED
def test_it_is_compiled_for_both_kinds_of_hardware() -> None:
    inner, raw = compiled("tcp port 25")

    assert run(inner, Seen(bytes(12) + b"\x08\0" + IPV4)) > 0
    assert run(raw, Seen(IPV4)) > 0
    assert run(inner, Seen(bytes(12) + b"\x08\0" + IPV4.replace(bytes([0, 25]), bytes([1, 187])))) == 0


def test_an_empty_one_takes_everything() -> None:
    assert run(compiled(" ")[0], Seen(b"")) > 0


@NEEDED
def test_what_tcpdump_does_not_understand_is_told_in_its_words() -> None:
    with pytest.raises(WiretruthError, match=r"--filter: .*syntax error"):
        compiled("prot 25")


def test_without_tcpdump_one_line_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(user_filter, "_SEARCHED", "")
    with pytest.raises(WiretruthError, match="apt-get install tcpdump"):
        compiled("port 25")
