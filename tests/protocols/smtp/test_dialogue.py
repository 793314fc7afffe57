"""Whole dialogues: golden transcripts, any segmentation, any octets, no secret."""

import base64
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.protocols.smtp.script import CLIENT, FOLDER, SERVER, Turn, octet_by_octet, play, read, render, turns, whole
from wiretruth.model.smtp import Dialogue, Step
from wiretruth.protocols.smtp.conversation import MAX_MECHANISMS
from wiretruth.protocols.smtp.dialogue import DialogueParser
from wiretruth.protocols.smtp.record import MAX_EVENTS

SCRIPTS = sorted(path.stem for path in FOLDER.glob("*.txt"))
SECRET = "hunter2-Zq9"  # noqa: S105 - it is here to be looked for
USER = "bobby-Xw7"


@pytest.mark.parametrize("name", SCRIPTS)
@pytest.mark.parametrize("cut", [whole, octet_by_octet])
def test_golden(name: str, cut: object) -> None:
    """What a transcript says below its lines comes of it, in whole turns and octet by octet."""
    script, expected = read(name)

    assert expected == render(play(script, whole if cut is whole else octet_by_octet))


@pytest.mark.parametrize("name", SCRIPTS)
def test_trailing_octets_change_nothing(name: str) -> None:
    """Half a line behind the end is not a line yet."""
    script, expected = read(name)
    trailing = [Turn(True, b"MAIL FR"), Turn(False, b"250-x")]

    assert expected == render(play(script + trailing))


@given(st.sampled_from(SCRIPTS), st.lists(st.integers(1, 40), min_size=1, max_size=20))
def test_any_segmentation_gives_the_same_dialogue(name: str, widths: list[int]) -> None:
    """Times too: a turn has one time, however it is cut."""
    script, _ = read(name)

    def cut(octets: bytes) -> list[bytes]:
        pieces, position, turn = [], 0, 0
        while position < len(octets):
            width = widths[turn % len(widths)]
            pieces.append(octets[position : position + width])
            position, turn = position + width, turn + 1
        return pieces

    assert play(script) == play(script, cut)


COMMANDS = [
    b"MAIL FROM:<a@b>",
    b"RCPT TO:<c@d>",
    b"DATA",
    b"BDAT 5 LAST",
    b"AUTH LOGIN",
    b"STARTTLS",
    b"EHLO x",
    b"RSET",
]
REPLIES = [b"250 ok", b"250-ok", b"354 go", b"334 x", b"220 x", b"421 x", b"550 5.1.1 x", b"221 x", b"235 x"]
REST = [b".", b"..", b"\r\n", b"\n", b"\x16\x03\x01", b" ", b"\xff\x00", b"QUIT", b"XEXCH50 5 1"]
WORDS = st.sampled_from(COMMANDS + REPLIES + REST)
PIECES = st.lists(st.tuples(st.booleans(), st.one_of(WORDS, st.binary(max_size=20)), st.integers(0, 30)), max_size=60)


@given(PIECES, st.booleans())
def test_no_octets_raise(pieces: list[tuple[bool, bytes, int]], implicit: bool) -> None:
    """Whatever comes, from whichever side, with whatever missing, a dialogue comes of it."""
    parser = DialogueParser(1, "here", CLIENT, SERVER, 0, implicit_tls=implicit)
    for at, (from_client, octets, missing) in enumerate(pieces):
        parser.receive(from_client, at, at, octets + b"\r\n" * (missing % 2))
        if missing > 27:
            parser.gap(from_client, at, at, missing)

    assert isinstance(parser.finish(99), Dialogue)


@given(PIECES)
def test_no_octets_depend_on_their_segmentation(pieces: list[tuple[bool, bytes, int]]) -> None:
    """Not only dialogues that make sense: any octets at all."""
    script = [Turn(side, octets + b"\r\n" * (n % 2), n if n > 27 else 0) for side, octets, n in pieces]

    assert play(script) == play(script, octet_by_octet)


def b64(octets: bytes) -> str:
    return base64.b64encode(octets).decode()


