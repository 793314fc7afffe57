"""The network carries, and the mail program does not answer."""

from collections.abc import Callable

import pytest

from tests.rules.packets import ACK, FIN, PSH
from tests.rules.scene import MX1, Scene, finding, findings, frames_of, grade, loud
from tests.rules.session import Session

CODE = "server-silent"


def test_no_greeting_until_the_client_gives_up() -> None:
    scene = Scene()
    scene.example_net()
    session = Session(scene).connect()
    scene.wait(30)
    session.close(server_first=False)

    found = finding(scene, CODE)

    assert grade(found) == ("warning", "likely")
    assert found.summary == (
        "mail1.example.net [198.51.100.10]:25 accepted the connection and never sent its greeting (banner): "
        "the client gave up after 30.0 s"
    )
    assert [7, 8] == frames_of(found)


@pytest.mark.parametrize(
    ("command", "step"), [("MAIL FROM:<alice@corp.example>", "MAIL"), ("DATA", "DATA"), ("STARTTLS", "STARTTLS")]
)
def test_the_step_is_named(command: str, step: str) -> None:
    scene = Scene()
    scene.example_net()
    session = Session(scene).connect().greeted()
    if command == "DATA":
        session.envelope()
    session.says(command)
    scene.wait(300)
    session.close(server_first=False)

    assert f"accepted the client's {step} and never replied ({step})" in finding(scene, CODE).summary


def test_a_server_that_closes_without_a_word() -> None:
    scene = Scene()
    Session(scene).connect().close()

    assert "never sent its greeting (banner): the server closed the connection" in finding(scene, CODE).summary


def capture_ends(scene: Scene) -> None:
    session = Session(scene).connect().greeted()
    session.says("MAIL FROM:<alice@corp.example>")
    scene.wait(30)
    scene.told("example.org", "A", MX1)


def impatient_monitor(scene: Scene) -> None:
    session = Session(scene).connect()
    scene.wait(5)
    session.close(server_first=False)


def days_later(scene: Scene) -> None:
    session = Session(scene).connect().greeted()
    session.says("MAIL FROM:<alice@corp.example>")
    scene.wait(100_000)
    scene.told("example.org", "A", MX1)


@pytest.mark.parametrize("scenery", [capture_ends, impatient_monitor, days_later])
def test_only_possible(scenery: Callable[[Scene], None]) -> None:
    scene = Scene()
    scenery(scene)

    assert grade(finding(scene, CODE)) == ("info", "possible")


def slow_but_sure(scene: Scene) -> None:
    session = Session(scene).connect()
    scene.wait(40)
    session.greeted().envelope()
    session.asks("DATA", "354 go ahead")
    session.says("hello", ".")
    scene.wait(200)
    session.hears("250 Ok")
    session.quit()


def probe(scene: Scene) -> None:
    session = Session(scene).connect()
    scene.wait(0.2)
    session.close(server_first=False)


def probe_resets(scene: Scene) -> None:
    session = Session(scene).connect()
    session.reset(from_client=True)


def banner_then_quit(scene: Scene) -> None:
    session = Session(scene).connect()
    session.hears("220 mail1.example.net ESMTP")
    session.quit()


def implicit_tls_waits_for_the_client(scene: Scene) -> None:
    session = Session(scene, server_port=465).connect()
    scene.wait(30)
    session.close(server_first=False)


def capture_ends_soon(scene: Scene) -> None:
    session = Session(scene).connect().greeted()
    session.says("MAIL FROM:<alice@corp.example>")
    scene.wait(3)
    scene.told("example.org", "A", MX1)


def under_tls(scene: Scene) -> None:
    session = Session(scene).connect().greeted()
    session.asks("STARTTLS", "220 go ahead")
    session.send(True, PSH | ACK, b"\x16\x03\x01\x00\x40" + bytes(64))
    session.acknowledge(from_client=False)
    scene.wait(100)
    session.close(server_first=False)


def web_on_2525(scene: Scene) -> None:
    session = Session(scene, server_port=2525).connect()
    session.says("GET / HTTP/1.0", "")
    scene.wait(100)
    session.close(server_first=False)


@pytest.mark.parametrize(
    "innocent",
    [
        slow_but_sure,
        probe,
        probe_resets,
        banner_then_quit,
        implicit_tls_waits_for_the_client,
        capture_ends_soon,
        under_tls,
        web_on_2525,
    ],
)
def test_silent_on(innocent: Callable[[Scene], None]) -> None:
    scene = Scene()
    innocent(scene)

    assert [] == findings(scene, CODE)
    assert [] == loud(scene)


def test_the_end_of_a_message_is_told_elsewhere() -> None:
    scene = Scene()
    session = Session(scene).connect().greeted().envelope()
    session.asks("DATA", "354 go ahead")
    session.says("hello", ".")
    scene.wait(300)
    session.close(server_first=False)

    assert [] == findings(scene, CODE)
    assert ("message-unconfirmed", "warning", "likely") in loud(scene)


def test_loss_leaves_it_possible() -> None:
    scene = Scene(kernel_drops=30)
    scene.example_net()
    session = Session(scene).connect()
    scene.wait(30)
    session.close(server_first=False)

    assert ("info", "possible") == grade(finding(scene, CODE))


def test_a_reply_that_stands_before_its_command_leaves_it_possible() -> None:
    """A capture of several queues swaps packets."""
    scene = Scene()
    session = Session(scene).connect().greeted()
    session.hears("250 2.1.0 Ok")
    session.says("MAIL FROM:<alice@corp.example>")
    session.send(False, FIN | ACK)

    assert {("info", "possible")} == {grade(found) for found in findings(scene, CODE)}
