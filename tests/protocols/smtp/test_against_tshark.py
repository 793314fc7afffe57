"""The whole way from file to dialogue, held against tshark over every public capture with SMTP in it.

Compared: the commands (by the four letters that tshark keeps), their arguments, every reply line, and the measure of
both streams. tshark is not always right; where it is wrong, the table says why, and the streams are compared all the same.
"""

import csv
import gzip
import itertools
import json
from pathlib import Path
from typing import Any, Final

import pytest

from tests.protocols.smtp.wire_tap import dialogues
from wiretruth.errors import InputError
from wiretruth.model.smtp import Command, Dialogue, Reply

pytestmark = pytest.mark.shared

CORPUS: Final = Path(__file__).resolve().parents[4] / "shared" / "corpus"
CHALLENGE: Final = 334
"""Its text is withheld."""

HIDDEN = "tshark lists no commands of a segment that also ends the mail, nor what follows the mail in it"
REFUSED = "DATA was refused, and tshark takes what follows for message text"
CHUNKS = "tshark loses the commands behind a chunk of BDAT"
BAD_CHUNK = "BDAT was refused for its syntax, and tshark takes what follows for the chunk"
DECRYPTED = "the octets behind STARTTLS are clear text put in by a decrypting tap; nothing is read behind STARTTLS"

WRONG_COMMANDS: Final = {
    "arkime/smtp-decrypted.pcap": DECRYPTED,
    "arkime/smtp-moloch-bof.pcap": HIDDEN,
    "arkime/smtp-subject-windows.pcap": HIDDEN,
    "suricata-verify/bug-1045__smtpsuricataflowbitsFN.pcap": HIDDEN,
    "suricata-verify/firewall__ruletype-firewall-133-smtp-out-of-order-commands__smtp-out-of-order.pcap": REFUSED,
    "suricata-verify/smtp-bdat-bad-tail-next-mail__input.pcap": BAD_CHUNK,
    "suricata-verify/smtp-bdat-bad-tail-reply-queue__input.pcap": BAD_CHUNK,
    "suricata-verify/smtp-bdat-last-next-mail__input.pcap": CHUNKS,
    "suricata-verify/smtp-bdat-multichunk-inspection__input.pcap": CHUNKS,
    "suricata-verify/smtp-bdat-multichunk-next-mail__input.pcap": CHUNKS,
    "suricata-verify/smtp-data-rejected__10.7.29.101_49898-178.63.41.150_25.pcap": REFUSED,
    "suricata-verify/smtp-ehlo-reset-after-rejected-data__input.pcap": REFUSED,
    "suricata-verify/smtp-pipelined-rset-data-replies__input.pcap": HIDDEN,
    "suricata-verify/smtp-pipelining__input.pcap": HIDDEN,
    "suricata-verify/smtp-to-comma__10.7.29.101_49898-178.63.41.150_25.pcap": REFUSED,
    "zeek/smtp__smtp-bdat-cmd-chunk-size-overflow.pcap": BAD_CHUNK,
    "zeek/smtp__smtp-bdat-cmd-chunk-size-overflow2.pcap": BAD_CHUNK,
    "zeek/smtp__smtp-bdat-cmd-invalid.pcapng": BAD_CHUNK,
    "zeek/smtp__smtp-bdat-cmd-negative-chunk-size.pcap": BAD_CHUNK,
}
MORE_REPLIES: Final = {"arkime/smtp-decrypted.pcap": DECRYPTED}
TUNNELLED: Final = {
    "arkime/socks5-smtp-503.pcap": "SMTP within SOCKS: the connection itself is SOCKS",
    "zeek/http__connect-with-smtp.pcap": "SMTP within HTTP CONNECT: the connection itself is HTTP",
}


def files() -> list[str]:
    if not CORPUS.is_dir():
        return ["no-corpus"]
    with (CORPUS / "MANIFEST.csv").open(encoding="utf-8") as manifest:
        return [row["file"] for row in csv.DictReader(manifest) if int(row["n_smtp_conversations"] or 0)]


def oracle(file: str) -> dict[str, Any]:
    """What tshark says of the SMTP conversations of a file, by "client server"."""
    path = CORPUS / "oracle" / f"{file}.json"
    text = path.read_text(encoding="utf-8") if path.exists() else gzip.decompress(Path(f"{path}.gz").read_bytes())
    found: dict[str, Any] = json.loads(text)["smtp"]
    return {f"{one['client']} {one['server']}": one for one in found.values()}


@pytest.fixture(scope="module")
def seen() -> dict[str, dict[str, Dialogue]]:
    """Dialogues by file; each file is read once."""
    return {}


