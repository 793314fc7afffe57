"""Keys of a terminal, one at a time and without waiting."""

import contextlib
import os
import select
import sys
import termios
import tty
from collections.abc import Iterator
from types import TracebackType
from typing import Final, Self

UP, DOWN, ENTER, ESCAPE, ERASE = "up", "down", "enter", "escape", "erase"
_NAMES: Final = {
    b"\x1b[A": UP, b"\x1b[B": DOWN, b"\x1bOA": UP, b"\x1bOB": DOWN, b"\r": ENTER, b"\n": ENTER, b"\x7f": ERASE, b"\x08": ERASE,
}  # fmt: skip
_AT_ONCE: Final = 64


class Keys:
    """Standard input as keys, while it is entered."""

    def __init__(self) -> None:
        """Begin without having changed anything."""
        self._terminal = sys.stdin.fileno() if sys.stdin is not None and sys.stdin.isatty() else -1
        self._usual: list[int | list[bytes | int]] = []

    def __enter__(self) -> Self:
        if self._terminal >= 0:
            self._usual = termios.tcgetattr(self._terminal)
            tty.setcbreak(self._terminal)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._terminal >= 0:
            with contextlib.suppress(termios.error):
                termios.tcsetattr(self._terminal, termios.TCSADRAIN, self._usual)

    def pressed(self) -> Iterator[str]:
        """Give the keys pressed since."""
        if self._terminal >= 0 and select.select([self._terminal], [], [], 0)[0]:
            yield from named(os.read(self._terminal, _AT_ONCE))


def named(octets: bytes) -> Iterator[str]:
    """Give the keys that octets stand for: characters, and names of other keys; what is unknown is left out."""
    while octets:
        name = next((name for name in _NAMES if octets.startswith(name)), None)
        if name is not None:
            yield _NAMES[name]
            octets = octets[len(name) :]
        elif octets.startswith(b"\x1b"):
            if len(octets) == 1:
                yield ESCAPE
            return
        else:
            character = chr(octets[0])
            if character.isprintable() and character.isascii():
                yield character
            octets = octets[1:]
