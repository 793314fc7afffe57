"""Nothing of a secret is told: not in any output, however AUTH was said, cut, repeated, mixed up or logged."""

import pickle
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Final

import pytest
from click.testing import CliRunner

from tests.mutations import Frame, Tape, batches
from tests.promises import read, written
from tests.rules.packets import ACK, PSH
from tests.rules.scene import RAW, TAP, Scene
from tests.rules.session import Session
from tests.secrets import ENDINGS, EXCHANGES, NEEDLES, PASSWORD, Turn, base64_of, forms, given_away, session
from wiretruth.cli import _formats
from wiretruth.cli.main import main
from wiretruth.engine.reading import Reading
from wiretruth.engine.settings import Settings
from wiretruth.engine.yielded import Ending

Delivery = Callable[[list[Frame], Random], list[Frame]]


def played(turns: list[Turn], size: int, port: int = 25) -> list[Frame]:
    """Let a session pass a tap, in segments of *size*."""
    scene = Scene()
    scene.example_net()
    talk = Session(scene, server_port=port).connect()
    for turn in turns:
        octets = turn.line.encode()
        for begin in range(0, len(octets), size):
            talk.send(turn.from_client, ACK | PSH, octets[begin : begin + size])
    talk.close()
    return [Frame(*frame) for frame in scene.frames[TAP]]


def pipelined(turns: list[Turn]) -> list[Turn]:
    """Let the client say all at once behind EHLO, and the server answer all of it."""
    hello, rest = turns[:3], turns[3:]
    said = "".join(turn.line for turn in rest if turn.from_client)
    answered = "".join(turn.line for turn in rest if not turn.from_client)
    return [*hello, Turn(True, said), Turn(False, answered)]


def as_sent(frames: list[Frame], _random: Random) -> list[Frame]:
    return frames


def repeated(frames: list[Frame], random: Random) -> list[Frame]:
    """Every third frame comes again, some frames later."""
    made = list(frames)
    for frame in frames:
        if random.random() < 0.33:
            made.insert(min(len(made), made.index(frame) + random.randrange(1, 6)), frame)
    return made


def mixed_up(frames: list[Frame], random: Random) -> list[Frame]:
    """Behind the handshake, frames overtake each other."""
    places = [(n + random.choice((0, 0, 1.5, 3.5)) * (n > 8), frame) for n, frame in enumerate(frames)]
    return [frame for _, frame in sorted(places, key=lambda place: place[0])]


def lost(frames: list[Frame], random: Random) -> list[Frame]:
    """One frame in eight was not captured."""
    return [frame for frame in frames if random.random() > 0.12]


def begun_late(frames: list[Frame], random: Random) -> list[Frame]:
    return frames[random.randrange(len(frames)) :]


def cut(frames: list[Frame], random: Random) -> list[Frame]:
    """A snap length cuts some frames within AUTH."""
    return [f._replace(octets=f.octets[: random.choice((48, 60, 70, 2000))]) for f in frames]


WAYS: Final[tuple[Delivery, ...]] = (as_sent, repeated, mixed_up, lost, begun_late, cut)
SIZES: Final = (1460, 11, 3)


def told(frames: list[Frame]) -> str:
    """Everything that is written of a capture, and what processes hand to each other."""
    tape = Tape(RAW, frames)
    report = read(tape)
    reading = Reading(Settings(every_connection=True), "tap", "tap.pcap", 0)
    for batch in batches(tape, 1 << 16):
        reading.receive(batch)
    pickled = pickle.dumps(reading.finish(Ending("pcap")))
    return "\n".join((*written(report), repr(report), pickled.decode("latin-1")))


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
@pytest.mark.parametrize("exchange", EXCHANGES)
def test_on_the_wire(exchange: str, way: Delivery) -> None:
    random = Random(f"{exchange} {way.__name__}")
    for ending in random.sample(ENDINGS, 2):
        turns = session(exchange, ending)
        for talk, size in ((turns, random.choice(SIZES)), (pipelined(turns), random.choice(SIZES))):
            frames = played(talk, size, random.choice((25, 587, 26)))
            assert [] == given_away(told(way(frames, random))), (ending, size)


def test_the_needles_would_be_found() -> None:
    """What the tests search for is what the frames hold."""
    for exchange in EXCHANGES:
        octets = b"".join(frame.octets for frame in played(session(exchange, ENDINGS[0]), 1460)).decode("latin-1")
        assert given_away(octets), exchange
    assert set(forms(PASSWORD)) < set(NEEDLES)
    assert all(
        any(form in base64_of(f"{'x' * n}{PASSWORD}{'y' * m}") for form in forms(PASSWORD))
        for n in range(4)
        for m in range(4)
    )


