"""Mail that goes as it should, in the ways in which it may; and what may go wrong with it, a little at a time."""

from dataclasses import replace
from random import Random
from typing import Final

from tests.engine.unruly import MODULUS, Segment, _frames, _spoilt, _Talk
from tests.rules.packets import ACK, FIN, PSH, RST, SYN
from tests.rules.scene import Frame

Said = list[tuple[bool, bytes]]

_ODD: Final = (
    b"RSET\r\n", b"NOOP\r\n", b"STARTTLS\r\n", b"AUTH PLAIN AGJvYgBodW50ZXIy\r\n", b"MAIL FROM:<a@b>\n", b"QUIT \r\n", b"\r\n",
    b"DATA\r\n", b"mail from:<a@example.org>\r\n", b"RCPT TO:<>\r\n", b"VRFY bob\r\n", b"\x16\x03\x01\0\0", b"BDAT 3 LAST\r\nabc",
)  # fmt: skip
_ANSWERS: Final = (
    b"451 4.3.0 later\r\n", b"550 5.1.1 no\r\n", b"354 go\r\n", b"250-two\r\n250 lines\r\n", b"250\r\n", b"250 ok\n", b"221 bye\r\n",
    b"334 \r\n", b"", b"nonsense\r\n", b"250-open\r\n", b"421 4.4.2 bye\r\n",
)  # fmt: skip


def text(rng: Random) -> bytes:
    """Make message text with its end, and dots where they may stand."""
    lines = [
        rng.choice((b"x" * rng.randrange(90), b"..", b"..x", b"", b"a\rb", b"\n.\n", b"x."))
        for _ in range(rng.randrange(60))
    ]
    return b"".join(line + b"\r\n" for line in lines) + b".\r\n"


def dialogue(rng: Random, number: int) -> Said:
    """Say what a delivery says: with or without pipelining, one mail or several."""
    domain = f"d{number}.example"
    said: Said = [(False, f"220 mx.{domain} ESMTP\r\n".encode())]
    said += [(True, b"EHLO mta.example.org\r\n"), (False, b"250-mx\r\n250-PIPELINING\r\n250 SIZE 1\r\n")]
    piped = rng.random() < 0.5
    mails = rng.choice((1, 1, 1, 2, 3))
    for mail in range(mails):
        asked = [(f"MAIL FROM:<a{number}@example.org> SIZE=7".encode(), b"250 2.1.0 Ok")]
        asked += [(f"RCPT TO:<b{n}@{domain}>".encode(), b"250 2.1.5 Ok") for n in range(rng.choice((1, 1, 2, 5)))]
        asked.append((b"DATA", b"354 End data with <CR><LF>.<CR><LF>"))
        if piped:
            said.append((True, b"".join(ask + b"\r\n" for ask, _ in asked)))
            said.append((False, b"".join(answer + b"\r\n" for _, answer in asked)))
        else:
            said += [pair for ask, answer in asked for pair in ((True, ask + b"\r\n"), (False, answer + b"\r\n"))]
        quits = piped and mail == mails - 1
        said.append((True, text(rng) + (b"QUIT\r\n" if quits else b"")))
        said.append((False, b"250 2.0.0 Ok: queued as %d\r\n" % number + (b"221 2.0.0 Bye\r\n" if quits else b"")))
    if not piped:
        said += [(True, b"QUIT\r\n"), (False, b"221 2.0.0 Bye\r\n")]
    return said


def misspoken(rng: Random, said: Said) -> Said:
    """Say something else at one place."""
    made = list(said)
    place = rng.randrange(len(made))
    client = made[place][0]
    match rng.randrange(4):
        case 0:
            made[place] = (client, rng.choice(_ODD if client else _ANSWERS))
        case 1:
            made.insert(place, (True, rng.choice(_ODD)))
            made.insert(place + 1, (False, rng.choice(_ANSWERS)))
        case 2:
            del made[place]
        case _:
            made[place:place] = [(not client, rng.choice((b"", b"250 ok\r\n", b"x")))]
    return [(side, octets) for side, octets in made if octets]


def session(rng: Random, number: int, spoilt: float) -> list[Segment]:
    """Make the segments of one connection."""
    stamps = rng.random() < 0.5
    network = ("192.0.2.", "198.51.100.") if rng.random() < 0.8 else ("2001:db8::", "2001:db8::25:")
    client = (f"{network[0]}{1 + number % 3}", 40_000 + number)
    isns = [rng.choice((rng.randrange(MODULUS), MODULUS - 20 - number)) for _ in range(2)]
    talk = _Talk(rng, client, (f"{network[1]}{1 + number % 2}", 25), (isns[0], isns[1]), stamps=stamps)
    said = dialogue(rng, number)
    if rng.random() < spoilt:
        said = misspoken(rng, said)
    _open(talk)
    for from_client, octets in said:
        _say(rng, talk, from_client, octets)
    _close(rng, talk)
    if rng.random() < spoilt:
        _later(rng, talk)
    for place, segment in enumerate(talk.segments):
        segment.ip_id = place + 1
    if rng.random() < spoilt:
        return _spoilt(rng, talk.segments)
    return talk.segments


def _open(talk: _Talk) -> None:
    talk.send(True, SYN)
    talk.listen(False)
    talk.send(False, SYN | ACK)
    talk.listen(True)
    talk.send(True, ACK)


def _say(rng: Random, talk: _Talk, from_client: bool, octets: bytes) -> None:
    size = rng.choice((len(octets), len(octets), 300, 1000))
    for start in range(0, len(octets), size):
        talk.send(from_client, ACK | rng.choice((0, PSH)), octets[start : start + size])
        if rng.random() < 0.3:
            talk.listen(not from_client)
            talk.send(not from_client, ACK)
    talk.listen(not from_client)


def _close(rng: Random, talk: _Talk) -> None:
    first = rng.random() < 0.5
    talk.send(first, FIN | ACK)
    talk.listen(not first)
    if rng.random() < 0.3:
        talk.send(not first, ACK)
    talk.send(not first, FIN | ACK)
    talk.listen(first)
    talk.send(first, ACK)


def _later(rng: Random, talk: _Talk) -> None:
    """Let something come when all is over."""
    last = talk.segments[-1]
    talk.segments += rng.choice((
        [replace(last)], [replace(last, flags=RST, payload=b"")], [replace(last, payload=b"more")],
        [replace(talk.segments[0], seq=talk.segments[0].seq + 99_999)], [replace(last, shape="error")],
        [replace(last, ttl=3, payload=b"x" * 9)], talk.segments[-2:],
    ))  # fmt: skip


def polite(rng: Random, *, spoilt: float, sessions: int = 12) -> list[Frame]:
    """Make the frames of some sessions, by turns.

    Args:
        rng: decides everything.
        spoilt: share of the sessions with which something is wrong, thrice over.
        sessions: how many.
    """
    return _frames(rng, [session(rng, number, spoilt) for number in range(sessions)])
