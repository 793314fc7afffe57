"""The page's own style and script, and the policy that lets these two run and nothing else."""

import base64
import hashlib
from functools import cache
from importlib import resources
from typing import Final

STYLES: Final = ("theme.css", "layout.css", "drawing.css", "print.css")
SCRIPTS: Final = ("page.js",)


@cache
def style() -> str:
    """Give the one style sheet."""
    return _joined(STYLES)


@cache
def script() -> str:
    """Give the one script."""
    return _joined(SCRIPTS)


def policy() -> str:
    """Give the Content-Security-Policy: this style, this script, and no way out of the page.

    Source: CSP Level 3 §8.2 (hashes); ``frame-ancestors`` and ``sandbox`` cannot stand in a page.
    """
    allowed = f"style-src {_hash(style())}; script-src {_hash(script())}"
    return f"default-src 'none'; {allowed}; base-uri 'none'; form-action 'none'"


def _joined(names: tuple[str, ...]) -> str:
    folder = resources.files(__package__) / "assets"
    return "\n" + "\n".join((folder / name).read_text(encoding="utf-8").strip() for name in names) + "\n"


def _hash(text: str) -> str:
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii")
    return f"'sha256-{digest}'"
