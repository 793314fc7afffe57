"""What the service manager is told, and what the journal is."""

import os
import socket
from pathlib import Path

from wiretruth.live.notify import Notify, is_journal


def test_the_service_manager_is_told(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.bind(str(tmp_path / "notify"))
        notify = Notify({"NOTIFY_SOCKET": str(tmp_path / "notify")})
        notify.ready("watching")
        notify.alive("12 packets")
        notify.stopping()

        told = [manager.recv(100) for _ in range(3)]

    assert [b"READY=1\nSTATUS=watching", b"WATCHDOG=1\nSTATUS=12 packets", b"STOPPING=1"] == told


def test_without_a_service_manager_nobody_is_told() -> None:
    Notify({}).ready("watching")


def test_one_that_is_gone_does_no_harm(tmp_path: Path) -> None:
    notify = Notify({"NOTIFY_SOCKET": str(tmp_path / "none")})
    notify.ready("watching")
    notify.alive("")
    notify.stopping()
    notify.alive("")


def test_the_journal_is_known(tmp_path: Path) -> None:
    with (tmp_path / "out").open("wb") as out:
        status = os.fstat(out.fileno())
        assert is_journal(out.fileno(), {"JOURNAL_STREAM": f"{status.st_dev}:{status.st_ino}"})
        assert not is_journal(out.fileno(), {"JOURNAL_STREAM": "1:2"})
        assert not is_journal(out.fileno(), {})
