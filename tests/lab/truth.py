"""What a truthful report of a scenario must hold, and must not: the nouns of truth.json."""

import dataclasses
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

REWRITTEN: Final = ("destination-rewritten", "source-rewritten", "transparent-proxy", "resolver-rewritten")
CONNECTING: Final = ("connect-blackholed", "connect-refused", "connect-rejected", "reply-lost")
LOST: Final = ("session-blackholed", "pmtu-blackhole", "reset-injected", "dropped-in-transit")
STALLED: Final = ("server-silent", "session-reset", "message-unconfirmed")
CHOSEN: Final = ("stale-resolution", "mx-order-violated", "banner-mismatch", "starttls-stripped")
NAMED: Final = (
    "dns-unanswered", "dns-refused", "dns-servfail", "resolver-outage", "dns-truncated-no-tcp",
    "dns-conflicting-answers", "mx-target-unresolvable", "mx-private-address", "answers-differ",
)  # fmt: skip
REPLIED: Final = (
    "smtp-deferred",
    "smtp-rejected",
    "deferral-caused-by-dns",
    "smtp-blocklisted",
    "cleartext-credentials",
)
LOGGED: Final = ("log-contradicts-wire", "log-without-wire", "attempt-not-logged")
SIDES: Final = "lan=gw-lan.pcap wan=gw-wan.pcap"
"""Both sides of the gateway."""
ACCUSING: Final = REWRITTEN + CONNECTING + LOST + STALLED + CHOSEN + NAMED + REPLIED


def all_but(*right: str) -> tuple[str, ...]:
    """Every accusation except the ones that are right here."""
    return tuple(code for code in ACCUSING if code not in right)


@dataclasses.dataclass(frozen=True, slots=True)
class Expect:
    """One finding that must be there: one of these codes, holding these strings."""

    any_of: tuple[str, ...]
    mentions: tuple[str, ...]
    confidence: str | None = None
    severity: str | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Case:
    """One way to ask: the inputs, and the truth about the answer."""

    id: str
    inputs: tuple[str, ...]
    expect: tuple[Expect, ...] = ()
    forbid: tuple[str, ...] = ()
    max_severity: str | None = None
    awaited: str = ""
    """Why wiretruth's answer is not true yet; the tests insist that this is taken away when it is."""


def not_yet_told(case: Case, why: str) -> Case:
    return dataclasses.replace(case, awaited=why)


def faulty(
    capture: str,
    *expect: Expect,
    also: Sequence[str] = (),
    never: Sequence[str] = (),
    id: str = "",  # noqa: A002 - the word of truth.json
) -> Case:
    """A capture that holds a fault. *also*: codes that are right as well; *never*: further words for ``forbid``."""
    right = {code for one in expect for code in one.any_of} | set(also)
    return Case(id or Path(capture).stem, (capture,), expect, (*all_but(*right), *never))


def innocent(capture: str, *never: str, also: Sequence[str] = ()) -> Case:
    """A capture with nothing above ``info`` in it. *also*: codes that may be said of it, quietly or not."""
    return Case(Path(capture).stem, (capture,), (), (*all_but(*also), *never), "info")


def innocent_with_log(capture: str) -> Case:
    """The same with the mail log beside it, which agrees with the wire."""
    return Case(f"{Path(capture).stem}-log", (capture, "--log", "mail.log"), (), ACCUSING + LOGGED, "info")


def asked(
    id: str,  # noqa: A002 - the word of truth.json
    inputs: str,
    *expect: Expect,
    also: Sequence[str] = (),
    never: Sequence[str] = (),
    quiet: bool = False,
) -> Case:
    """Several inputs, with blanks between. *also*, *never*: as above; *quiet*: nothing above ``info``."""
    right = {code for one in expect for code in one.any_of} | set(also)
    return Case(id, tuple(inputs.split()), expect, (*all_but(*right), *never), "info" if quiet else None)


def document(name: str, mechanism: str, story: str, cases: Sequence[Case]) -> dict[str, object]:
    """What truth.json holds."""
    return {"name": name, "mechanism": mechanism, "story": story, "cases": [_document(case) for case in cases]}


def as_json(words: Mapping[str, object]) -> str:
    return json.dumps(words, indent=1, ensure_ascii=False) + "\n"


def _document(case: Case) -> dict[str, object]:
    """The case without what is only said where there is something to say."""
    words = dataclasses.asdict(case)
    return words if words["awaited"] else {key: word for key, word in words.items() if key != "awaited"}
