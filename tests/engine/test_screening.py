"""Whoever makes only what somebody will look at says the same as whoever makes everything."""

from collections.abc import Callable
from random import Random

import pytest

from tests.engine.stage import batches, read, text
from tests.rules.scene import RESOLVER, TAP, Scene
from tests.rules.session import Session
from wiretruth.engine import needed, screening
from wiretruth.engine import tap as tap_room
from wiretruth.engine.reading import Reading
from wiretruth.engine.settings import Settings
from wiretruth.engine.yielded import Ending
from wiretruth.model.finding import Finding
from wiretruth.model.report import Report

SLOW, FAST = Settings(frame_by_frame=True), Settings()
STRANGER, NEIGHBOUR, BOTHERED = "192.0.2.77", "192.0.2.78", "192.0.2.79"
CLIENTS = (STRANGER, NEIGHBOUR, BOTHERED, "127.0.0.1")


@pytest.fixture(autouse=True)
def _every_batch_is_big(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tap_room, "WORTHWHILE", 1)
    monkeypatch.setattr(tap_room, "WORTH_LOADING", 1)


def alias(scene: Scene, client: str) -> None:
    scene.told("a.example.net", "MX", "10 Mail.a.example.net.", client=client)
    scene.told(
        "mail.a.example.net",
        "A",
        "mail.a.example.net. CNAME host.example.org.",
        "host.example.org. A 198.51.100.7",
        client=client,
    )


def nowhere(scene: Scene, client: str) -> None:
    scene.told("b.example.net", "MX", "10 gone.example.org.", "20 gone2.example.org.", client=client)
    scene.ask("gone.example.org", "A", client=client).answer(rcode="NXDOMAIN")


def private(scene: Scene, client: str) -> None:
    scene.told("c.example.net", "MX", "10 inside.example.org.", client=client)
    scene.told("inside.example.org", "A", "127.0.0.1", client=client)


def no_mail(scene: Scene, client: str) -> None:
    scene.told("d.example.net", "MX", "0 .", client=client)


def failure(scene: Scene, client: str) -> None:
    scene.ask("e.example.net", "MX", client=client).answer(rcode="SERVFAIL")


def mended(scene: Scene, client: str) -> None:
    scene.ask("f.example.net", "A", client=client).answer(rcode="REFUSED")
    scene.wait(3)
    scene.told("F.example.net", "A", "198.51.100.8", client=client)


def silence(scene: Scene, client: str) -> None:
    scene.ask("g.example.net", "A", client=client)


def sent_again(scene: Scene, client: str) -> None:
    asked = scene.ask("h.example.net", "AAAA", client=client)
    scene.wait(2)
    asked.send()


def later(scene: Scene, client: str) -> None:
    scene.told("h.example.net", "AAAA", "2001:db8::8", client=client)


def plain(scene: Scene, client: str) -> None:
    scene.told("www.example.net", "A", "198.51.100.80", client=client)
    scene.told("mail.a.example.net", "A", "198.51.100.7", client=client)


def a_mail_server_of_others(scene: Scene, client: str) -> None:
    """Somebody else was told the address that mail then goes to."""
    scene.told("mail9.example.net", "A", "198.51.100.99", client=client)


def mail(scene: Scene, client: str) -> None:
    del client
    scene.example_net()
    Session(scene).delivers()


def mail_elsewhere(scene: Scene, client: str) -> None:
    del client
    scene.example_net()
    Session(scene, "198.51.100.99").delivers()


EVENTS: tuple[Callable[[Scene, str], None], ...] = (
    *(alias, nowhere, private, no_mail, failure, mended, silence, sent_again, later, plain, plain, plain),
    *(a_mail_server_of_others, mail, mail_elsewhere),
)


def played(seed: int) -> Scene:
    random = Random(seed)
    scene = Scene()
    for _ in range(random.choice((3, 10, 40))):
        random.choice(EVENTS)(scene, random.choice(CLIENTS))
        scene.wait(random.choice((0, 0.1, 3, 3, 40)))
    return scene


