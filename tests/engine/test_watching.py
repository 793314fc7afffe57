"""A watch: the same report as reading, a window that is bounded, and a judgement that knows where it begins."""

import importlib
from dataclasses import asdict, replace

import pytest

from tests.engine.stage import batches, busy
from tests.rules.scene import SECOND, START, STRANGER, TAP, Scene
from tests.rules.session import Session
from wiretruth.engine import tap
from wiretruth.engine.analysis import Analysis
from wiretruth.engine.reading import Reading
from wiretruth.engine.settings import Settings
from wiretruth.engine.watching import AGE, FORMAT, Beside, Lines, Watching, answers
from wiretruth.engine.yielded import Ending
from wiretruth.model.report import Report

HOUR = AGE // SECOND


def watched(scene: Scene, watching: Watching | None = None, size: int = 7) -> Watching:
    watching = watching or Watching(Settings(), TAP)
    for batch in batches(scene.frames[TAP], (size,)):
        watching.receive(batch)
        watching.advance(batch.times[-1])
    return watching


def read(scene: Scene, drops: int = 0) -> Report:
    analysis = Analysis(Settings(every_lookup=True))
    analysis.open(TAP, TAP)
    for batch in batches(scene.frames[TAP], (1000,)):
        analysis.receive(batch)
    analysis.close(Ending(FORMAT, kernel_drops=drops))
    return analysis.finish()


def test_what_is_watched_is_judged_as_what_is_read() -> None:
    scene = busy()

    assert asdict(read(scene)) == asdict(watched(scene).judged())


def test_what_is_older_than_the_window_is_given_up() -> None:
    scene = Scene()
    scene.example_net()
    Session(scene).delivers("bob@example.net")
    scene.wait(2 * HOUR)
    Session(scene).delivers("erin@example.net")
    scene.wait(120)
    Session(scene, "198.51.100.20", 443).connect()
    watching = watched(scene)

    report = watching.judged()

    assert [("erin@example.net",)] == [delivery.recipients for delivery in report.deliveries]
    assert watching.since is not None
    assert START < watching.since
    assert any("a watch judges a window" in limit for limit in report.coverage.limits)


def test_names_are_known_longer_than_connections() -> None:
    """An answer of three hours ago explains a connection of now: nobody is accused."""
    scene = Scene()
    scene.example_net(ttl=86_400)
    scene.wait(3 * HOUR)
    Session(scene).delivers("bob@example.net")
    scene.wait(70)
    Session(scene, "198.51.100.20", 443).connect()

    assert [] == [f.code for f in watched(scene).judged().findings if f.severity != "info"]


def test_too_much_mail_makes_the_window_shorter() -> None:
    scene = Scene()
    scene.example_net()
    for _ in range(5):
        Session(scene).delivers("bob@example.net")
        scene.wait(200)  # long enough to be over
    watching = watched(scene, Watching(Settings(), TAP, most=2), size=1)

    assert watching.given_up > 0
    assert len(watching.judged().deliveries) < 5


def test_drops_count_as_those_of_a_file_do() -> None:
    watching = watched(busy())
    watching.drops = 12

    assert (12,) == tuple(source.kernel_drops for source in watching.judged().inputs)


def test_drops_from_before_the_window_are_nobodys_concern() -> None:
    scene = Scene()
    scene.example_net()
    Session(scene).delivers("bob@example.net")
    watching = watched(scene)
    watching.drops = 1000
    scene.wait(100)
    watching.advance(scene.now)
    scene.wait(2 * HOUR)
    watching.advance(scene.now)
    watching.drops = 1003

    assert (3,) == tuple(source.kernel_drops for source in watching.judged().inputs)


def test_an_answer_of_an_earlier_run_explains_a_connection() -> None:
    early = Scene()
    early.example_net(STRANGER, ttl=86_400)
    remembered = tuple(answers(read(early)))
    late = Scene(now=START + HOUR * SECOND)
    Session(late, STRANGER).delivers("bob@example.net")

    without = {f.code for f in watched(late).judged().findings}
    explained = {f.code for f in watched(late).judged(Beside(remembered=remembered)).findings}

    assert "unresolved-contact" in without
    assert "unresolved-contact" not in explained


def test_what_was_remembered_and_is_still_known_is_known_once() -> None:
    scene = busy()
    remembered = tuple(answers(read(scene)))

    assert read(scene).lookup_count == watched(scene).judged(Beside(remembered=remembered)).lookup_count


def test_answers_of_places_that_are_not_watched_are_left_alone() -> None:
    elsewhere = tuple(x._replace(vantage="elsewhere") for x in answers(read(busy())))

    assert read(busy()).lookup_count == watched(busy()).judged(Beside(remembered=elsewhere)).lookup_count


def test_other_witnesses_are_heard() -> None:
    line = b"Nov 20 18:29:50 mta postfix/smtp[9]: 96DEB22C914: to=<bob@example.net>, relay=mail1.example.net[198.51.100.10]:25, delay=0.1, delays=0/0/0/0, dsn=2.0.0, status=sent (250 ok)"
    beside = Beside((Lines("log", "/var/log/mail.log", (line,)),))

    report = watched(busy()).judged(beside)

    assert ["log"] == [source.kind for source in report.inputs if source.kind != "capture"]
    assert [1] == [log.lines for log in report.logs]


def test_settings_are_those_of_the_run() -> None:
    scene = busy()
    watching = watched(scene, Watching(replace(Settings(), hosts=("203.0.113.0/24",)), TAP))

    assert () == watching.judged().connections


def test_a_reading_gives_up_what_was_over_when_asked() -> None:
    """Mail, attempts in vain and everything else alike; of mail never more than so many."""
    scene = Scene()
    for _ in range(4):
        Session(scene).delivers("bob@example.net")
        Session(scene, "198.51.100.20").syn()
        scene.wait(200)
    reading = Reading(Settings(), TAP, TAP, 0)
    for batch in batches(scene.frames[TAP], (1000,)):
        reading.receive(batch)
    reading.advance(scene.now)

    assert (0, 0) == reading.forget(0, 0, (100, 100))
    until, _ = reading.forget(0, 0, (2, 100))
    kept = reading.finish(Ending())

    assert until > 0
    assert 2 == len(kept.dialogues)
    assert all(sighting.last.at > until for sighting in kept.sightings)


@pytest.mark.parametrize("worthwhile", [1, 1 << 30])
def test_names_older_than_a_day_are_given_up_in_either_lane(worthwhile: int, monkeypatch: pytest.MonkeyPatch) -> None:
    importlib.import_module("numpy")
    monkeypatch.setattr(tap, "WORTHWHILE", worthwhile)
    scene = Scene()
    for _ in range(3):
        scene.example_net()
        scene.wait(13 * HOUR)
    Session(scene).delivers("bob@example.net")
    scene.wait(90)
    Session(scene).delivers("erin@example.net")
    report = watched(scene, size=3).judged()

    assert (2, ()) == (report.lookup_count, report.coverage.evicted)
