"""Doors, clocks and chance, found in a syntax tree: nothing of a pure room may reach for them."""

import ast
from collections.abc import Iterator
from typing import Final

DOORS: Final = frozenset({
    "_io", "asyncio", "concurrent", "ctypes", "fileinput", "glob", "http", "importlib", "io", "logging", "mmap",
    "multiprocessing", "os", "pathlib", "pkgutil", "queue", "random", "sched", "secrets", "select", "selectors", "shutil",
    "signal", "smtplib", "socket", "socketserver", "sqlite3", "ssl", "subprocess", "sys", "tempfile", "threading", "time",
    "urllib", "uuid", "warnings", "click", "rich", "scapy",
})  # fmt: skip
"""Modules that lead out of a pure room."""
CALLS: Final = frozenset({"open", "print", "input", "exec", "eval", "compile", "breakpoint", "__import__"})
"""Built-in functions that do."""
METHODS: Final = frozenset({"now", "utcnow", "today", "open", "default_rng"})
"""Methods that do when they are called: ``datetime.now``, ``gzip.open`` …"""
NAMESPACES: Final = frozenset({"random"})
"""Attributes that hold such functions: ``numpy.random``."""


def impurities(tree: ast.Module, allowed: frozenset[str] = frozenset()) -> Iterator[str]:
    """Give each reach for a door, a clock, chance or a global, with its line.

    Args:
        tree: of one module.
        allowed: modules of :data:`DOORS` that this one has a reason to import.
    """
    for node in ast.walk(tree):
        for name in reaches(node, allowed):
            yield f"line {getattr(node, 'lineno', 0)}: {name}"


def reaches(node: ast.AST, allowed: frozenset[str]) -> Iterator[str]:
    """Give what one node reaches for."""
    match node:
        case ast.Import(names=names):
            yield from (f"import {a.name}" for a in names if a.name.partition(".")[0] in DOORS - allowed)
        case ast.ImportFrom(module=str(module), names=names):
            if module.partition(".")[0] in DOORS - allowed:
                yield f"from {module} import …"
            yield from (f"from {module} import {a.name}" for a in names if a.name in METHODS)
        case ast.Call(func=ast.Name(id=name)) if name in CALLS:
            yield f"{name}()"
        case ast.Call(func=ast.Attribute(attr=name)) if name in METHODS:
            yield f".{name}()"
        case ast.Attribute(attr=name) if name in NAMESPACES:
            yield f".{name}"
        case ast.Global(names=globals_):
            yield f"global {', '.join(globals_)}"