@pytest.mark.parametrize("seed", range(60))
def test_the_report_is_the_same(seed: int) -> None:
    scene = played(seed)
    sizes = [Random(seed).choice((1, 5, 50))] * 400

    assert text(read(scene, settings=SLOW)) == text(read(scene, sizes, FAST))


@pytest.mark.parametrize("seed", range(100, 120))
def test_the_report_is_the_same_where_failures_are_too_many(monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    monkeypatch.setattr(screening, "MAX_NOTED", 1)
    monkeypatch.setattr(needed, "FEW", 1)
    scene = played(seed)

    assert text(read(scene, settings=SLOW)) == text(read(scene, [7], FAST))


def findings(scene: Scene) -> tuple[Finding, ...]:
    return read(scene).findings


def made(scene: Scene) -> tuple[int, Report]:
    """Tell how many lookups are not made, beside the report."""
    reading = Reading(FAST, TAP, f"{TAP}.pcap", 0)
    for part in batches(scene.frames[TAP], (1 << 20,)):
        reading.receive(part)
    given = reading.finish(Ending("pcap"))
    assert given.plain is not None
    mail_hosts: set[str] = set()
    return screening.Screen(given.plain).screen(given.lookups, mail_hosts).others, read(scene)


def test_what_has_nothing_to_do_with_mail_is_not_made() -> None:
    scene = Scene()
    for number in range(40):
        scene.told(f"host{number}.example.org", "A", "198.51.100.80", client=STRANGER)
    alias(scene, NEIGHBOUR)

    unmade, report = made(scene)

    assert (40, 42) == (unmade, report.lookup_count)
    assert ["mx-is-cname"] == [f.code for f in report.findings]


@pytest.mark.parametrize("settings", [SLOW, FAST])
def test_failures_of_strangers_are_bounded(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    """Those of questions for MX come first; what is not told is counted."""
    monkeypatch.setattr(screening, "MAX_NOTED", 2)
    monkeypatch.setattr(needed, "FEW", 2)
    scene = Scene()
    for number in range(4):
        scene.ask(f"host{number}.example.org", "A", client=f"192.0.2.{100 + number}").answer(rcode="SERVFAIL")
    scene.ask("example.org", "MX", client=BOTHERED).answer(rcode="SERVFAIL")
    report = read(scene, settings=settings)

    assert {BOTHERED, "192.0.2.100"} == {f.client for f in report.findings}
    assert (5, (("the list of lookups", 3),)) == (report.lookup_count, report.coverage.evicted)


def test_the_oldest_make_room(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where not all that was told is known, no address is called unknown."""
    scene = Scene()
    scene.told("example.net", "MX", "10 mail.example.net.")
    scene.told("mail.example.net", "A", "198.51.100.10")
    scene.wait(1)
    for number in range(4):
        scene.told(f"host{number}.example.org", "A", "198.51.100.80")
    Session(scene, "198.51.100.44").delivers("bob@example.org")
    assert "unresolved-contact" in {f.code for f in findings(scene)}

    monkeypatch.setattr(screening, "MAX_MADE", 3)
    monkeypatch.setattr(needed, "FEW", 3)
    report = read(scene)

    assert ("the list of lookups", 3) in report.coverage.evicted
    assert "unresolved-contact" not in {f.code for f in report.findings}


def test_a_resolver_that_answered_others_was_up() -> None:
    """Lookups of the mail server fail; the same resolver answers a stranger meanwhile, in rows that nobody makes."""
    scene = Scene()
    for number in range(4):
        scene.ask(f"{number}.org{number}.example", "A")
        scene.told("www.example.net", "A", "198.51.100.80", client=STRANGER, resolver=RESOLVER)
        scene.wait(6)
    Session(scene).delivers()
    scene.wait(70)
    Session(scene).delivers()

    codes = [f.code for f in findings(scene)]
    assert "dns-unanswered" in codes
    assert "resolver-outage" not in codes