USER64, SECRET64 = b64(USER.encode()), b64(SECRET.encode())
PLAIN = b64(f"\0{USER}\0{SECRET}".encode())
CRAM = b64(f"{USER} 913a602c7eda7a495b4e6e7334d3890".encode())
XOAUTH2 = b64(f"user={USER}\x01auth=Bearer {SECRET}\x01\x01".encode())
NTLM = b64(b"NTLMSSP\0\3\0\0\0" + f"{USER}{SECRET}".encode("utf-16-le"))
FRAMINGS = [
    f"C: AUTH PLAIN {PLAIN}\nS: 235 hello {USER}",
    f"C: auth plain {PLAIN}\nS: 535 5.7.8 {SECRET} is wrong",
    f"C: AUTH PLAIN\nS: 334 \nC: {PLAIN}\nS: 235 Ok",
    f"C: AUTH PLAIN\nC: {PLAIN}\nS: 334 \nS: 235 Ok",
    f"C: AUTH LOGIN\nS: 334 VXNlcm5hbWU6\nC: {USER64}\nS: 334 {USER64}\nC: {SECRET64}\nS: 235 Ok",
    f"C: AUTH LOGIN {USER64}\nS: 334 UGFzc3dvcmQ6\nC: {SECRET64}\nS: 535 {SECRET64}",
    f"C: AUTH LOGIN\nC: {USER64}\nC: {SECRET64}\nS: 334 x\nS: 334 x\nS: 235 Ok",
    f"C: AUTH LOGIN\nS: 504 no\nC: {USER64}\nS: 500 {USER64}?\nC: {SECRET64}\nS: 500 {SECRET64}?",
    f"C: AUTH LOGIN\nS: 334 x\nC: *\nS: 501 x\nC: {SECRET64}\nS: 500 what is {SECRET64}\nC: {SECRET}\nS: 500 {SECRET}",
    f"C: AUTH CRAM-MD5\nS: 334 {USER64}\nC: {CRAM}\nS: 235 welcome {USER}",
    f"C: AUTH XOAUTH2 {XOAUTH2}\nS: 334 {XOAUTH2}\nC: \nS: 535 {SECRET}",
    f"C: AUTH NTLM {NTLM}\nS: 334 {NTLM}\nC: {NTLM}\nS: 535 {USER}",
    f"C: AUTH XYZZY {SECRET}\nS: 504 {SECRET} unknown",
    f"C: AUTH=PLAIN {PLAIN}\nS: 504 what",
    f"C: AUTH\\tPLAIN\\t{PLAIN}\nS: 504 what",
    f"C: AUTH {PLAIN}\nS: 504 {PLAIN} what",
    f"C: AUTHPLAIN {PLAIN}\nS: 500 what",
    f"C: USER {USER}\nS: 500 {USER}\nC: PASS {SECRET}\nS: 500 PASS {SECRET}",
    f"C: XOAUTH2 {XOAUTH2}\nS: 500 {XOAUTH2}",
    f"C: AUTH LOGIN\nC- 5\nC: {SECRET64}\nS: 334 x\nC: {SECRET64}\nS: 235 x",
    f"C- 12\nC: {SECRET64}\nS: 334 x\nC: {SECRET64}\nS: 500 x",
    f"C: AUTH LOGIN\nS- 5\nC: {SECRET64}\nC: {SECRET64}\nS: 235 x\nC: {SECRET64}\nS: 500 x",
    f"C: AUTH PLAIN {PLAIN}\nC: MAIL FROM:<x@example.org>\nC: {SECRET64}\nS: 235 x\nS: 250 x\nS: 500 {SECRET64}",
]
OPENINGS = ["", "S: 220 mx.example.net ESMTP\n", "S: 220 mx.example.net\nC: EHLO a.example.org\nS: 250 mx\n"]
NEEDLES = [USER, SECRET, USER64, SECRET64, PLAIN, CRAM, XOAUTH2, NTLM, PLAIN[4:20], USER64[:8], SECRET64[:8]]


@pytest.mark.parametrize("framing", FRAMINGS)
@pytest.mark.parametrize("opening", OPENINGS)
@pytest.mark.parametrize("width", [1, 3, 7, 1000])
def test_secrets_never_leave(framing: str, opening: str, width: int) -> None:
    """In no framing and no segmentation; neither encoded nor decoded, neither said nor repeated."""
    script = turns(opening + framing)
    dialogue = play(script, lambda o: [o[i : i + width] for i in range(0, len(o), width)])
    told = repr(dialogue).casefold()

    assert [] == [needle for needle in NEEDLES if needle.casefold() in told]


@given(st.binary(min_size=6, max_size=40), st.sampled_from(["PLAIN", "login", "XYZZY"]), st.integers(1, 9))
def test_random_secrets_never_leave(secret: bytes, mechanism: str, width: int) -> None:
    encoded = b64(secret)
    script = turns(f"S: 220 mx\nC: AUTH {mechanism} {encoded}\nS: 334 {encoded}\nC: {encoded}\nS: 535 no {encoded}")
    dialogue = play(script, lambda o: [o[i : i + width] for i in range(0, len(o), width)])

    assert encoded not in re.sub(r"sha256='\w+'", "", repr(dialogue))


