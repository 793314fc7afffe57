"""The way of one packet through one host: hook after hook, and at each hook the base chains by their priority.

Conditions accumulate chain by chain; what may become of the packet is given in order, and ends with what surely stops it.

Source: nft(8) ADDRESS FAMILIES and the table of priorities; net/netfilter/nf_nat_core.c (the first translation counts).
"""

from collections.abc import Generator, Iterator
from dataclasses import replace
from typing import Final, NamedTuple

from wiretruth.firewall.packet import NO_INTERFACE, Passing
from wiretruth.firewall.rewriting import OF_DESTINATION, TRANSLATIONS, may_give, single
from wiretruth.firewall.walking import Outcome, Walk
from wiretruth.model.packet import Endpoint
from wiretruth.model.ruleset import IPV6_ABOVE, Action, Chain, Family, Hook, RuleSet, address_number

SENT: Final = (Hook.OUTPUT, Hook.POSTROUTING)
"""What the host itself sends."""
FORWARDED: Final = (Hook.PREROUTING, Hook.FORWARD, Hook.POSTROUTING)
RECEIVED: Final = (Hook.PREROUTING, Hook.INPUT)
"""What is for the host itself."""

TRACKING: Final = -200
"""Priority of connection tracking: chains before it know no state (NF_IP_PRI_CONNTRACK)."""

STOPPING: Final = (Action.DROP, Action.REJECT)

Way = tuple[Hook, ...]


class Step(NamedTuple):
    """Something that may become of the packet at one hook."""

    hook: Hook
    outcome: Outcome
    packet: Passing
    """As it came to the chain."""


def steps(rules: RuleSet, packet: Passing, way: Way, led_to: Endpoint | None = None) -> Iterator[Step]:
    """Follow a packet through the hooks of *way*.

    Args:
        rules: of one host.
        packet: as it comes to the first hook.
        way: one of SENT, FORWARDED, RECEIVED.
        led_to: where its destination was translated to on this host, if that was seen.
    """
    hooks = list(way)
    out_interface = packet.out_interface
    while hooks:
        hook = hooks.pop(0)
        packet = _at(hook, packet, out_interface)
        after = yield from _hook(rules, hook, packet, led_to)
        if after is None:
            return
        if after.redirected:
            hooks = [Hook.INPUT] if hook is Hook.PREROUTING else hooks
        packet = after.packet


class _After(NamedTuple):
    """The packet behind a hook."""

    packet: Passing
    redirected: bool = False
    """It is now for the host itself."""


def _hook(rules: RuleSet, hook: Hook, packet: Passing, led_to: Endpoint | None) -> Generator[Step, None, _After | None]:
    """Ask the chains of one hook; return ``None`` where the packet surely ends there."""
    translator: Action | None = None
    for base in bases(rules, hook, packet):
        if base.translates and (translator or packet.state not in ("new", None)):
            continue
        before = replace(packet, state="invalid") if base.priority < TRACKING else packet
        for outcome in Walk(_table(rules, base), before).outcomes(base):
            yield Step(hook, outcome, before)
            action = outcome.target.action
            if action in STOPPING and outcome.sure:
                return None
            if action is Action.UNTRACK:
                packet = replace(packet, state="untracked" if outcome.sure else None)
            elif action in TRANSLATIONS:
                packet = _translated(packet, outcome, led_to)
                translator = action if outcome.sure else translator
    return _After(packet, translator is Action.REDIRECT)


def _at(hook: Hook, packet: Passing, out_interface: str | None) -> Passing:
    incoming = NO_INTERFACE if hook is Hook.OUTPUT else packet.in_interface
    outgoing = NO_INTERFACE if hook in (Hook.PREROUTING, Hook.INPUT) else out_interface
    return replace(packet, in_interface=incoming, out_interface=outgoing)


def _table(rules: RuleSet, base: Chain) -> dict[str, Chain]:
    """Give the chains that a base chain's rules may jump to."""
    return {c.name: c for c in rules.chains if (c.family, c.table) == (base.family, base.table)}


def bases(rules: RuleSet, hook: Hook, packet: Passing) -> list[Chain]:
    """Give the base chains that see the packet at a hook, in the order in which they are asked."""
    version = Family.IP6 if address_number(packet.source.address) >= IPV6_ABOVE else Family.IP
    here = [c for c in rules.chains if c.hook is hook and c.family in (version, Family.INET)]
    return sorted(here, key=lambda chain: chain.priority)


def _translated(packet: Passing, outcome: Outcome, led_to: Endpoint | None) -> Passing:
    """Give the packet behind a translation; where it is not known whether or where to, its addresses are in doubt."""
    target = outcome.target
    if target.action in OF_DESTINATION:
        seen = led_to is not None and may_give(target, packet.destination, led_to)
        destination = led_to if seen else single(target, packet.destination) if outcome.sure else None
        return packet.led_to(destination) if destination else replace(packet, doubtful=True)
    source = single(target, packet.source) if outcome.sure else None
    return packet.leaving_from(source) if source else replace(packet, doubtful=True)
