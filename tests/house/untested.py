"""Source files without a test file of their own. The list can only shrink: an entry that is not needed fails."""

from typing import Final

UNTESTED: Final[dict[str, str]] = {}
"""Path from the top of the project, and the reason."""
