"""The page of limits: every named bound of the code, with its value and the reason that stands beside it."""

import ast
import importlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

import wiretruth
from scripts.generated import generated

PACKAGE: Final = Path(wiretruth.__file__).parent
BOUND: Final = re.compile(r"(?:MAX|KEPT|LARGEST)_[A-Z_]+|LONGEST_LINE|[A-Z][A-Z_]*_LIMIT")
"""How the house names a bound."""

INTRODUCTION: Final = """\
Hostile traffic must not make a run slow, large or endless, so everything that can grow has a named bound.
What a bound makes wiretruth give up is counted, and the report's coverage shows it."""

ATTACKS: Final = (
    ("compressed files that expand without end", ("capture/compression/xz.py MAX_MEMORY",),
     "octets are expanded and read piece by piece; frames without octets are counted, not read"),
    ("records and blocks that claim gigabytes", ("capture/feed.py LARGEST_RECORD", "capture/pcap.py LARGEST_FRAME"),
     "damage, with its place; the frames before it are read"),
    ("interfaces without number", ("capture/feed.py MAX_INTERFACES", "engine/vantages.py MAX_VANTAGES"), "counted"),
    ("headers within headers, tunnels within tunnels", ("wire/innermost.py MAX_TUNNELS",
     "wire/ipv6_extensions.py MAX_EXTENSIONS", "wire/links/_ethertype.py MAX_SHIMS"), "damage, with its frame"),
    ("floods of fragments", ("flow/fragments.py MAX_DATAGRAMS", "flow/fragments.py MAX_OCTETS", "flow/fragments.py MAX_PIECES"),
     "the oldest datagram is given up, and counted"),
    ("segments that overlap and differ", ("flow/reassembly.py MAX_RECALLED",),
     "the octets seen first are used; those that differ are counted, and told"),
    ("segments of one octet, segments behind holes", ("flow/reassembly.py MAX_PIECES", "flow/reassembly.py MAX_BUFFERED",
     "flow/sending.py MAX_OUTSTANDING"), "a hole is given up, and its octets are missing ones"),
    ("connections without number", ("flow/table.py MAX_CONNECTIONS", "engine/gathering.py MAX_SPEECHLESS",
     "columns/relevance.py MAX_FOLLOWED"), "the oldest are given up, and counted"),
    ("pointers in circles", ("protocols/dns/names.py MAX_HOPS", "protocols/dns/names.py MAX_NAME"),
     "damage of the message, with its frame; the records before it are used"),
    ("chains of aliases", ("ledger/names.py MAX_ALIASES", "protocols/dns/records.py MAX_RECORDS"),
     "followed so far, and no farther"),
    ("floods of queries", ("protocols/dns/lookups.py MAX_WEIGHT", "protocols/dns/pending.py MAX_ALIKE"), "counted"),
    ("replies without end", ("protocols/smtp/replies.py MAX_REPLY_LINES", "protocols/smtp/record.py MAX_TEXT"),
     "the first lines are kept, the last decides"),
    ("commands without end", ("protocols/smtp/record.py MAX_EVENTS", "protocols/smtp/pairing.py MAX_WAITING"), "counted"),
    ("lines without end", ("protocols/smtp/lines.py MAX_LINE", "sources/lines.py LONGEST_LINE",
     "witnesses/_envelopes.py MAX_LINE"), "their beginning is kept"),
    ("rules that jump in circles", ("firewall/walking.py MAX_STEPS", "firewall/walking.py MAX_JUMPS"),
     "what such a packet meets is not known, and nothing is claimed"),
    ("damage without end", ("engine/tally.py MAX_FAULTS",), "the first is told, the rest counted"),
    ("clocks that jump back", (), "a frame of another time is not believed before a second one says the same; the order is that of the file"),
)  # fmt: skip
"""What somebody may send, the bounds that hold it, and what becomes of it."""


class Bound(NamedTuple):
    """One named bound."""

    place: str
    """The file, from the top of the package."""
    name: str
    value: int
    reason: str
    """Its docstring on one line; empty where it has none."""


def bounds() -> Iterator[Bound]:
    """Give every public bound, file by file."""
    for source in sorted(PACKAGE.rglob("*.py")):
        body = ast.parse(source.read_text(encoding="utf-8")).body
        for node, following in zip(body, [*body[1:], None], strict=True):
            for name in assigned(node):
                if BOUND.fullmatch(name):
                    place = source.relative_to(PACKAGE)
                    yield Bound(place.as_posix(), name, value(place, name), docstring(following))


def assigned(node: ast.stmt) -> list[str]:
    """Give the names that a statement binds."""
    match node:
        case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
            return [name]
    return []


def docstring(node: ast.stmt | None) -> str:
    """Give the string that a statement consists of, on one line."""
    match node:
        case ast.Expr(value=ast.Constant(value=str(text))):
            return " ".join(text.split())
    return ""


def value(place: Path, name: str) -> int:
    """Look a bound's value up in its module."""
    module = importlib.import_module(".".join([wiretruth.__name__, *place.with_suffix("").parts]))
    return int(getattr(module, name))


def attack_rows() -> Iterator[str]:
    """Give a row for each attack, with the values of its bounds."""
    values = {f"{b.place} {b.name}": b.value for b in bounds()}
    for attack, held, then in ATTACKS:
        named = ", ".join(f"`{Path(name.split()[0]).stem}.{name.split()[1]}` {values[name]:,}" for name in held)
        yield f"| {attack} | {named or '-'} | {then} |"


def limit_page() -> str:
    """Write the page."""
    attacks = ["## What somebody may send", "\n".join(["| what | bounds | then |", "|---|---|---|", *attack_rows()])]
    head = ["# Limits", generated("the constants of wiretruth/"), INTRODUCTION, *attacks, "## Every bound"]
    rows = [f"| `{b.place}` | `{b.name}` | {b.value:,} | {b.reason} |" for b in bounds()]
    return (
        "\n\n".join(head) + "\n\n" + "\n".join(["| where | name | value | reason |", "|---|---|---|---|", *rows]) + "\n"
    )
