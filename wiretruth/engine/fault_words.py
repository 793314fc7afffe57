"""Why an attempt failed, in one plain sentence: what a finding says at length, without the words of the server."""

from collections.abc import Callable
from typing import Final

from wiretruth.model.delivery import Attempt
from wiretruth.model.finding import Finding
from wiretruth.model.status_codes import meaning

LONGEST: Final = 120
"""Characters of a server's own words in a sentence: where it gave no code, they are all there is."""


def cause(finding: Finding, attempt: Attempt) -> str:
    """Say what went wrong.

    Args:
        finding: that explains the attempt.
        attempt: that failed.
    """
    words = _WORDS.get(finding.code)
    return words(finding, attempt) if words is not None else finding.summary


def _dns(finding: Finding, attempt: Attempt) -> str:
    resolver = finding.intended.address if finding.intended else None
    asked = f" asked {resolver} in vain" if resolver else "'s lookups failed"
    return (
        f"{attempt.connection.contacted.address}{asked} while it was deciding, and put the mail off ({_code(attempt)})"
    )


def _listed(finding: Finding, attempt: Attempt) -> str:
    return finding.summary.rpartition(" because ")[2] or _refused(finding, attempt)


def _greylisted(finding: Finding, attempt: Attempt) -> str:
    """The finding covers every trouble that passed; only policy, or the server's own word, is greylisting."""
    reply = attempt.reply
    policy = reply is not None and (reply.enhanced or "").startswith("4.7.")
    if policy or (reply is not None and any("grey" in line.lower() or "gray" in line.lower() for line in reply.lines)):
        return f"{_server(attempt)} put it off ({_code(attempt)}), as greylisting does"
    return _refused(finding, attempt)


def _refused(finding: Finding, attempt: Attempt) -> str:
    done = "rejected" if finding.code == "smtp-rejected" else "put off"
    reply = attempt.reply
    said = meaning(reply.enhanced) if reply is not None else None
    why = said.words if said is not None else " ".join(reply.lines)[:LONGEST] if reply is not None else ""
    return f"{_server(attempt)} {done} the mail at {attempt.step} ({_code(attempt)}){': ' + why if why else ''}"


def _server(attempt: Attempt) -> str:
    return attempt.connection.server.address


def _code(attempt: Attempt) -> str:
    reply = attempt.reply
    return " ".join(filter(None, (str(reply.code), reply.enhanced))) if reply is not None else "no reply"


_WORDS: Final[dict[str, Callable[[Finding, Attempt], str]]] = {
    "deferral-caused-by-dns": _dns,
    "smtp-blocklisted": _listed,
    "smtp-greylisted": _greylisted,
    "smtp-deferred": _refused,
    "smtp-rejected": _refused,
}
