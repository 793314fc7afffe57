"""Whether a host is fit: every remark says what, and every fault what to do."""

import socket
import sys

import pytest

from wiretruth.live import fitness
from wiretruth.live.fitness import BAD, GOOD, NOTE, checks


def test_everything_is_looked_at() -> None:
    found = list(checks(("lo",)))
    words = " ".join(one.what for one in found)

    for part in ("Linux", "CAP_NET_RAW", "lo is", "tcpdump", "conntrack", "tracks", "Landlock", "memory", "clock"):
        assert part in words
    assert {one.state for one in found} <= {GOOD, NOTE, BAD}


def test_what_is_missing_has_a_remedy() -> None:
    found = {one.what: one for one in checks(("none0",))}["there is no interface none0"]

    assert (BAD, True) == (found.state, "lo" in found.remedy)


def test_without_the_right_the_command_that_gives_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_words: object) -> socket.socket:
        raise PermissionError

    monkeypatch.setattr(socket, "socket", refused)
    found = fitness._packets()

    assert BAD == found.state
    assert "setcap cap_net_raw+ep" in found.remedy


def test_another_system_is_told_how_to_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")

    assert "wiretruth read -" in fitness._system().remedy


def test_joined_segments_are_remarked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fitness, "_asked", lambda _interface, what: int(what == fitness._GET_GRO))

    assert "ethtool -K lan0 gro off" in fitness._offloads("lan0").remedy
    assert NOTE == fitness._offloads("lan0").state


def test_a_driver_that_says_nothing_is_believed() -> None:
    assert 0 == fitness._asked("none0", fitness._GET_GRO)