def test_auth_in_message_text_is_text() -> None:
    script, _ = read("accepted")
    dialogue = play([t._replace(octets=t.octets.replace(b"MAIL FROM:<not@a", b"AUTH PLAIN <not@a")) for t in script])

    assert () == dialogue.auth
    assert dialogue.transactions[0].ended_at is not None


def test_implicit_tls_has_no_events() -> None:
    parser = DialogueParser(1, "here", CLIENT, SERVER, 5, implicit_tls=True)
    parser.receive(True, 6, 6, b"\x16\x03\x01\x00\x05MAIL FROM:<a@b>\r\n")
    parser.receive(False, 7, 7, b"220 x\r\n")
    dialogue = parser.finish(8)

    assert dialogue.tls is not None
    assert dialogue.tls.implicit
    assert ((), (), 0) == (dialogue.events, dialogue.exchanges, dialogue.client_stream.octets)


def test_times_and_frames() -> None:
    """A command and a reply are as old as the piece that completed them; a reply is awaited since its command."""
    parser = DialogueParser(1, "here", CLIENT, SERVER, 1)
    parser.receive(False, 2, 102, b"220-a\r\n")
    parser.receive(False, 3, 103, b"220 b\r\n")
    parser.receive(True, 4, 104, b"EHLO ")
    parser.receive(True, 5, 105, b"x\r\n")
    parser.receive(False, 6, 106, b"250 x\r\n")
    banner, ehlo = parser.finish(7).exchanges

    assert (1, 3, 103) == (banner.asked, banner.reply and banner.reply.at, banner.reply and banner.reply.frame)
    assert (5, 105, 6) == (ehlo.asked, ehlo.asked_frame, ehlo.reply and ehlo.reply.at)


def test_a_flood_is_counted() -> None:
    parser = DialogueParser(1, "here", CLIENT, SERVER, 1)
    parser.receive(False, 2, 2, b"220 a\r\n")
    parser.receive(True, 3, 3, b"NOOP\r\n" * (MAX_EVENTS + 99))
    dialogue = parser.finish(4)

    assert (MAX_EVENTS, 100) == (len(dialogue.events), dialogue.events_dropped)
    assert len(dialogue.exchanges) <= MAX_EVENTS


def test_a_flood_of_mail_begins_no_more_than_is_kept() -> None:
    parser = DialogueParser(1, "here", CLIENT, SERVER, 1)
    parser.receive(False, 2, 2, b"220 a\r\n")
    parser.receive(True, 3, 3, b"MAIL FROM:<a@b>\r\nRCPT TO:<c@d>\r\n" * MAX_EVENTS)
    dialogue = parser.finish(4)

    assert MAX_EVENTS - 1 == sum(1 + len(t.forward_paths) for t in dialogue.transactions)


def test_a_flood_of_mechanisms_is_none() -> None:
    parser = DialogueParser(1, "here", CLIENT, SERVER, 1)
    parser.receive(True, 3, 3, b"".join(b"AUTH X-%d\r\n" % n for n in range(5000)))

    assert MAX_MECHANISMS == len(parser.finish(4).auth)


def test_a_huge_message_is_measured_and_not_kept() -> None:
    parser = DialogueParser(1, "here", CLIENT, SERVER, 1)
    parser.receive(False, 1, 1, b"220 a\r\n")
    parser.receive(True, 2, 2, b"MAIL FROM:<a@example.org>\r\nRCPT TO:<b@example.net>\r\nDATA\r\n")
    parser.receive(False, 3, 3, b"250 a\r\n250 b\r\n354 c\r\n")
    piece = (b"x" * 76 + b"\r\n") * 800
    for at in range(200):
        parser.receive(True, at, at, piece)
    parser.receive(True, 300, 300, b".\r\n")
    (mail,) = parser.finish(301).transactions

    assert (200 * len(piece), 300) == (mail.octets, mail.ended_at)


def test_steps_reach_the_end_of_data() -> None:
    script, _ = read("accepted")
    wanted = [Step.BANNER, Step.EHLO, Step.MAIL, Step.RCPT, Step.RCPT, Step.DATA, Step.END_OF_DATA, Step.QUIT]

    assert wanted == [x.step for x in play(script).exchanges]
