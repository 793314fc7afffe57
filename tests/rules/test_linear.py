"""However often a thing is repeated, judging it once more costs the same: counted in calls, not in seconds."""

import sys
from collections.abc import Callable
from itertools import chain

import pytest

from tests.ledger.made import (
    MX1,
    MX2,
    OTHER,
    SECOND,
    STRANGER,
    contact,
    dialogue,
    mail,
    sighting,
    survey,
    told,
)
from wiretruth.engine.judgement import judge, state
from wiretruth.ledger.book import Ledger
from wiretruth.model.packet import Endpoint
from wiretruth.model.statements import Contact, Resolution

FEW, MANY = 40, 320

Scene = Callable[[int], tuple[list[Resolution], list[Contact]]]


def session(server: str, at: int, code: int = 250, number: int = 0) -> Contact:
    verdict = 250 if code < 400 else None
    said = dialogue(mail((f"bob{number}@d{number % 7}.example.net", code), at=at, verdict=verdict), at=at)
    return contact(sighting(server, at=at, serial=at // SECOND), dialogue=said)


def address(number: int) -> str:
    return f"198.51.{number // 250}.{number % 250 + 1}"


def answers(at: int, number: int = 0) -> list[Resolution]:
    domain = f"d{number % 7}.example.net"
    mx = (f"{domain} MX 10 mx1.{domain}", f"{domain} MX 20 mx2.{domain}")
    return [
        told(f"MX {domain}", *mx, at=at),
        told(f"A mx1.{domain}", f"mx1.{domain} A {MX1}", at=at),
        told(f"A mx2.{domain}", f"mx2.{domain} A {MX2}", at=at),
    ]


def failures(**facts: object) -> Scene:
    """One question, asked in vain again and again."""
    return lambda n: ([told("A mail.example.net", at=i * SECOND, **facts) for i in range(n)], [])


def mail_to(servers: str | Callable[[int], str], *, code: int = 250, asked: bool = False) -> Scene:
    """One client's mail, with or without lookups before each."""

    def scene(n: int) -> tuple[list[Resolution], list[Contact]]:
        lookups = chain.from_iterable(answers(i * SECOND, i) for i in range(n)) if asked else answers(0)
        contacts = []
        for i in range(n):
            server = servers if isinstance(servers, str) else servers(i)
            contacts.append(session(server, i * SECOND + 9, code, number=i if asked else 0))
        return list(lookups), contacts

    return scene


def no_address(n: int) -> tuple[list[Resolution], list[Contact]]:
    found = []
    for i in range(n):
        found += [
            told(f"MX d{i}.example.net", f"d{i}.example.net MX 10 mx.example.net", at=i * SECOND),
            told("A mx.example.net", at=i * SECOND + 1),
            told("AAAA mx.example.net", at=i * SECOND + 2),
        ]
    return found, []


def passwords(n: int) -> tuple[list[Resolution], list[Contact]]:
    found = [session(MX1, i * SECOND) for i in range(n)]
    return [], [*found, *(_with_password(n + i) for i in range(n))]


def _with_password(number: int) -> Contact:
    made = session(MX1, number * SECOND)
    said = made.connection.dialogue
    assert said is not None
    changed = type(said)(**{name: getattr(said, name) for name in FIELDS} | {"auth": ("PLAIN",)})
    return made._replace(connection=made.connection._replace(dialogue=changed))


FIELDS = tuple(getattr(type(dialogue()), "_fields", None) or type(dialogue()).__dataclass_fields__)


def hidden_sources(n: int) -> tuple[list[Resolution], list[Contact]]:
    return [], [
        contact(sighting(at=i * SECOND, serial=2 * i), sighting(at=i * SECOND, client=OTHER, vantage="wan"))
        for i in range(n)
    ]


SCENES: dict[str, Scene] = {
    "unresolved": mail_to(address),
    "deferred": mail_to(MX1, code=451),
    "went elsewhere": mail_to(STRANGER, asked=True),
    "went elsewhere, told long ago": mail_to(STRANGER),
    "went elsewhere each time": mail_to(address, asked=True),
    "the backup": mail_to(MX2, asked=True),
    "the backup, told long ago": mail_to(MX2),
    "no answer": failures(rcode=None, waited_until=1 << 60),
    "SERVFAIL": failures(rcode="SERVFAIL"),
    "truncated": failures(truncated=True),
    "another resolver": failures(reply_source=Endpoint("192.0.2.1", 53)),
    "no address": no_address,
    "passwords": passwords,
    "another source": hidden_sources,
}


def calls(scene: Scene, number: int) -> int:
    lookups, contacts = scene(number)
    counted = 0

    def count(frame: object, event: str, argument: object) -> None:
        nonlocal counted
        del frame, argument
        counted += event == "call"

    ledger = Ledger()
    watched = [survey(last=1 << 60, watched_until=1 << 60)]
    sys.setprofile(count)
    try:
        judge(state(ledger, lookups, contacts, watched), ledger)
    finally:
        sys.setprofile(None)
    return counted


@pytest.mark.parametrize("name", SCENES)
def test_repetition_costs_no_more_each_time(name: str) -> None:
    calls(SCENES[name], 1)  # rules are found once
    few, many = calls(SCENES[name], FEW), calls(SCENES[name], MANY)

    assert many <= 1.5 * MANY / FEW * few, (few, many)
