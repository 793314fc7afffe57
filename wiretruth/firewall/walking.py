"""One base chain and the chains it leads to: what may become of a packet there, in the order in which rules are asked.

Source: nft(8) VERDICT STATEMENTS; iptables(8) TARGETS; net/netfilter/nf_tables_core.c (nft_do_chain).
"""

from collections.abc import Generator, Iterator, Mapping
from typing import NamedTuple, TypeVar

from wiretruth.firewall.matching import Answer, among, holds
from wiretruth.firewall.packet import Passing
from wiretruth.model.ruleset import Action, Chain, Match, Rule, Target

MAX_STEPS = 200_000
"""Rules asked for one packet in one base chain: crafted jumps multiply, real sets ask some thousands."""
MAX_JUMPS = 32
"""Chains within each other; the kernel allows nft 16."""
MAX_CONDITIONS = 8
"""Conditions kept of one outcome: who must check more than these by hand will read the rules themselves."""


class Condition(NamedTuple):
    """What must hold, or must not, and cannot be told from the packet."""

    line: int
    text: str
    holds: bool


Conditions = tuple[Condition, ...]


class Outcome(NamedTuple):
    """Something that may become of the packet."""

    chain: Chain
    """Where the rule stands."""
    rule: Rule | None
    """``None``: the policy of the chain."""
    target: Target
    conditions: Conditions
    """Empty: it is what happens."""

    @property
    def sure(self) -> bool:
        """It needs nothing that is not known."""
        return not self.conditions


class _After(NamedTuple):
    """Where the packet is behind a rule or a chain, in the conditions that remain."""

    on: Conditions | None
    """It goes on with the next rule; ``None``: it surely does not."""
    back: Conditions | None = None
    """It goes back to the calling chain; ``None``: it surely does not."""


class Walk:
    """Asks the rules of one base chain about one packet."""

    def __init__(self, chains: Mapping[str, Chain], packet: Passing) -> None:
        """Prepare a walk.

        Args:
            chains: of the base chain's table, by name.
            packet: as it comes to the base chain.
        """
        self._chains = chains
        self._packet = packet
        self._steps = 0

    def outcomes(self, base: Chain) -> Iterator[Outcome]:
        """Give what may become of the packet, in order; a sure outcome that ends the chain is the last.

        The policy comes at the end. UNTRACK does not end the chain; an UNKNOWN target may or may not.
        """
        left = yield from self._chain(base, (), 0)
        if left is not None:
            yield Outcome(base, None, Target(base.policy, base.text), left)

    def _chain(self, chain: Chain, way: Conditions, depth: int) -> "_Walking[Conditions | None]":
        """Ask the rules of a chain; return the conditions behind it, ``None`` where the packet surely ends in it."""
        through, escape = way, None
        for rule in chain.rules:
            self._steps += 1
            if self._steps > MAX_STEPS:
                yield Outcome(chain, rule, Target(Action.UNKNOWN, "more rules than are followed"), way)
                return None
            answer, doubt = _asked(rule, self._packet)
            if answer is Answer.NO:
                continue
            inside = _with(way, doubt)
            after = yield from self._targets(chain, rule, inside, depth)
            if doubt is None and after.on is None:
                return escape if after.back is None else _joined(through, inside, after.back)
            if after.on is not None:
                way, through = _joined(way, inside, after.on), _joined(through, inside, after.on)
            else:
                otherwise = doubt._replace(holds=False) if doubt else None
                way = _with(way, otherwise)
                through = _with(through, otherwise) if after.back is None else through
            if after.back is not None:
                escape = escape or inside
        return through

    def _targets(self, chain: Chain, rule: Rule, way: Conditions, depth: int) -> "_Walking[_After]":
        for target in rule.targets:
            after = yield from self._target(chain, rule, target, way, depth)
            if after.on is None or after.back is not None:
                return after
            way = after.on
        return _After(way)

    def _target(self, chain: Chain, rule: Rule, target: Target, way: Conditions, depth: int) -> "_Walking[_After]":
        match target.action:
            case Action.CONTINUE:
                return _After(way)
            case Action.RETURN:
                return _After(None, way)
            case Action.JUMP | Action.GOTO:
                return (yield from self._jump(chain, rule, target, way, depth))
            case Action.CHOOSE:
                return (yield from self._choose(chain, rule, target, way, depth))
        yield Outcome(chain, rule, target, way)
        if target.action is Action.UNKNOWN:
            return _After(_with(way, Condition(rule.line, target.text, holds=False)))
        return _After(way if target.action is Action.UNTRACK else None)

    def _jump(self, chain: Chain, rule: Rule, target: Target, way: Conditions, depth: int) -> "_Walking[_After]":
        called = self._chains.get(target.chain)
        if called is None or depth >= MAX_JUMPS:
            yield Outcome(chain, rule, Target(Action.UNKNOWN, target.text), way)
            return _After(_with(way, Condition(rule.line, target.text, holds=False)))
        left = yield from self._chain(called, way, depth + 1)
        return _After(None, left) if target.action is Action.GOTO else _After(left)

    def _choose(self, chain: Chain, rule: Rule, target: Target, way: Conditions, depth: int) -> "_Walking[_After]":
        back: Conditions | None = None
        for element, choice in target.choices:
            answer = among(target.fields, (element,), self._packet)
            if answer is Answer.NO:
                continue
            doubt = None if answer is Answer.YES else Condition(rule.line, target.text, holds=True)
            after = yield from self._target(chain, rule, choice, _with(way, doubt), depth)
            back = after.back if back is None else back
            if answer is Answer.YES:
                return _After(after.on, back)
        return _After(way, back)


_T = TypeVar("_T")
_Walking = Generator[Outcome, None, _T]


def _asked(rule: Rule, packet: Passing) -> tuple[Answer, Condition | None]:
    """Ask a rule's conditions; where the answer is unknown, give those that make it so."""
    unknown: list[Match] = []
    for match in rule.matches:
        answer = holds(match, packet)
        if answer is Answer.NO:
            return answer, None
        if answer is Answer.UNKNOWN:
            unknown.append(match)
    if not unknown:
        return Answer.YES, None
    return Answer.UNKNOWN, Condition(rule.line, " ".join(match.text for match in unknown), holds=True)


def _with(way: Conditions, condition: Condition | None) -> Conditions:
    if condition is None or condition in way or len(way) >= MAX_CONDITIONS:
        return way
    return (*way, condition)


def _joined(way: Conditions, before: Conditions, after: Conditions) -> Conditions:
    """Add to a way the conditions that a rule has added to its own."""
    for condition in after[len(before) :]:
        way = _with(way, condition)
    return way
