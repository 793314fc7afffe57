"""A reset in the middle, and all the resets that are ordinary."""

from collections.abc import Callable

import pytest

from tests.rules.packets import ACK, FIN, PSH, RST
from tests.rules.scene import Scene, finding, findings, frames_of, grade, loud
from tests.rules.session import FAR, Session

CODE = "session-reset"


def in_data(scene: Scene) -> Session:
    scene.example_net()
    session = Session(scene).connect().greeted().envelope()
    session.asks("DATA", "354 go ahead")
    session.says("hello")
    return session


@pytest.mark.parametrize(("from_client", "who", "side"), [(False, "server", "recipient"), (True, "client", "sender")])
def test_cut_off_within_the_message(from_client: bool, who: str, side: str) -> None:
    scene = Scene()
    frame = in_data(scene).reset(from_client=from_client)

    found = finding(scene, CODE)

    assert grade(found) == ("warning", "likely")
    assert found.summary == (
        f"the {who} cut off the session of 10.10.0.5 with mail1.example.net [198.51.100.10]:25 at DATA with a reset"
    )
    assert [frame] == frames_of(found)
    assert side == str(found.blame.side)


@pytest.mark.parametrize("command", ["EHLO mta.corp.example", "MAIL FROM:<alice@corp.example>"])
def test_cut_off_in_place_of_a_reply(command: str) -> None:
    scene = Scene()
    session = Session(scene).connect()
    session.hears("220 mail1.example.net ESMTP")
    session.says(command)
    session.reset()

    assert f"at {command[:4]} with a reset" in finding(scene, CODE).summary


def test_cut_off_between_envelope_and_message() -> None:
    scene = Scene()
    Session(scene).connect().greeted().envelope().reset()

    assert grade(finding(scene, CODE)) == ("warning", "likely")


def test_a_ttl_that_does_not_fit_is_said() -> None:
    scene = Scene()
    in_data(scene).reset(ttl=FAR + 5)

    assert "somebody else sent it in the name of 198.51.100.10" in finding(scene, CODE).still_possible[0]


def client_behind_quit(scene: Scene) -> None:
    session = Session(scene).connect().greeted().envelope()
    session.message()
    session.says("QUIT")
    session.reset(from_client=True)


def either_behind_221(scene: Scene) -> None:
    for from_client in (True, False):
        session = Session(scene).connect().greeted().envelope()
        session.message()
        session.asks("QUIT", "221 Bye")
        session.reset(from_client=from_client)


def server_behind_its_fin(scene: Scene) -> None:
    session = Session(scene).connect().greeted().envelope()
    session.message()
    session.asks("QUIT", "221 Bye")
    session.send(False, FIN | ACK)
    session.acknowledge()
    session.send(True, FIN | ACK)
    session.reset()


def idle_and_done(scene: Scene) -> None:
    session = Session(scene).connect().greeted().envelope()
    session.message()
    scene.wait(300)
    session.reset()


def probes(scene: Scene) -> None:
    Session(scene).connect().reset(from_client=True)
    session = Session(scene).connect()
    session.hears("220 mail1.example.net ESMTP")
    session.reset(from_client=True)


def callout(scene: Scene) -> None:
    """Sender verification hangs up behind RCPT."""
    Session(scene).connect().greeted().envelope(sender="").reset(from_client=True)


def under_tls(scene: Scene) -> None:
    session = Session(scene).connect().greeted()
    session.asks("STARTTLS", "220 go ahead")
    session.send(True, PSH | ACK, b"\x16\x03\x01\x00\x40" + bytes(64))
    session.acknowledge(from_client=False)
    session.reset()


@pytest.mark.parametrize(
    "innocent",
    [client_behind_quit, either_behind_221, server_behind_its_fin, idle_and_done, probes, callout, under_tls],
)
def test_silent_on(innocent: Callable[[Scene], None]) -> None:
    scene = Scene()
    innocent(scene)

    assert [] == findings(scene, CODE)
    assert [] == loud(scene)


def test_silent_where_it_was_injected() -> None:
    """reset-injected says it."""
    scene = Scene()
    session = in_data(scene)
    session.reset(ttl=FAR + 5)
    scene.wait(0.02)
    session.hears("250 2.0.0 Ok")

    assert [] == findings(scene, CODE)
    assert 1 == len(findings(scene, "reset-injected"))


def test_a_bare_rst_counts_as_well() -> None:
    scene = Scene()
    in_data(scene).send(False, RST)

    assert 1 == len(findings(scene, CODE))


def test_where_the_snap_length_cut_the_words_nobody_is_accused() -> None:
    """Whether the session was over cannot be read any more."""
    scene = Scene(snap=60)
    in_data(scene).reset()
    either_behind_221(scene)

    assert {"info"} == {str(found.severity) for found in findings(scene, CODE)}
    assert all("is not in the capture" in found.still_possible[0] for found in findings(scene, CODE))


def test_where_words_were_lost_to_the_capture_nobody_is_accused() -> None:
    scene = Scene()
    scene.example_net()
    session = Session(scene).connect().greeted().envelope()
    session.says("DATA")
    session.hears("354 go ahead")
    session.says("hello", ".", "QUIT", seen=False)
    session.hears("250 2.0.0 Ok: queued", "221 2.0.0 Bye", seen=False)
    session.acknowledge(from_client=True)
    session.reset()

    assert {"info"} == {str(found.severity) for found in findings(scene, CODE)}


def test_who_had_left_is_not_cut_off() -> None:
    """A check of a recipient ends without QUIT; the server answers the FIN with a reset."""
    scene = Scene()
    session = Session(scene).connect().greeted().envelope()
    session.send(True, FIN | ACK)
    session.send(False, RST)

    assert [] == findings(scene, CODE)
