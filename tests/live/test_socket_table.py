"""The host's socket table: sockets to mail ports are remembered, others are not."""

from pathlib import Path

import pytest

from wiretruth.live import socket_table
from wiretruth.live.socket_table import SocketTable

HEAD = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n"
MAIL = "   1: 0500000A:9C41 0A6433C6:0019 01 00000000:00000000 00:00000000 00000000   101        0 1234 1\n"
WEB = "   2: 0500000A:9C42 0A6433C6:01BB 01 00000000:00000000 00:00000000 00000000   101        0 1235 1\n"


def test_sockets_of_mail_are_remembered_after_they_are_gone(tmp_path: Path) -> None:
    path = tmp_path / "tcp"
    path.write_text(HEAD + MAIL + WEB)
    table = SocketTable((path, tmp_path / "none"))
    assert 1 == table.look()
    path.write_text(HEAD)
    assert 0 == table.look()

    assert (MAIL.rstrip("\n").encode(),) == table.lines()


def test_the_table_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket_table, "MAX_SOCKETS", 1)
    path = tmp_path / "tcp"
    path.write_text(HEAD + MAIL + MAIL.replace("9C41", "9C43"))
    table = SocketTable((path,))
    assert 2 == table.look()
    assert (1, 1) == (len(table.lines()), table.forgotten)
