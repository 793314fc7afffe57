"""Text as inputs: the examples in the tests of a format are its seeds."""

import ast
from collections.abc import Iterator

from tests.fuzz.target import LONGEST, PROJECT

_LEAST = 20
"""Characters of a string that may be an example."""


def examples(test: str) -> Iterator[bytes]:
    """Give every longer string of a test file."""
    tree = ast.parse((PROJECT / "tests" / test).read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str | bytes) and len(node.value) > _LEAST:
            octets = node.value.encode() if isinstance(node.value, str) else node.value
            yield octets[:LONGEST]


def committed(name: str) -> Iterator[bytes]:
    """Give the beginnings of such files that lie beside the committed captures."""
    for path in sorted((PROJECT / "pcaps").glob(f"*/{name}")):
        yield path.read_bytes()[:LONGEST]
