"""What the resolvers of a capture said."""

from tests.engine.stage import read
from tests.rules.scene import MX1, MX2, Scene
from wiretruth.engine.answers import Answers
from wiretruth.engine.settings import Settings


def asked_twice() -> tuple[Answers, int]:
    scene = Scene()
    scene.told("mail.example.net", "A", MX1, ttl=1)
    between = scene.now
    scene.told("Mail.example.net", "A", MX2)
    scene.told("other.example.net", "A", MX1)
    return Answers(read(scene, settings=Settings(every_lookup=True)).lookups), between


def test_by_address_and_by_name() -> None:
    answers, between = asked_twice()

    assert ["mail.example.net", "other.example.net"] == [told.name for told in answers.naming(MX1)]
    assert [] == answers.naming("192.0.2.1")
    newest = [answers.newest("mail.example.net", "A", at) for at in (0, between, between + 10**9)]
    assert [None, (MX1,), (MX2,)] == [told and told.addresses for told in newest]


def test_for_a_host_by_a_moment() -> None:
    answers, between = asked_twice()
    named = [answers.naming_for(MX1, host, at) for host in ("mail.example.net", "none") for at in (between, 2**62)]

    assert ["mail.example.net", "mail.example.net", "mail.example.net", "other.example.net"] == [
        told.name for told in named if told is not None
    ]


def test_what_was_answered_comes_before_what_was_not() -> None:
    scene = Scene()
    scene.told("example.net", "MX", "10 mail.example.net.")
    scene.ask("example.net", "MX")
    lookups = read(scene, settings=Settings(every_lookup=True)).lookups
    told = Answers(lookups).of(lookups, "EXAMPLE.net", "MX")

    assert told is not None
    assert ((10, "mail.example.net"),) == told.exchanges
    assert None is Answers(lookups).of(lookups, "example.net", "A")
