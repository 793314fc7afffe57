"""Two resolvers, one question, two answers."""

import pytest

from tests.rules.scene import MTA, MX1, MX2, RESOLVER, Scene, finding, findings, frames_of, grade, loud
from tests.rules.session import Session

CODE = "answers-differ"
SECOND_RESOLVER = "198.51.100.54"
INSIDE = "10.20.0.10"


def told_twice(
    one: tuple[str, ...], other: tuple[str, ...], *, kind: str = "A", name: str = "mail1.example.net", ttl: int = 300
) -> Scene:
    scene = Scene()
    scene.told("example.net", "MX", "10 mail1.example.net.")
    scene.told(name, kind, *one, ttl=ttl)
    scene.told(name, kind, *other, ttl=ttl, resolver=SECOND_RESOLVER)
    return scene


def test_an_inside_view_beside_a_public_one() -> None:
    scene = told_twice((MX1,), (INSIDE,))
    Session(scene, INSIDE).delivers()

    found = finding(scene, CODE)

    assert ("warning", "likely") == grade(found)
    assert f"A mail1.example.net is {MX1} at {RESOLVER} and {INSIDE} at {SECOND_RESOLVER}" in found.summary
    assert f"{INSIDE}:25 was contacted, which only one of them names" in found.summary
    assert 3 == len(frames_of(found))


def test_no_records_at_one_of_them() -> None:
    scene = told_twice((MX1,), ())
    Session(scene).delivers()

    found = finding(scene, CODE)

    assert ("warning", "likely") == grade(found)
    assert "no such record" in found.summary


def test_other_mail_hosts() -> None:
    scene = Scene()
    scene.told("example.net", "MX", "10 mail1.example.net.")
    scene.told("example.net", "MX", "10 mail9.example.net.", resolver=SECOND_RESOLVER)
    scene.told("mail1.example.net", "A", MX1)
    Session(scene).delivers()

    assert ("warning", "likely") == grade(finding(scene, CODE))


def test_addresses_heard_once_may_rotate() -> None:
    scene = told_twice((MX1,), (MX2,))
    Session(scene).delivers()

    assert ("info", "possible") == grade(finding(scene, CODE))
    assert [] == loud(scene)


def test_addresses_heard_twice_do_not() -> None:
    scene = told_twice((MX1,), (MX2,))
    scene.wait(5)
    scene.told("mail1.example.net", "A", MX1)
    scene.told("mail1.example.net", "A", MX2, resolver=SECOND_RESOLVER)
    Session(scene).delivers()

    assert ("warning", "likely") == grade(finding(scene, CODE))


def test_addresses_heard_twice_from_one_cache_may_rotate() -> None:
    """The time to live counts down: the resolver itself was told but once."""
    scene = told_twice((MX1,), (MX2,))
    scene.wait(100)
    scene.told("mail1.example.net", "A", MX1, ttl=200)
    scene.told("mail1.example.net", "A", MX2, resolver=SECOND_RESOLVER, ttl=200)
    Session(scene).delivers()

    assert ("info", "possible") == grade(finding(scene, CODE))


def test_it_is_info_where_nothing_depends_on_it() -> None:
    scene = told_twice((MX1,), (INSIDE,))
    Session(scene, "198.51.100.99").delivers("x@other.example")

    assert ("info", "likely") == grade(finding(scene, CODE))


@pytest.mark.parametrize(
    ("one", "other"),
    [((MX1,), (MX1,)), ((MX1, MX2), (MX2, MX1)), ((MX1, MX2), (MX2,)), ((), ())],
)
def test_silent_on_answers_that_share_something(one: tuple[str, ...], other: tuple[str, ...]) -> None:
    scene = told_twice(one, other)
    Session(scene).delivers()

    assert [] == findings(scene, CODE)


def test_silent_on_rotation_that_was_seen() -> None:
    scene = told_twice((MX1,), (MX2,))
    scene.wait(1)
    scene.told("mail1.example.net", "A", MX2)
    Session(scene).delivers()

    assert [] == findings(scene, CODE)


def test_silent_on_an_answer_that_had_run_out() -> None:
    scene = Scene()
    scene.told("example.net", "MX", "10 mail1.example.net.", ttl=9)
    scene.told("mail1.example.net", "A", MX1, ttl=9)
    scene.wait(60)
    scene.told("mail1.example.net", "A", INSIDE, resolver=SECOND_RESOLVER)
    Session(scene, INSIDE).delivers()

    assert [] == findings(scene, CODE)


def test_silent_on_names_that_are_no_mail_hosts() -> None:
    scene = told_twice((MX1,), (INSIDE,), name="www.example.net")
    Session(scene).delivers()

    assert [] == findings(scene, CODE)


def test_silent_on_hosts_without_mail() -> None:
    assert [] == findings(told_twice((MX1,), (INSIDE,)), CODE)


def test_silent_on_a_failure_beside_an_answer() -> None:
    scene = Scene()
    scene.told("example.net", "MX", "10 mail1.example.net.")
    scene.ask("mail1.example.net", "A", resolver=SECOND_RESOLVER).answer(rcode="SERVFAIL")
    scene.told("mail1.example.net", "A", MX1)
    Session(scene).delivers()

    assert [] == findings(scene, CODE)


def test_silent_on_authoritative_servers_asked_in_turn() -> None:
    """A resolver's own search: one server points elsewhere, another knows."""
    scene = Scene()
    scene.told("example.net", "MX", "10 mail1.example.net.")
    scene.ask("mail1.example.net", "A", resolver="192.0.2.53", recurse=False).answer(MX1)
    scene.ask("mail1.example.net", "A", resolver="192.0.2.54", recurse=False).answer(MX2)
    Session(scene, client_address=MTA).delivers()

    assert [] == findings(scene, CODE)


def test_two_clients_of_two_resolvers() -> None:
    scene = Scene()
    for client, resolver, address in ((MTA, RESOLVER, MX1), ("10.10.0.6", SECOND_RESOLVER, INSIDE)):
        scene.told("example.net", "MX", "10 mail1.example.net.", client=client, resolver=resolver)
        scene.told("mail1.example.net", "A", address, client=client, resolver=resolver)
        Session(scene, address, client_address=client).delivers()

    found = finding(scene, CODE)

    assert ("warning", "likely") == grade(found)
    assert "(asked by 10.10.0.5 and 10.10.0.6)" in found.summary
