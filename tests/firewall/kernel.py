"""A router with real netfilter, and random rules for it: what one datagram does to the counters is the judge."""

import contextlib
import itertools
import os
import random
from collections.abc import Callable, Iterator
from types import TracebackType
from typing import Final, Self

from tests.lab.shell import run
from wiretruth.firewall.journey import FORWARDED, steps
from wiretruth.firewall.packet import Passing
from wiretruth.model.packet import UDP, Endpoint
from wiretruth.model.ruleset import Action, Rule, RuleSet

CLIENT, MEANT, OTHER = "10.10.0.5", "198.51.100.10", "192.0.2.66"
DATAGRAM: Final = Passing(UDP, Endpoint(CLIENT, 40000), Endpoint(MEANT, 25), "new", None, "lan0", "wan0")

_serial = itertools.count()
_FATES: Final = frozenset(Action) - {Action.CONTINUE, Action.RETURN, Action.JUMP, Action.GOTO, Action.CHOOSE}


class Router:
    """Three namespaces: a client, the router, and beyond it a host that swallows everything."""

    def __init__(self) -> None:
        tag = f"wtfw{os.getpid()}x{next(_serial)}"
        self._near, self._middle, self._far = (f"{tag}{letter}" for letter in "crs")
        self._added = contextlib.ExitStack()

    def __enter__(self) -> Self:
        try:
            self._up()
        except BaseException:
            self._added.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._added.close()

    def run(self, *command: str, text: str | None = None) -> str:
        """Run a program on the router."""
        return run("ip", "netns", "exec", self._middle, *command, text=text)

    def send(self) -> None:
        """Let the client send one datagram."""
        run("ip", "netns", "exec", self._near, "bash", "-c", f"echo x > /dev/udp/{MEANT}/25")

    def _up(self) -> None:
        for name in (self._near, self._middle, self._far):
            run("ip", "netns", "add", name)
            self._added.callback(run, "ip", "netns", "del", name)
        lines = [
            (self._near, f"link add eth0 type veth peer name lan0 netns {self._middle}"),
            (self._far, f"link add eth0 type veth peer name wan0 netns {self._middle}"),
            *((name, "link set eth0 up") for name in (self._near, self._far)),
            *((self._middle, f"link set {name} up") for name in ("lan0", "wan0")),
            (self._near, f"addr add {CLIENT}/24 dev eth0"),
            (self._middle, "addr add 10.10.0.1/24 dev lan0"),
            (self._middle, "addr add 203.0.113.1/24 dev wan0"),
            (self._far, "addr add 203.0.113.2/24 dev eth0"),
            (self._near, "route add default via 10.10.0.1"),
            (self._middle, "route add default via 203.0.113.2"),
        ]
        for name, words in lines:
            run("ip", "-n", name, *words.split())
        self.run("sysctl", "-qw", "net.ipv4.ip_forward=1")
        run("ip", "netns", "exec", self._far, "iptables", "-t", "raw", "-A", "PREROUTING", "-i", "eth0", "-j", "DROP")


Place = tuple[str, str, int]
"""Table, chain, and which of its rules."""


def fates(rules: RuleSet) -> set[Place]:
    """Give the rules that decide over the datagram, as we follow it."""
    found = [step.outcome for step in steps(rules, DATAGRAM, FORWARDED)]
    assert [] == [outcome.conditions for outcome in found if not outcome.sure]
    decided = {id(outcome.rule) for outcome in found}
    return {place for place, rule in _deciding(rules) if id(rule) in decided}


def counted(rules: RuleSet) -> set[Place]:
    """Give the rules that decided over it, as the kernel counted."""
    return {place for place, rule in _deciding(rules) if rule.packets}


def _deciding(rules: RuleSet) -> Iterator[tuple[Place, Rule]]:
    for chain in rules.chains:
        for number, rule in enumerate(chain.rules):
            if any(target.action in _FATES for target in rule.targets):
                yield (chain.table, chain.name, number), rule


def some(chance: random.Random, *makers: Callable[[random.Random], str]) -> str:
    """Give the words of two conditions, or fewer, made by *makers*."""
    return " ".join(maker(chance) for maker in chance.sample(makers, chance.choice((0, 1, 1, 2))))


def negated(chance: random.Random, yes: str, no: str) -> str:
    """Choose between a condition and its negation."""
    return chance.choice((yes, yes, no))
