"""``nft -j list ruleset``: one JSON document, on one line or laid out.

Source: libnftables-json(5).
"""

import json
from collections.abc import Iterator
from typing import Any, Final

from wiretruth.model.ruleset import Action, Rule, RuleSet
from wiretruth.octets import printable
from wiretruth.witnesses._nft_json_rule import RuleJson, entry
from wiretruth.witnesses._nft_tables import FAMILIES, MAX_RULES, OpenChain, OpenTable, rule_set
from wiretruth.witnesses._nft_terms import NamedSet

KIND: Final = "rules"
FORMAT: Final = "nft -j list ruleset"

MAX_DOCUMENT = 64 << 20
"""Characters of the document: a hundred thousand rules."""
MAX_SHOWN = 4096
"""Characters of a rule that are kept to be shown."""

_CHANGING: Final = ("timeout", "dynamic")


class Reader:
    """Gathers the document; its rules are given when it is complete."""

    def __init__(self, source: str) -> None:
        """Begin a file; *source* as the user named it."""
        self._source = source
        self._opening = ""
        self._pieces: list[str] = []
        self._size = 0
        self._first = 0

    def receive(self, line: str, number: int) -> tuple[RuleSet, ...] | None:
        """Take a line; ``None`` where it is none of such a document."""
        text = line.strip()
        if not self._pieces:
            if not (self._opening + text).replace(" ", "").startswith('{"nftables":'):
                self._opening = "{" if text == "{" else ""
                return None
            self._pieces, self._first = [self._opening], number
        self._size += len(text)
        if self._size > MAX_DOCUMENT:
            return None
        self._pieces.append(text)
        return ()

    def finish(self) -> tuple[RuleSet, ...]:
        """End the file; give its rules. A document that is damaged claims nothing."""
        try:
            document = json.loads("\n".join(self._pieces))
            objects = [one for one in document["nftables"] if isinstance(one, dict)]
        except (ValueError, KeyError, TypeError, RecursionError):
            return ()
        made = _Document(self._source, self._first).read(objects)
        return (made,) if made is not None else ()


class _Document:
    """Puts the objects of a document in their places."""

    def __init__(self, source: str, line: int) -> None:
        self._source = source
        self._line = line
        self._tables: dict[tuple[str, str], OpenTable] = {}

    def read(self, objects: list[dict[str, Any]]) -> RuleSet | None:
        for table in self._of(objects, "table"):
            self._table(table).dormant = "dormant" in (table.get("flags") or ())
        for kind in ("set", "map"):
            for named in self._of(objects, kind):
                self._table(named).sets[str(named.get("name"))] = _named(named)
        for chain in self._of(objects, "chain"):
            self._chain(chain)
        rules = list(self._of(objects, "rule"))
        for rule in rules[:MAX_RULES]:
            self._rule(rule)
        return rule_set(self._source, list(self._tables.values()), max(0, len(rules) - MAX_RULES))

    @staticmethod
    def _of(objects: list[dict[str, Any]], kind: str) -> Iterator[dict[str, Any]]:
        return (one[kind] for one in objects if isinstance(one.get(kind), dict))

    def _table(self, body: dict[str, Any]) -> OpenTable:
        family, name = str(body.get("family")), str(body.get("table", body.get("name")))
        return self._tables.setdefault((family, name), OpenTable(FAMILIES.get(family), name))

    def _chain(self, body: dict[str, Any]) -> None:
        table, name = self._table(body), str(body.get("name"))
        chain = table.chains[name] = OpenChain(table, name, self._line, _shown(body))
        priority = body.get("prio")
        if isinstance(priority, int):
            chain.hang(str(body.get("type")), str(body.get("hook")), priority)
        chain.policy = Action.DROP if body.get("policy") == "drop" else Action.ACCEPT

    def _rule(self, body: dict[str, Any]) -> None:
        table = self._table(body)
        chain = table.chains.get(str(body.get("chain")))
        statements = body.get("expr")
        if chain is None or not isinstance(statements, list):
            return
        read = RuleJson(statements, table.sets).read()
        chain.rules.append(Rule(self._line, _shown(body), tuple(read.matches), tuple(read.targets), read.packets))


def _named(body: dict[str, Any]) -> NamedSet:
    words = body.get("flags") or ()
    named = NamedSet([], changing=any(word in words for word in _CHANGING) or "timeout" in body)
    for element in body.get("elem") or ():
        try:
            named.elements.append(entry(element))
        except (KeyError, ValueError, TypeError, AttributeError):
            named.changing = True
    return named


def _shown(body: dict[str, Any]) -> str:
    return printable(json.dumps(body).encode(), MAX_SHOWN)
