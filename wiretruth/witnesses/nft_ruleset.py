"""``nft list ruleset`` as text, with handles (``-a``) or without.

Source: nft(8); the back end of iptables hides from nft what it does not translate: such rules stay in doubt.
"""

import re
from typing import Final

from wiretruth.model.ruleset import Action, Rule, RuleSet
from wiretruth.octets import printable
from wiretruth.witnesses._nft_rule import NotUnderstoodError, RuleText, entries, tokens
from wiretruth.witnesses._nft_tables import (
    FAMILIES,
    HIDDEN_MATCH,
    HIDDEN_TARGET,
    MAX_RULES,
    PRIORITIES,
    OpenChain,
    OpenTable,
    rule_set,
)
from wiretruth.witnesses._nft_terms import NamedSet

KIND: Final = "rules"
FORMAT: Final = "nft list ruleset"

MAX_STATEMENT = 4 << 20
"""Characters of one rule, or of the elements of one set: a block list of a hundred thousand addresses."""
MAX_SHOWN = 8192
"""Characters of a rule that are kept to be shown."""

_TABLE: Final = re.compile(r"table (?:(ip|ip6|inet|arp|bridge|netdev) )?(\S+) \{$")
_CHAIN: Final = re.compile(r'chain ("?)(\S+)\1 \{$')
_SET: Final = re.compile(r"(?:set|map) (\S+) \{$")
_OTHER: Final = re.compile(
    r"(?:counter|quota|limit|flowtable|secmark|synproxy|ct (?:helper|timeout|expectation)) \S+ \{"
)
_BASE: Final = re.compile(
    r"type (\w+) hook (\w+)(?: devices? .*?)? priority ([\w-]+)(?: ([+-]) (\d+))?;(?: policy (\w+);)?"
)
_HANDLE: Final = re.compile(r" # handle \d+$")
_WARNING: Final = re.compile(r"# Warning: table .* is managed by iptables-nft")


class Reader:
    """Reads tables, blocks and statements; the rule set is given at the end."""

    def __init__(self, source: str) -> None:
        """Begin a file; *source* as the user named it."""
        self._source = source
        self._tables: list[OpenTable] = []
        self._chain: OpenChain | None = None
        self._set: NamedSet | None = None
        self._depth = 0
        self._pending: list[str] = []
        self._pending_size = 0
        self._begun = 0
        self._rules = 0
        self._refused = 0

    def receive(self, line: str, number: int) -> tuple[RuleSet, ...] | None:
        """Take a line; ``None`` where it is none of this format."""
        text = _HANDLE.sub("", line.rstrip()).strip()
        if not self._depth:
            return () if self._top(text) else None
        if not self._pending and self._begins(text, number):
            return ()
        self._continue(text, number)
        return ()

    def finish(self) -> tuple[RuleSet, ...]:
        """End the file; give its rules."""
        made = rule_set(self._source, self._tables, self._refused)
        return (made,) if made is not None else ()

    def _top(self, text: str) -> bool:
        table = _TABLE.match(text)
        if table:
            self._tables.append(OpenTable(FAMILIES.get(table[1] or "ip"), table[2]))
            self._depth = 1
        return bool(table or _WARNING.match(text))

    def _begins(self, text: str, number: int) -> bool:
        """Open or close a block; tell whether the line did."""
        if text == "}":
            self._depth -= 1
            self._chain = self._set = None
            return True
        table = self._tables[-1]
        if self._depth == 1 and (chain := _CHAIN.match(text)):
            self._chain = OpenChain(table, chain[2], number, printable(text.encode()))
            table.chains[chain[2]] = self._chain
        elif self._depth == 1 and (named := _SET.match(text)):
            self._set = table.sets[named[1]] = NamedSet([])
        elif not (self._depth == 1 and _OTHER.match(text)):
            return False
        self._depth += 1
        return True

    def _continue(self, text: str, number: int) -> None:
        """Take a line of a statement; it is complete when its braces are."""
        if not self._pending:
            self._begun = number
        self._pending.append(text)
        self._pending_size += len(text)
        statement = " ".join(self._pending) if self._closes(text) or self._pending_size > MAX_STATEMENT else None
        if statement is not None:
            self._pending, self._pending_size = [], 0
            self._statement(statement)

    def _closes(self, text: str) -> bool:
        whole = text if len(self._pending) == 1 else self._pending[0]
        opened = whole.count("{") > whole.count("}")
        return not opened or text.rstrip(";").endswith("}") or ("}" in text and len(self._pending) > 1)

    def _statement(self, text: str) -> None:
        if self._chain is not None:
            base = _BASE.match(text)
            if base:
                self._hang(self._chain, base, text)
            elif text and not text.startswith("comment "):
                self._rule(self._chain, text)
        elif self._set is not None:
            _fill(self._set, text)
        elif text.startswith("flags") and "dormant" in text:
            self._tables[-1].dormant = True

    def _hang(self, chain: OpenChain, base: re.Match[str], text: str) -> None:
        kind, hook, name, sign, offset, policy = base.groups()
        known = PRIORITIES.get(name)
        priority = known if known is not None else int(name) if name.lstrip("-").isdigit() else 0
        chain.hang(kind, hook, priority + int(f"{sign}{offset}") if sign else priority)
        chain.policy = Action.DROP if policy == "drop" else Action.ACCEPT
        chain.text = printable(f"chain {chain.name} {{ {text}".encode())

    def _rule(self, chain: OpenChain, text: str) -> None:
        if self._rules >= MAX_RULES:
            self._refused += 1
            return
        self._rules += 1
        read = RuleText(text, chain.table.sets).read()
        if chain.of_iptables:
            if "  " in text:
                read.matches.append(HIDDEN_MATCH)
            if not read.targets:
                read.targets.append(HIDDEN_TARGET)
        shown = printable(text.encode(), MAX_SHOWN)
        chain.rules.append(Rule(self._begun, shown, tuple(read.matches), tuple(read.targets), read.packets))


def _fill(named: NamedSet, text: str) -> None:
    """Take one line of a set: its flags, its timeout, or its elements."""
    if text.startswith(("timeout ", "gc-interval ")) or (
        text.startswith("flags ") and ("timeout" in text or "dynamic" in text)
    ):
        named.changing = True
    found = text.partition("elements = {")[2]
    if found:
        try:
            named.elements += entries(tokens(found.rpartition("}")[0]))
        except NotUnderstoodError:
            named.changing = True
