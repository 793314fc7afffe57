from wiretruth.model.packet import Unread
from wiretruth.wire.tunnels.esp import decode


def test_what_is_encrypted_is_named() -> None:
    assert Unread("ESP") == decode(b"\0\0\0\1secret", 0)