def ours(file: str, seen: dict[str, dict[str, Dialogue]]) -> dict[str, Dialogue]:
    if file not in seen:
        try:
            found = dialogues(CORPUS / file)
        except InputError as error:
            pytest.skip(str(error))
        seen[file] = {f"{d.client} {d.server}": d for d in found}
    return seen[file]


def commands(dialogue: Dialogue) -> list[tuple[str, str]]:
    """Verbs and arguments as far as tshark can be asked: neither lines of AUTH, nor lines that are no commands."""
    said = [e for e in dialogue.events if isinstance(e, Command) and e.verb != "?"]
    return [(c.verb[:4], c.argument if c.verb != "AUTH" else "") for c in said if (c.verb, c.argument) != ("AUTH", "")]


def their_commands(conversation: dict[str, Any]) -> list[tuple[str, str]]:
    said = [e for e in conversation["events"] if e[1] == "C" and len(e) == 4]
    return [(e[2][:4].upper(), (e[3] or "").strip() if e[2].upper() != "AUTH" else "") for e in said]


def reply_lines(dialogue: Dialogue) -> list[tuple[int, str]]:
    replies = [e for e in dialogue.events if isinstance(e, Reply) and e.code != CHALLENGE]
    return [(r.code, line.strip()) for r in replies for line in r.lines]


def their_reply_lines(conversation: dict[str, Any]) -> list[tuple[int, str]]:
    said = [e for e in conversation["events"] if e[1] == "S" and len(e) == 4 and e[2] != CHALLENGE]
    return [(e[2], (e[3] or "").strip()) for e in said]


def is_plain(text: str) -> bool:
    """Neither of the two escaped or cut it."""
    return text.isprintable() and "\\" not in text and "…" not in text


@pytest.mark.parametrize("file", files())
def test_the_same_conversations(file: str, seen: dict[str, dict[str, Dialogue]]) -> None:
    expected = set() if file in TUNNELLED else set(oracle(file))

    assert expected <= set(ours(file, seen))


@pytest.mark.parametrize("file", [f for f in files() if f not in WRONG_COMMANDS])
def test_the_same_commands(file: str, seen: dict[str, dict[str, Dialogue]]) -> None:
    theirs = oracle(file)
    for key, dialogue in ours(file, seen).items():
        if key in theirs:
            assert same_commands(theirs[key], dialogue)


def same_commands(said: dict[str, Any], dialogue: Dialogue) -> bool:
    return plain_commands(their_commands(said)) == plain_commands(commands(dialogue))


def plain_commands(said: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Arguments only where both keep them: unknown verbs have none here."""
    return [(verb, argument if verb in ("MAIL", "RCPT", "EHLO", "HELO") else "") for verb, argument in said]


@pytest.mark.parametrize("file", sorted(WRONG_COMMANDS))
def test_tshark_is_still_wrong(file: str, seen: dict[str, dict[str, Dialogue]]) -> None:
    """An entry of the table that is no longer needed fails."""
    theirs = oracle(file)

    assert any(
        commands(dialogue) != their_commands(theirs[key]) for key, dialogue in ours(file, seen).items() if key in theirs
    )


@pytest.mark.parametrize("file", [f for f in files() if f not in MORE_REPLIES])
def test_the_same_replies(file: str, seen: dict[str, dict[str, Dialogue]]) -> None:
    theirs = oracle(file)
    for key, dialogue in ours(file, seen).items():
        if key in theirs:
            hold_replies(theirs[key], dialogue)


def hold_replies(said: dict[str, Any], dialogue: Dialogue) -> None:
    expected, got = their_reply_lines(said), reply_lines(dialogue)
    plain = [is_plain(a[1]) and is_plain(b[1]) for a, b in zip(expected, got, strict=True)]
    assert [code for code, _ in expected] == [code for code, _ in got]
    assert list(itertools.compress(expected, plain)) == list(itertools.compress(got, plain))


@pytest.mark.parametrize("file", files())
def test_the_same_octets(file: str, seen: dict[str, dict[str, Dialogue]]) -> None:
    """Length and SHA-256 of both streams, wherever nothing is encrypted and nothing is missing."""
    theirs = oracle(file)
    for key, dialogue in ours(file, seen).items():
        if key in theirs and comparable(theirs[key], dialogue):
            assert same_octets(theirs[key], dialogue)


def comparable(said: dict[str, Any], dialogue: Dialogue) -> bool:
    return not (dialogue.tls or dialogue.missing_octets or said["stream"]["gap"])


def same_octets(said: dict[str, Any], dialogue: Dialogue) -> bool:
    both = (("client", dialogue.client_stream), ("server", dialogue.server_stream))
    return all(said["stream"][side] == [digest.octets, digest.sha256] for side, digest in both)
