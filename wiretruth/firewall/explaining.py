"""Which rule explains what was seen of a packet; or that none does; or which one could, if something unknown held."""

from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass

from wiretruth.firewall.journey import SENT, Step, Way, bases, steps
from wiretruth.firewall.packet import Passing
from wiretruth.firewall.rewriting import OF_DESTINATION, OF_SOURCE, may_give
from wiretruth.firewall.walking import Conditions
from wiretruth.model.packet import Endpoint
from wiretruth.model.ruleset import Action, Chain, Hook, Rule, RuleSet, Target


@dataclass(frozen=True, slots=True)
class Explanation:
    """A rule, or a policy, and how far it explains what was seen."""

    source: str
    """The file, as the user named it."""
    hook: Hook
    chain: Chain
    rule: Rule | None
    """``None``: the policy of the chain."""
    target: Target
    conditions: Conditions
    """What must hold besides, and cannot be told; empty where the rule surely applies."""

    @property
    def line(self) -> int:
        """Where it stands in its file."""
        return self.rule.line if self.rule else self.chain.line

    @property
    def text(self) -> str:
        """The rule, or the declaration of the chain with its policy, verbatim."""
        return self.rule.text if self.rule else self.chain.text

    @property
    def packets(self) -> int | None:
        """What its counter says; ``None`` where it has none."""
        return self.rule.packets if self.rule else self.chain.packets

    @property
    def understood(self) -> bool:
        """What its target does is known; otherwise it may do anything."""
        return self.target.action is not Action.UNKNOWN

    @property
    def sure(self) -> bool:
        """It needs nothing that is not known."""
        return self.understood and not self.conditions


def concerns(rules: RuleSet, packet: Passing) -> bool:
    """Tell whether a rule set is of the packet's IP version: ip6tables-save says nothing of IPv4, and not that it does nothing."""
    return any(bases(rules, hook, packet) for hook in Hook)


def rewriting(rules: RuleSet, packet: Passing, led_to: Endpoint, ways: Iterable[Way]) -> Explanation | None:
    """Find the rule that led a packet to *led_to* instead of its destination.

    Args:
        rules: of one host.
        packet: as it was before.
        led_to: where it was seen to go, or who answered.
        ways: through the host that it may have taken.
    """

    def wanted(step: Step) -> bool:
        target = step.outcome.target
        return target.action in OF_DESTINATION and may_give(target, step.packet.destination, led_to)

    return _first(rules, packet, ways, wanted, led_to)


def source_rewriting(rules: RuleSet, packet: Passing, leaves_as: Endpoint, ways: Iterable[Way]) -> Explanation | None:
    """Find the rule that made a packet leave as *leaves_as*."""

    def wanted(step: Step) -> bool:
        target = step.outcome.target
        return target.action in OF_SOURCE and may_give(target, step.packet.source, leaves_as)

    return _first(rules, packet, ways, wanted)


def proxying(rules: RuleSet, packet: Passing, ways: Iterable[Way]) -> Explanation | None:
    """Find the rule that hands a packet to a program on the host itself: REDIRECT or TPROXY."""

    def wanted(step: Step) -> bool:
        return step.outcome.target.action in (Action.REDIRECT, Action.TPROXY)

    return _first(rules, packet, ways, wanted)


def discarding(rules: RuleSet, packet: Passing, ways: Iterable[Way]) -> Explanation | None:
    """Find the rule, or the policy, that silently discards a packet."""
    return _first(rules, packet, ways, lambda step: step.outcome.target.action is Action.DROP)


def withholding(rules: RuleSet, packet: Passing) -> Explanation | None:
    """Find the rule, or the policy, with which a host discards or rejects what it sends itself."""
    return _first(rules, packet, [SENT], lambda step: step.outcome.target.action in (Action.DROP, Action.REJECT))


def refusing(rules: RuleSet, packet: Passing, ways: Iterable[Way], kinds: Container[str]) -> Explanation | None:
    """Find the rule that rejects a packet in one of these kinds (``tcp-reset``, ``icmp-port-unreachable`` …)."""

    def wanted(step: Step) -> bool:
        target = step.outcome.target
        return target.action is Action.REJECT and any(kind in kinds for kind in target.kind.split())

    return _first(rules, packet, ways, wanted)


def _first(
    rules: RuleSet, packet: Passing, ways: Iterable[Way], wanted: Callable[[Step], bool], led_to: Endpoint | None = None
) -> Explanation | None:
    """Give the explanation with the fewest conditions; without any, the first rule of which the effect is not known."""
    found, unknown = list[Explanation](), list[Explanation]()
    for way in ways:
        for step in steps(rules, packet, way, led_to):
            if wanted(step):
                found.append(_explanation(rules, step))
            elif step.outcome.target.action is Action.UNKNOWN and not unknown:
                unknown.append(_explanation(rules, step))
    return min(found or unknown, key=lambda explanation: len(explanation.conditions), default=None)


def _explanation(rules: RuleSet, step: Step) -> Explanation:
    outcome = step.outcome
    return Explanation(rules.source, step.hook, outcome.chain, outcome.rule, outcome.target, outcome.conditions)
