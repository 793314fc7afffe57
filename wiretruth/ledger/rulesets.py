"""Rule sets of firewalls, one for each file, and how often they may still be asked."""

from collections.abc import Iterator

from wiretruth.model.ruleset import RuleSet

MAX_ASKED = 3_000_000
"""Rules asked in one run: half a minute. A gateway with a thousand rules explains a thousand findings by it; those beyond
it are told without."""


class RuleSets:
    """The rules that a run was given."""

    def __init__(self) -> None:
        self.unasked = 0
        """How often rules were not asked any more."""
        self._all: list[RuleSet] = []
        self._left = MAX_ASKED

    def __bool__(self) -> bool:
        return bool(self._all)

    def __iter__(self) -> Iterator[RuleSet]:
        return iter(self._all)

    def add(self, rules: RuleSet) -> None:
        """Remember the rules of one file."""
        self._all.append(rules)

    def asked(self) -> Iterator[RuleSet]:
        """Give the rule sets to ask about one packet; none once enough was asked."""
        if self._left <= 0:
            self.unasked += 1
            return
        self._left -= sum(rules.rules for rules in self._all)
        yield from self._all
