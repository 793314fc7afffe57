"""Both sides of an SMTP dialogue: the same dialogue however the segments are cut, printable, and bounded."""

from collections.abc import Iterator

from tests.fuzz.target import Piece, cut, harmless, joined
from tests.fuzz.values import texts
from tests.protocols.smtp.script import CLIENT, FOLDER, SERVER, Turn, turns
from wiretruth.model.smtp import Dialogue
from wiretruth.protocols.smtp.dialogue import DialogueParser

WORDS = (
    *(
        "EHLO ",
        "HELO ",
        "MAIL FROM:<",
        "RCPT TO:<",
        "DATA\r\n",
        "BDAT 5 LAST\r\n",
        "RSET\r\n",
        "QUIT\r\n",
        "STARTTLS\r\n",
    ),
    *("AUTH PLAIN ", "AUTH LOGIN\r\n", "\r\n.\r\n", "220 ", "220-", "250 ", "250-", "354 ", "334 ", "421 ", "5.7.1 "),
    *(" SIZE=", " BODY=BINARYMIME", "XCLIENT ", "VRFY ", "<>\r\n"),
)
"""For the fuzzer: what it would take long to find."""


def seeds() -> Iterator[bytes]:
    """Give the scripts of the tests of dialogues."""
    for path in sorted(FOLDER.glob("*.txt")):
        yield joined(_pieces(turns(path.read_text(encoding="utf-8"))))


def _pieces(script: list[Turn]) -> Iterator[Piece]:
    for turn in script:
        if turn.missing:
            yield Piece(bytes(turn.missing), first=turn.from_client, second=True)
        yield Piece(turn.octets, first=turn.from_client)


def check(octets: bytes) -> None:
    """Hear the pieces (the first flag: the client's; the second: missing) whole, and octet by octet."""
    pieces = list(cut(octets))
    dialogue = _dialogue(pieces, whole=True)

    assert dialogue == _dialogue(pieces, whole=False)
    for text in texts(dialogue):
        harmless(text)
    assert sum(map(len, texts(dialogue))) <= 1000 + 40 * len(octets)


def _dialogue(pieces: list[Piece], *, whole: bool) -> Dialogue:
    parser = DialogueParser(1, "tap", CLIENT, SERVER, 0)
    for number, piece in enumerate(pieces, 1):
        size = len(piece.octets)
        if piece.second and size:
            parser.gap(piece.first, number, number, size)
            continue
        step = max(1, size) if whole else 1
        for begin in range(0, size, step):
            parser.receive(piece.first, number, number, piece.octets[begin : begin + step])
    return parser.finish(len(pieces))
