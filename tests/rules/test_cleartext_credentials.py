"""Passwords in clear text: what was sent, and what was not; never the secret."""

from collections.abc import Callable

import pytest

from tests.rules.packets import ACK, PSH
from tests.rules.scene import Scene, finding, findings, frames_of, grade
from tests.rules.session import Session, inbound

CODE = "cleartext-credentials"
SECRET = "AGFsaWNlAHNlY3JldA=="  # noqa: S105 - what must not be shown


def logged_in(scene: Scene) -> int:
    session = Session(scene, server_port=587).connect().greeted()
    frame = session.says(f"AUTH PLAIN {SECRET}")
    session.hears("235 2.7.0 welcome")
    session.quit()
    return frame


def test_auth_without_tls_is_critical_and_keeps_the_secret() -> None:
    scene = Scene()
    frame = logged_in(scene)

    found = finding(scene, CODE)

    assert grade(found) == ("critical", "likely")
    assert found.summary == "10.10.0.5 sent credentials (AUTH PLAIN) to 198.51.100.10:587 without TLS"
    assert [frame] == frames_of(found)
    assert SECRET not in repr(scene.report())


def test_told_once_a_client_and_server() -> None:
    scene = Scene()
    for _ in range(3):
        logged_in(scene)

    assert 1 == len(findings(scene, CODE))


def test_a_wrong_password_crossed_the_wire_as_well() -> None:
    scene = Scene()
    session = Session(scene, server_port=587).connect().greeted()
    session.asks("AUTH LOGIN", "334 VXNlcm5hbWU6")
    session.asks("YWxpY2U=", "334 UGFzc3dvcmQ6")
    session.asks("c2VjcmV0", "535 5.7.8 no")

    assert grade(finding(scene, CODE)) == ("critical", "likely")


def test_only_possible_where_plain_was_refused_at_once() -> None:
    scene = Scene()
    session = inbound(scene).connect().greeted("mta.corp.example")
    session.asks("AUTH PLAIN", "503 5.5.1 AUTH not available")

    assert grade(finding(scene, CODE)) == ("info", "possible")


def login_refused_at_once(scene: Scene) -> None:
    session = inbound(scene).connect().greeted("mta.corp.example")
    session.asks("AUTH LOGIN", "535 5.7.8 no")


def proves_without_telling(scene: Scene) -> None:
    session = Session(scene, server_port=587).connect().greeted()
    session.asks("AUTH CRAM-MD5", "334 PDE4OTYuNjk3MTcwOTUyQA==")
    session.asks("dGltIGI5MTNhNjAyYzdlZGE3YTQ5NWI0ZTZlNzMzNGQzODkw", "235 welcome")


def under_tls(scene: Scene) -> None:
    session = Session(scene, server_port=587).connect().greeted()
    session.asks("STARTTLS", "220 go ahead")
    session.send(True, PSH | ACK, b"\x16\x03\x01\x00\x40" + bytes(64))


def on_the_host(scene: Scene) -> None:
    session = Session(scene, "127.0.0.1", 587, client_address="127.0.0.1").connect().greeted()
    session.asks(f"AUTH PLAIN {SECRET}", "235 welcome")


@pytest.mark.parametrize("innocent", [login_refused_at_once, proves_without_telling, under_tls, on_the_host])
def test_silent_on(innocent: Callable[[Scene], None]) -> None:
    scene = Scene()
    innocent(scene)

    assert [] == findings(scene, CODE)
