"""``python -m scripts.agreement``: hold wiretruth against tshark and dnspython over the public captures, and write the page.

What is compared, and how, is the tests': this only counts. A disagreement without a reason makes it fail.
"""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

from tests.flow import test_against_tshark as connections
from tests.protocols.dns import captures as dns
from tests.protocols.dns import test_message_of_the_corpus as messages
from tests.protocols.dns.forge import decoded
from tests.protocols.dns.judge import our_opinion, their_opinion
from tests.protocols.smtp import test_against_tshark as smtp
from tests.protocols.smtp.wire_tap import dialogues
from tests.wire import corpus as wire
from tests.wire import test_frame as frames
from wiretruth.errors import InputError

PROJECT: Final = Path(__file__).resolve().parents[1]
SHARED: Final = PROJECT.parent / "shared"
PAGE: Final = PROJECT / "docs" / "reference" / "agreement.md"

INTRODUCTION: Final = """\
# Agreement with other readers

tshark and dnspython read the same public captures, and what they say is held against what wiretruth reads.
`make agreement` compares anew and writes this page; it fails where they disagree and no reason is known.
The same comparisons are tests.

tshark was asked once, in two passes, with segments out of order put together and checksums not verified.
dnspython judges each DNS message that came in a datagram of its own; messages that it refuses count neither way."""

WRITTEN: Final = "<!-- Written by `make agreement` from scripts/agreement.py; change it there. -->"

WIRE: Final = "frames and octets of each conversation; every ICMP error with what it quotes"
TCP: Final = "who connected to whom, who began, SYNs, FINs and resets"
COMMANDS: Final = "SMTP commands and their arguments"
REPLIES: Final = "SMTP reply codes and texts"
STREAMS: Final = "length and SHA-256 of SMTP streams"
MESSAGES: Final = "DNS messages and answers"
JUDGED: Final = "DNS messages, field by field (dnspython)"


class Compared(NamedTuple):
    """One capture, in one respect."""

    respect: str
    capture: str
    things: int
    """What was compared: conversations, lines, messages."""
    agrees: bool
    reason: str = ""
    """Why not, where it is known."""


def main() -> int:
    """Compare, write the page, and fail where a disagreement has no reason."""
    if not (SHARED / "corpus").is_dir():
        sys.stderr.write("agreement: the corpus is not there\n")
        return 2
    compared = [one for respect in RESPECTS for one in respect()]
    PAGE.write_text(page(compared), encoding="utf-8")
    unexplained = [one for one in compared if not one.agrees and not one.reason]
    for one in unexplained:
        sys.stderr.write(f"agreement: {one.capture}: {one.respect}: no reason is known\n")
    return 1 if unexplained else 0


def page(compared: list[Compared]) -> str:
    """Write the page: the sums, then every disagreement."""
    respects = list(dict.fromkeys(one.respect for one in compared))
    lines = [INTRODUCTION.partition("\n")[0], WRITTEN, INTRODUCTION.partition("\n")[2], ""]
    lines += ["| what | captures | compared | the same in |", "|---|---:|---:|---:|"]
    for respect in respects:
        mine = [one for one in compared if one.respect == respect]
        same = sum(one.agrees for one in mine)
        lines.append(f"| {respect} | {len(mine):,} | {sum(one.things for one in mine):,} | {same:,} |")
    lines += ["", "## Where they disagree", ""]
    for respect in respects:
        mine = [one for one in compared if one.respect == respect and not one.agrees]
        if mine:
            lines += [f"### {respect[0].upper()}{respect[1:]}", "", "| capture | why |", "|---|---|"]
            lines += [f"| `{one.capture}` | {one.reason or 'not known yet'} |" for one in mine]
            lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def of_the_wire() -> Iterator[Compared]:
    """Compare packets where both open the same tunnels and the capture is sound."""
    for name, row in wire.manifest(SHARED).items():
        if frames.NOT_READ & set(row["link_type"].split("+")) or frames.UNLIKE & set(row["tags"].split(";")):
            continue
        said = wire.oracle(SHARED, name)
        if said is None or said["status"] != "ok" or frames.NESTED & set(said["protocols"]):
            continue
        expected, found = wire.theirs(said), wire.ours(SHARED / "corpus" / name)
        same = all(+a == +b for a, b in zip(expected[:3], found[:3], strict=True)) and expected.errors == found.errors
        things = len(expected.segments) + len(expected.datagrams) + len(expected.errors)
        yield Compared(WIRE, name, things, same, frames.EXCEPTIONS.get(name, ""))


def of_connections() -> Iterator[Compared]:
    """Compare connections."""
    reasons = {name: why for why, names in connections.OTHERWISE.items() for name in names}
    for name in (*connections.captures(), *reasons):
        said = wire.oracle(SHARED, name) or {}
        result = connections.seen(SHARED / "corpus" / name)
        if not result.sightings:
            continue
        same = _holds(connections.hold, said, result)
        yield Compared(TCP, name, len(said["tcp"]), same, reasons.get(name, ""))


def of_smtp() -> Iterator[Compared]:
    """Compare dialogues: commands, replies and streams."""
    for name in smtp.files():
        theirs = smtp.oracle(name)
        try:
            ours = {f"{d.client} {d.server}": d for d in dialogues(SHARED / "corpus" / name)}
        except InputError:
            continue
        pairs = [(theirs[key], dialogue) for key, dialogue in ours.items() if key in theirs]
        missing = smtp.TUNNELLED.get(name, "")
        commands = sum(len(smtp.their_commands(said)) for said, _ in pairs)
        replies = sum(len(smtp.their_reply_lines(said)) for said, _ in pairs)
        whole = len(pairs) == len(theirs)
        same = whole and all(smtp.same_commands(said, d) for said, d in pairs)
        yield Compared(COMMANDS, name, commands, same, missing or smtp.WRONG_COMMANDS.get(name, ""))
        same = whole and all(_holds(smtp.hold_replies, said, d) for said, d in pairs)
        yield Compared(REPLIES, name, replies, same, missing or smtp.MORE_REPLIES.get(name, ""))
        readable = [(said, d) for said, d in pairs if smtp.comparable(said, d)]
        yield Compared(STREAMS, name, 2 * len(readable), all(smtp.same_octets(said, d) for said, d in readable))


def of_dns() -> Iterator[Compared]:
    """Compare DNS: with tshark by capture, with dnspython by message."""
    corpus = SHARED / "corpus"
    for capture in dns.with_dns(corpus):
        name = str(capture.relative_to(corpus))
        ours, theirs = dns.ours(capture), dns.theirs(capture, corpus)
        whole = ours[0].total() == theirs[0].total()
        same = ours == theirs if whole else not messages._only_ours(ours, theirs)  # noqa: SLF001 - the test's own measure
        yield Compared(MESSAGES, name, ours[0].total() + ours[1].total(), same, messages.UNLIKE_TSHARK.get(name, ""))
    for capture in dns.with_dns(corpus):
        opinions = [(their_opinion(one.payload), decoded(one.payload)) for one in dns.heard(capture)]
        both = [(theirs, message) for theirs, message in opinions if theirs is not None]
        same = all(not message.faults and theirs == our_opinion(message) for theirs, message in both)
        if both:
            yield Compared(JUDGED, str(capture.relative_to(corpus)), len(both), same)


def _holds(check: Callable[..., None], *sides: Any) -> bool:
    try:
        check(*sides)
    except (AssertionError, ValueError):
        return False
    return True


RESPECTS: Final = (of_the_wire, of_connections, of_smtp, of_dns)

if __name__ == "__main__":
    sys.exit(main())
