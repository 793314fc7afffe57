"""Contacts by any address of any sighting, and what was looked up."""

from tests.ledger.made import MTA, MX1, MX2, SECOND, STRANGER, contact, sighting, told
from wiretruth.ledger.contacts import Contacts
from wiretruth.ledger.intentions import Intentions
from wiretruth.ledger.log_scene import MOST, Scene
from wiretruth.ledger.names import Names
from wiretruth.ledger.visibility import Visibility
from wiretruth.model.log import LoggedDelivery, LogLine, LogTime, Status
from wiretruth.model.statements import Contact, Resolution

LINE = LogLine("x", 1, LogTime("", 0, zoned=True, grain=1), "", "Postfix", "")
CLAIM = LoggedDelivery(LINE, "", Status.SENT, recipient="bob@example.net", address=MX1)
ANSWERS = (
    told("MX example.net", "example.net MX 10 mail.example.net", at=SECOND),
    told("A mail.example.net", f"mail.example.net A {MX1}", at=SECOND),
)


def test_strays_are_no_mail() -> None:
    mail, stray = contact(sighting(MX1, at=1, serial=1)), contact(sighting(MX2, at=2, serial=2, port=2526))
    known = Contacts()
    known.add(mail)
    stage = Scene(known, Names(), Intentions(Names(), known), Visibility(), [stray.connection])

    assert [2] == [c.at for c in stage.strays(MTA, 0, 9)]


def scene(*contacts: Contact, answers: tuple[Resolution, ...] = ()) -> Scene:
    names, known = Names(), Contacts()
    for answer in answers:
        names.add(answer)
    for each in contacts:
        known.add(each)
    return Scene(known, names, Intentions(names, known), Visibility())


def test_the_latest_come_first_and_not_too_many() -> None:
    made = [contact(sighting(at=n, serial=n)) for n in range(MOST + 9)]
    found = list(scene(*made).with_server(MX1, 0, 1000))

    assert (MOST, MOST + 8) == (len(found), found[0].at)
    assert [5, 4] == [c.at for c in scene(*made).with_client(MTA, 4, 5)]


def test_every_sighting_counts() -> None:
    twice = scene(contact(sighting(MX2), sighting(MX1, vantage="wan", client="203.0.113.1")))

    assert [1, 1, 1] == [
        len(list(x))
        for x in (twice.with_server(MX1, 0, 9), twice.with_server(MX2, 0, 9), twice.with_client("203.0.113.1", 0, 9))
    ]


def test_what_a_contact_was_meant_for() -> None:
    there, elsewhere = contact(sighting(MX1, at=2 * SECOND)), contact(sighting(STRANGER, at=2 * SECOND))
    stage = scene(there, answers=ANSWERS)

    assert not stage.meant_for(there, MX1)
    assert scene(elsewhere, answers=ANSWERS).meant_for(elsewhere, MX1)
    assert not scene(elsewhere, answers=ANSWERS).meant_for(elsewhere, MX2)
    assert {MTA} == stage.told(MX1)


def test_moments_and_lookups_of_a_line() -> None:
    stage = scene(contact(sighting(MX1, at=7)), answers=ANSWERS)

    assert [[7], [SECOND], [SECOND]] == [list(times) for times in stage.moments(CLAIM)]
    assert ["MX"] == [r.type for r in stage.asked_for(CLAIM, 0, 2 * SECOND)]
    assert [] == stage.asked_for(CLAIM, 2 * SECOND, 3 * SECOND)