BLOB: Final = base64_of(f"\0bobby-Xw7vK\0{PASSWORD}")
LOGS: Final = {
    "Postfix": f"""\
Nov 20 18:29:44 mta postfix/smtpd[7]: connect from mta.corp.example[10.10.0.5]
Nov 20 18:29:44 mta postfix/smtpd[7]: improper command pipelining after AUTH from mta.corp.example[10.10.0.5]: {BLOB}\\r\\n
Nov 20 18:29:44 mta postfix/smtpd[7]: < mta.corp.example[10.10.0.5]: AUTH PLAIN {BLOB}
Nov 20 18:29:44 mta postfix/smtp[8]: > mail1.example.net[198.51.100.10]:25: AUTH PLAIN {BLOB}
Nov 20 18:29:45 mta postfix/smtp[8]: 4F1: to=<bert@example.net>, relay=mail1.example.net[198.51.100.10]:25, delay=1, \
delays=0/0/0/1, dsn=4.7.8, status=deferred (SASL authentication failed; server said: 535 no: AUTH PLAIN {BLOB})
Nov 20 18:29:45 mta postfix/smtpd[7]: lost connection after AUTH PLAIN {BLOB} from mta.corp.example[10.10.0.5]
""",
    "Exim": f"""\
2026-11-20 18:29:44 SMTP protocol synchronization error (next input sent too soon): rejected "AUTH PLAIN {BLOB}" \
H=mta.corp.example [10.10.0.5] next input="{BLOB}\\r\\n"
2026-11-20 18:29:44 SMTP syntax error in "AUTH PLAIN {BLOB}" H=mta.corp.example [10.10.0.5] malformed
2026-11-20 18:29:44 1abcde-000001-AB == bert@example.net R=dnslookup T=remote_smtp defer (-46) H=mail1.example.net \
[198.51.100.10]: SMTP error from remote mail server after AUTH PLAIN {BLOB}: 454 later
2026-11-20 18:29:44 1abcde-000001-AB ** bert@example.net R=dnslookup T=remote_smtp H=mail1.example.net [198.51.100.10]: \
SMTP error from remote mail server after AUTH LOGIN: 535 {BLOB}
""",
    "Sendmail": f"""\
Nov 20 18:29:44 mta sendmail[9]: 6AKIThbY000001: <-- AUTH PLAIN {BLOB}
Nov 20 18:29:44 mta sendmail[9]: 6AKIThbY000001: to=<bert@example.net>, delay=00:00:01, mailer=esmtp, pri=30000, \
relay=mail1.example.net. [198.51.100.10], dsn=5.7.0, stat=Service unavailable AUTH PLAIN {BLOB}
Nov 20 18:29:44 mta sendmail[9]: 6AKIThbY000001: lost input channel from mta.corp.example [10.10.0.5] to MTA after auth {BLOB}
""",
    "OpenSMTPD": f"""\
Nov 20 18:29:44 mta smtpd[4]: 188919dac2f780a3 smtp connected address=10.10.0.5 host=mta.corp.example
Nov 20 18:29:44 mta smtpd[4]: 188919dac2f780a3 smtp failed-command command="AUTH PLAIN {BLOB}" result="535 no"
Nov 20 18:29:44 mta smtpd[4]: 188919dac2f780a4 mta connecting address=smtp://198.51.100.10:25 host=mail1.example.net
Nov 20 18:29:44 mta smtpd[4]: 188919dac2f780a4 mta delivery evpid=7a48db501dc803a3 from=<a@corp.example> to=<bert@example.net> \
rcpt=<-> source="10.10.0.5" relay="198.51.100.10 (mail1.example.net)" delay=1s result="TempFail" stat="454 AUTH PLAIN {BLOB}"
""",
    "Exchange": f"""\
#Software: Microsoft Exchange Server
#Fields: date-time,connector-id,session-id,sequence-number,local-endpoint,remote-endpoint,event,data,context
2026-11-20T18:29:44.000Z,Out,08D1,0,10.10.0.5:40003,198.51.100.10:25,+,,
2026-11-20T18:29:44.000Z,Out,08D1,1,10.10.0.5:40003,198.51.100.10:25,<,220 hi,
2026-11-20T18:29:44.000Z,Out,08D1,2,10.10.0.5:40003,198.51.100.10:25,>,AUTH PLAIN {BLOB},
2026-11-20T18:29:44.000Z,Out,08D1,3,10.10.0.5:40003,198.51.100.10:25,<,535 no: {BLOB},
2026-11-20T18:29:44.000Z,Out,08D1,4,10.10.0.5:40003,198.51.100.10:25,>,RCPT TO:<bert@example.net>,
2026-11-20T18:29:44.000Z,Out,08D1,5,10.10.0.5:40003,198.51.100.10:25,<,550 behind AUTH PLAIN {BLOB},
""",
}


def capture(tmp_path: Path, frames: list[Frame]) -> str:
    path = tmp_path / "mail.pcap"
    path.write_bytes(b"".join(_file(frames)))
    return str(path)


def _file(frames: list[Frame]) -> Iterator[bytes]:
    yield b"\xd4\xc3\xb2\xa1\2\0\4\0" + bytes(8) + (1 << 18).to_bytes(4, "little") + RAW.to_bytes(4, "little")
    for frame in frames:
        seconds, rest = divmod(frame.at, 10**9)
        for number in (seconds, rest // 1000, len(frame.octets), frame.original):
            yield number.to_bytes(4, "little")
        yield frame.octets


@pytest.mark.parametrize("form", _formats.names())
@pytest.mark.parametrize("software", LOGS)
def test_in_logs(software: str, form: str, tmp_path: Path) -> None:
    """What a log holds of AUTH is not quoted, whatever the line is told for."""
    pcap = capture(tmp_path, played(session("PLAIN at once", ENDINGS[1]), 1460))
    log = tmp_path / "mail.log"
    log.write_text(LOGS[software], encoding="utf-8")
    words = ["read", pcap, pcap, "--jobs", "2", "--log", str(log), "-vv", "--records", "all", "--format", form]
    done = CliRunner().invoke(main, words, env={"WIRETRUTH_DEBUG": "1"})

    assert done.exit_code in (0, 1), done.output
    assert "bert@example.net" in done.output
    assert [] == [form for form in (BLOB.rstrip("="), *forms(PASSWORD)) if form.casefold() in done.output.casefold()]
