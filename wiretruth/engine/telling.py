"""What of the findings is told when they are judged again and again: each condition once, when it lasts, and when it grew worse."""

import re
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from wiretruth.model.durations import duration
from wiretruth.model.finding import Finding, Party
from wiretruth.model.frames import NANOSECONDS

LASTING: Final = 5 * NANOSECONDS
"""How long a finding must be found anew before it is told: what the next second explains was none."""

AGAIN: Final = 600 * NANOSECONDS
"""A condition that only goes on is told again after this at the earliest, and only if it was found twice as often."""

MAX_CONDITIONS = 10_000
"""Conditions remembered: each was told to a person, who reads some dozens a day."""

MAX_PENDING = 50_000
"""Findings remembered one by one, so that none is counted twice: those of the window."""

_ASIDE: Final = re.compile(r"\s*\([^()]*\)|;.*|:.*")
"""What grows while trouble goes on: how often, how long, the names that were asked for, a server's further words."""
_PORT: Final = re.compile(r":\d+")
_NUMBERS: Final = re.compile(r"\d+(?:[.,]\d+)*")


class Condition(NamedTuple):
    """What is the same when the same trouble is found again: not its time, and not its figures."""

    code: str
    client: str | None
    intended: tuple[str | int | None, ...]
    observed: tuple[str | int | None, ...]
    words: str


class Told(NamedTuple):
    """A finding that is to be told."""

    finding: Finding
    condition: Condition
    times: int
    """How often the condition was found so far."""
    since: int
    """When it was found first: the time of that finding."""
    again: bool
    """It was told before."""


@dataclass(slots=True)
class _State:
    since: int
    times: int = 0
    told_at: int | None = None
    told_times: int = 0
    told_rank: tuple[int, int] = (-1, -1)


@dataclass(slots=True)
class _Single:
    heard: int
    latest: int
    counted: bool = field(default=False)


class Telling:
    """Remembers what was told."""

    def __init__(self, lasting: int = LASTING, again: int = AGAIN) -> None:
        """Begin with nothing; times in nanoseconds."""
        self._lasting, self._again = lasting, again
        self._conditions: OrderedDict[Condition, _State] = OrderedDict()
        self._singles: OrderedDict[tuple[Condition, int], _Single] = OrderedDict()

    def hear(
        self, findings: Iterable[Finding], now: int, since: int | None = None, *, final: bool = False
    ) -> list[Told]:
        """Take all findings of one judgement, loudest first; give those that are to be told.

        Args:
            findings: everything that is found now.
            now: the moment of the judgement.
            since: beginning of the window; what lies before it is known in part only, and not told any more.
            final: there will be no other judgement: what did not have its time yet is told, too.
        """
        told: list[Told] = []
        for finding in findings:
            if since is not None and finding.at <= since:
                continue
            condition = condition_of(finding)
            single = self._single((condition, finding.at), now)
            if not final and now - single.heard < self._lasting:
                continue
            state = self._state(condition, finding)
            state.times += not single.counted
            single.counted = True
            if self._worth_telling(state, finding, now):
                told.append(Told(finding, condition, state.times, state.since, state.told_at is not None))
                state.told_at, state.told_times, state.told_rank = now, state.times, _rank(finding)
        self._forget(now)
        return told

    @property
    def waiting(self) -> bool:
        """Tell whether something was found that did not have its time yet."""
        return any(not single.counted for single in self._singles.values())

    def _worth_telling(self, state: _State, finding: Finding, now: int) -> bool:
        if state.told_at is None or _rank(finding) > state.told_rank:
            return True
        return state.times >= 2 * state.told_times and now - state.told_at >= self._again

    def _single(self, key: tuple[Condition, int], now: int) -> _Single:
        single = self._singles.get(key)
        if single is None:
            single = self._singles[key] = _Single(now, now)
        single.latest = now
        return single

    def _state(self, condition: Condition, finding: Finding) -> _State:
        state = self._conditions.get(condition)
        if state is None:
            state = self._conditions[condition] = _State(finding.at)
        self._conditions.move_to_end(condition)
        return state

    def _forget(self, now: int) -> None:
        """Forget single findings that are found no more, and conditions that are too many."""
        for key in [key for key, single in self._singles.items() if single.latest != now]:
            del self._singles[key]
        while len(self._singles) > MAX_PENDING:
            self._singles.popitem(last=False)
        while len(self._conditions) > MAX_CONDITIONS:
            self._conditions.popitem(last=False)


def condition_of(finding: Finding) -> Condition:
    """Give what stays the same when the same trouble is found again."""
    words = _NUMBERS.sub("#", _ASIDE.sub("", _PORT.sub("", finding.summary)))
    return Condition(finding.code, finding.client, _party(finding.intended), _party(finding.observed), words)


def sentence(told: Told) -> str:
    """Say a finding in one line, with how often it was found."""
    if told.times < 2:  # noqa: PLR2004 - several
        return told.finding.summary
    return f"{told.finding.summary} ({told.times} times in {duration(max(told.finding.at - told.since, 0))})"


def _party(party: Party | None) -> tuple[str | int | None, ...]:
    return (party.address, party.port, party.name) if party is not None else ()


def _rank(finding: Finding) -> tuple[int, int]:
    return finding.severity.rank, finding.confidence.rank
