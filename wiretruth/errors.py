"""What a caller may catch.

Hostile bytes never raise: they become a ``model.Fault``. Exceptions are for a caller's mistakes and for doors.
"""


class WiretruthError(Exception):
    """The root of everything that wiretruth raises on purpose; its text is one line that says what to do."""


class InputError(WiretruthError):
    """An input cannot be used: missing, unreadable, or not what it was said to be."""

    def __init__(self, path: str, problem: str, remedy: str = "") -> None:
        """Name the input, what is wrong with it and, where one is known, what to do.

        Args:
            path: the input as the user named it; ``-`` for standard input.
            problem: what is wrong, without a full stop.
            remedy: what to do about it, without a full stop.
        """
        self.path = path
        self.problem = problem
        self.remedy = remedy
        super().__init__(f"{path}: {problem}" + (f"; {remedy}" if remedy else ""))

    def __reduce__(self) -> tuple[type["InputError"], tuple[str, str, str]]:
        return type(self), (self.path, self.problem, self.remedy)


class WrongKindError(InputError):
    """An input is readable, and of another kind than it was named as."""
