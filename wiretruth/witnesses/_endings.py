"""How attempts end, in the words that operating systems and mail software have for it."""

from wiretruth.model.log import Ending

_WORDS = (
    ("connection refused", Ending.REFUSED),
    ("connection reset", Ending.LOST),
    ("connection lost", Ending.LOST),
    ("lost connection", Ending.LOST),
    ("lost input channel", Ending.LOST),
    ("remote host closed connection", Ending.LOST),
    ("connection died", Ending.LOST),
    ("timeout after initial connection", Ending.SILENT),
    ("timeout after", Ending.SILENT),
    ("timeout while", Ending.SILENT),
    ("timed out", Ending.TIMED_OUT),
    ("timeout", Ending.TIMED_OUT),
    ("no route to host", Ending.UNREACHABLE),
    ("host is unreachable", Ending.UNREACHABLE),
    ("network is unreachable", Ending.UNREACHABLE),
    ("network unreachable", Ending.UNREACHABLE),
    ("permission denied", Ending.UNREACHABLE),
    ("operation not permitted", Ending.UNREACHABLE),
    ("protocol not available", Ending.UNREACHABLE),
    ("cannot assign requested address", Ending.UNREACHABLE),
)
"""The first that occurs counts. ECONNREFUSED, ETIMEDOUT, EHOSTUNREACH … as strerror(3) words them."""


def ending(words: str) -> Ending | None:
    """Give how an attempt ended; ``None`` where the words do not say."""
    folded = words[:512].lower()
    return next((end for phrase, end in _WORDS if phrase in folded), None)
