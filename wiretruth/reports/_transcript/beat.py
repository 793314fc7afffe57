"""What a transcript is made of."""

import enum
from typing import NamedTuple


class Who(enum.StrEnum):
    """Whose doing it was (values are public: the JSON transcript)."""

    CLIENT = "client"
    SERVER = "server"
    NETWORK = "network"
    """Somebody between, or nobody: silence."""


SAID = frozenset({"command", "reply", "header", "text"})
"""Kinds that are speech; every other one is what passed below it."""


class Beat(NamedTuple):
    """One thing that happened."""

    at: int
    frame: int
    who: Who
    kind: str
    """``command``, ``reply``, ``header``, ``text``, ``tls``, ``syn``, ``connected``, ``again`` … (public)."""
    lines: tuple[str, ...]
    """Printable; at least one."""
    bad: bool = False
    """Not as it should be."""

    @property
    def said(self) -> bool:
        """Tell whether it was said, and not something below."""
        return self.kind in SAID
