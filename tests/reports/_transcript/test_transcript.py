"""Connections of mail, numbered and told."""

from dataclasses import replace

from tests.protocols.smtp.script import play, turns
from tests.reports import scenes
from wiretruth.model.connection import Connection
from wiretruth.model.smtp import Dialogue
from wiretruth.reports._transcript.transcript import Transcript, transcripts


def of(script: str, elsewhere: str = "") -> Transcript:
    others: tuple[Dialogue, ...] = (play(turns(elsewhere)),) if elsewhere else ()
    return Transcript(1, Connection((scenes.sighting(),), play(turns(script)), others))


def test_they_are_numbered_by_time() -> None:
    report = scenes.seed()
    later, earlier = scenes.connection(opened=scenes.sighting().opened._replace(at=2)), scenes.connection()
    earlier = scenes.connection(opened=scenes.sighting().opened._replace(at=1), serial=9)
    numbered = transcripts(replace(report, connections=(later, earlier)))

    assert [(1, 1), (2, 2)] == [(t.number, t.connection.at) for t in numbered]


def test_whose_mail_it_is() -> None:
    (told,) = [t for t in transcripts(scenes.seed()) if t.domains]

    assert (("example.net",), ("bob@example.net",)) == (told.domains, told.recipients)
    assert scenes.seed().inputs[0].last == told.watched_until


def test_in_the_order_of_the_capture() -> None:
    frames = [beat.frame for t in transcripts(scenes.seed()) for beat in t.beats()]

    assert frames == sorted(frames)


def test_the_first_thing_without_a_reply_is_named() -> None:
    asked = "S: 220 mail.example.net ESMTP\nC: EHLO a.example.org\nS: 250 b\nC: MAIL FROM:<>\n"
    lines = [line for beat in of(asked).beats() for line in beat.lines]

    assert "no reply to MAIL was seen" in lines
    assert not [line for beat in of(asked + "C- 9\n").beats() for line in beat.lines if "no reply" in line]


SAID = "S: 220 mail.example.net ESMTP\nC: EHLO a.example.org\nS: 250 b\nC: QUIT\nS: 221 bye\n"


def test_another_wording_elsewhere_is_noted() -> None:
    assert [] == list(of(SAID, SAID).notes())
    assert ["at here it reads otherwise: wiretruth read says what that means"] == list(
        of(SAID, SAID.replace("250 b", "250 c")).notes()
    )


def test_where_octets_are_missing_nothing_is_compared() -> None:
    gap = SAID.replace("C: QUIT", "C- 6\nC: QUIT")

    assert [] == list(of(SAID, gap).notes())
    assert ["6 octets of it are not in the capture: what was said there is not known"] == list(of(gap, SAID).notes())
