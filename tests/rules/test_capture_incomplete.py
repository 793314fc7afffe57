"""What the capture itself lacks, with its measure."""

from collections.abc import Callable

import pytest

from tests.rules.scene import TAP, Scene, finding, findings, grade, loud
from tests.rules.session import Session

CODE = "capture-incomplete"


def lost_reply(scene: Scene) -> None:
    session = Session(scene).connect().greeted()
    session.says("MAIL FROM:<alice@corp.example>")
    session.hears("250 Ok", seen=False)
    session.quit()


def snapped(scene: Scene) -> None:
    scene.snap = 60
    Session(scene).delivers()


def dropped(scene: Scene) -> None:
    scene.kernel_drops = 7
    Session(scene).delivers()


def torn(scene: Scene) -> None:
    scene.cut_off = True
    Session(scene).delivers()


@pytest.mark.parametrize(
    ("scenery", "words"),
    [
        (lost_reply, "8 of"),
        (snapped, "frames are cut short by the snap length"),
        (dropped, "the capturing host dropped 7 packets"),
        (torn, "the file ends within a packet"),
    ],
)
def test_each_lack_is_info_with_its_measure(scenery: Callable[[Scene], None], words: str) -> None:
    scene = Scene()
    scenery(scene)

    found = finding(scene, CODE)

    assert grade(found) == ("info", "proven")
    assert words in found.summary
    assert found.summary.startswith("tap.pcap does not hold everything that passed: ")
    assert [] == loud(scene)


def whole(scene: Scene) -> None:
    Session(scene).delivers()


def duplicated(scene: Scene) -> None:
    """A mirror port shows every packet twice: nothing is missing."""
    Session(scene).delivers()
    scene.frames[TAP] = [f for frame in scene.frames[TAP] for f in (frame, frame._replace(at=frame.at + 20_000))]


def one_step_further(scene: Scene) -> None:
    """Mirrored before and behind a router: every packet again, with a TTL one less."""
    Session(scene).delivers()
    again = []
    for frame in scene.frames[TAP]:
        octets = frame.octets[:8] + bytes([frame.octets[8] - 1]) + frame.octets[9:]
        again += [frame, frame._replace(at=frame.at + 20_000, octets=octets)]
    scene.frames[TAP] = again


def begun_midway(scene: Scene) -> None:
    session = Session(scene)
    session.client.next += 1
    session.asks("RCPT TO:<bob@example.net>", "250 Ok")
    session.message()
    session.quit()


@pytest.mark.parametrize("innocent", [whole, duplicated, one_step_further, begun_midway])
def test_silent_on(innocent: Callable[[Scene], None]) -> None:
    scene = Scene()
    innocent(scene)

    assert [] == findings(scene, CODE)
    assert [] == loud(scene)
