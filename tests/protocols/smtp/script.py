r"""Dialogues as scripts: plain text in, octets out, and a Dialogue as plain text without its times.

A script has a line for each line on the wire:

    C: EHLO mta.example.net      the client says this, with CR LF behind it
    S: 250 mail.example.net      the server says this
    C\ text                       without a line end; Python's escapes (\n, \x16) may be used on any line
    C- 120                       120 octets of the client are missing from the capture
    # a remark
    => banner | ...              what must come of it
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

from wiretruth.model.packet import Endpoint
from wiretruth.model.smtp import Command, Dialogue, Exchange, Reply, Transaction
from wiretruth.protocols.smtp.dialogue import DialogueParser

CLIENT: Final = Endpoint("192.0.2.5", 40123)
SERVER: Final = Endpoint("198.51.100.10", 25)
FOLDER: Final = Path(__file__).parent / "transcripts"


class Turn(NamedTuple):
    """What one side says in one go; *missing* octets in front of it."""

    from_client: bool
    octets: bytes
    missing: int = 0


Cut = Callable[[bytes], list[bytes]]


def whole(octets: bytes) -> list[bytes]:
    return [octets]


def octet_by_octet(octets: bytes) -> list[bytes]:
    return [octets[i : i + 1] for i in range(len(octets))]


def _spoken(line: str) -> Turn:
    side, kind, rest = line[0] == "C", line[1], line[3:]
    if kind == "-":
        return Turn(side, b"", int(rest))
    octets = rest.encode("utf-8").decode("unicode_escape").encode("latin-1")
    return Turn(side, octets + (b"\r\n" if kind == ":" else b""))


def turns(script: str) -> list[Turn]:
    """Read a script; consecutive lines of one side make one turn."""
    found: list[Turn] = []
    for line in script.splitlines():
        if not line.startswith(("C", "S")):
            continue
        turn = _spoken(line)
        if found and found[-1].from_client == turn.from_client and not turn.missing:
            found[-1] = found[-1]._replace(octets=found[-1].octets + turn.octets)
        else:
            found.append(turn)
    return found


def play(script: list[Turn], cut: Cut = whole) -> Dialogue:
    """Let a parser hear a script, each turn cut into pieces."""
    parser = DialogueParser(1, "here", CLIENT, SERVER, 0)
    for at, turn in enumerate(script, 1):
        if turn.missing:
            parser.gap(turn.from_client, at, at, turn.missing)
        for piece in cut(turn.octets):
            parser.receive(turn.from_client, at, at, piece)
    return parser.finish(len(script) + 1)


def read(name: str) -> tuple[list[Turn], list[str]]:
    """Give the script of that name, and what must come of it."""
    text = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    return turns(text), [line[3:] for line in text.splitlines() if line.startswith("=> ")]


def _said(command: Command) -> str:
    return f"{command.verb} {command.argument}".rstrip()


def _replied(reply: Reply | None) -> str:
    return "nothing" if reply is None else f"{reply.code} {' / '.join(reply.lines)}".rstrip()


def _exchange(exchange: Exchange) -> str:
    said = f" [{_said(exchange.command)}]" if exchange.command else ""
    return f"{exchange.step}{said} -> {_replied(exchange.reply)}"


def _transaction(transaction: Transaction) -> str:
    paths = ", ".join(f"<{p.mailbox}> {p.reply.code if p.reply else '-'}" for p in transaction.forward_paths)
    ended = "ended" if transaction.ended_at is not None else "not ended"
    replies = (transaction.mail_reply, transaction.data_reply, transaction.reply)
    codes = " ".join(str(r.code) if r else "-" for r in replies)
    state = f"{ended}, abandoned" if transaction.abandoned else ended
    return f"mail <{transaction.reverse_path}> to {paths or 'nobody'}: {codes}, {transaction.octets} octets, {state}"


def _facts(dialogue: Dialogue) -> Iterator[str]:
    if dialogue.tls:
        yield f"tls {dialogue.tls.server_name} {dialogue.tls.version}"
    if dialogue.auth:
        yield f"auth {' '.join(dialogue.auth)}"
    if dialogue.missing_octets:
        yield f"missing {dialogue.missing_octets}"
    for fault in dialogue.faults:
        yield f"fault at {fault.offset}: expected {fault.expected}, got {fault.got}"


def render(dialogue: Dialogue) -> list[str]:
    """Give a dialogue as lines of text, without times and frames."""
    answered = {id(x.reply) for x in dialogue.exchanges}
    lines = [_exchange(x) for x in dialogue.exchanges]
    lines += [f"unasked {_replied(e)}" for e in dialogue.events if isinstance(e, Reply) and id(e) not in answered]
    lines += [_transaction(t) for t in dialogue.transactions]
    return lines + list(_facts(dialogue))
