"""Where a dialogue stood: what was owed, what was open, what was left to do."""

from collections.abc import Callable

import pytest

from tests.rules.scene import Scene
from tests.rules.session import Session
from wiretruth.model.statements import Contact
from wiretruth.rules._dialogue import open_transaction, pending, something_left_to_do, stuck_step

NOTHING = None


def connected(session: Session) -> None:
    session.connect()


def greeted(session: Session) -> None:
    session.connect().greeted()


def asked_for_mail(session: Session) -> None:
    session.connect().greeted().says("MAIL FROM:<alice@corp.example>")


def enveloped(session: Session) -> None:
    session.connect().greeted().envelope()


def in_text(session: Session) -> None:
    session.connect().greeted().envelope().asks("DATA", "354 go ahead")
    session.says("hello")


def dotted(session: Session) -> None:
    in_text(session)
    session.says(".")


def done(session: Session) -> None:
    session.connect().greeted().envelope().message()


def refused(session: Session) -> None:
    session.connect().greeted().asks("MAIL FROM:<alice@corp.example>", "550 no")


def reset(session: Session) -> None:
    session.connect().greeted().envelope().asks("RSET", "250 Ok")


def parting(session: Session) -> None:
    session.connect().greeted().envelope().message()
    session.says("QUIT")


@pytest.mark.parametrize(
    ("scenery", "owed", "step", "is_open", "left"),
    [
        (connected, "banner", "banner", False, True),
        (greeted, NOTHING, "EHLO", False, True),
        (asked_for_mail, "MAIL", "MAIL", False, True),
        (enveloped, NOTHING, "RCPT", False, True),
        (in_text, NOTHING, "DATA", True, True),
        (dotted, "end of data", "end of data", True, True),
        (done, NOTHING, "end of data", False, False),
        (refused, NOTHING, "MAIL", False, False),
        (reset, NOTHING, "another command", False, False),
        (parting, NOTHING, "QUIT", False, False),
    ],
)
def test_where_it_stood(
    scenery: Callable[[Session], None], owed: str | None, step: str, is_open: bool, left: bool
) -> None:
    scene = Scene()
    scenery(Session(scene))
    (connection,) = scene.report().connections
    contact = Contact(connection.at, connection)
    waiting = pending(contact)

    assert owed == (str(waiting.step) if waiting else None)
    assert step == str(stuck_step(contact))
    assert is_open == (open_transaction(connection.dialogue) is not None)
    assert left == something_left_to_do(contact)
