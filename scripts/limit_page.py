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
BOUND: Final = re.compile(r"(?:MAX|KEPT)_[A-Z_]+|[A-Z][A-Z_]*_LIMIT")
"""How the house names a bound."""

INTRODUCTION: Final = """\
Hostile traffic must not make a run slow, large or endless, so everything that can grow has a named bound.
What a bound makes wiretruth give up is counted, and the report's coverage shows it."""


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


def limit_page() -> str:
    """Write the page."""
    head = ["# Limits", generated("the constants of wiretruth/"), INTRODUCTION]
    rows = [f"| `{b.place}` | `{b.name}` | {b.value:,} | {b.reason} |" for b in bounds()]
    return (
        "\n\n".join(head) + "\n\n" + "\n".join(["| where | name | value | reason |", "|---|---|---|---|", *rows]) + "\n"
    )
