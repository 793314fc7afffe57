"""One rule of ``nft list ruleset``, statement by statement.

Source: nft(8) STATEMENTS, VERDICT STATEMENTS, EXPRESSIONS; what ``nft list`` prints (1.0.6).
"""

import re
from collections.abc import Callable, Iterable
from typing import Final

from wiretruth.model.ruleset import Action, Match, Target
from wiretruth.witnesses import _nft_terms as terms
from wiretruth.witnesses._nft_terms import TERMS, Element, Sets

MAX_TOKENS = 100_000
"""Words of a rule: those of an anonymous set that was written out; beyond it the rule stays text."""

MAX_FAILURES = 64
"""Statements of a rule that may not be understood; behind them the rest of it may do anything."""

_TOKEN: Final = re.compile(r'"[^"]*"|[{},()]|[^\s{},()"]+')
_VERDICTS: Final = frozenset({"accept", "drop", "return", "continue", "jump", "goto"})
_NAT: Final = {
    "dnat": Action.DNAT, "snat": Action.SNAT, "redirect": Action.REDIRECT, "masquerade": Action.MASQUERADE,
    "tproxy": Action.TPROXY,
}  # fmt: skip
_STATEMENTS: Final = _VERDICTS | set(_NAT) | {"counter", "comment", "log", "limit", "reject", "notrack", "queue", "xt"}
_NAT_FLAGS: Final = frozenset({"random", "fully-random", "persistent"})
_OPERATORS: Final = frozenset({"==", "!="})
_ARITHMETIC: Final = frozenset({"&", "|", "^", "/", "<<", ">>", "<", ">", "<=", ">="})
_LOG_OPTIONS: Final = frozenset({"prefix", "level", "group", "snaplen", "queue-threshold", "flags"})
_LONGEST_TERM: Final = 4


class NotUnderstoodError(ValueError):
    """The words are not what this module knows."""


def tokens(text: str) -> list[str]:
    """Split a rule into words, braces, commas and quoted strings."""
    return _TOKEN.findall(text)


class RuleText:
    """Reads the words of one rule from left to right."""

    def __init__(self, text: str, sets: Sets) -> None:
        """Take a rule, without its comment of handles; *sets* are those of its table, by name."""
        self.matches: list[Match] = []
        self.targets: list[Target] = []
        self.packets: int | None = None
        self._words = tokens(text)
        self._at = 0
        self._sets = sets

    def read(self) -> "RuleText":
        """Read the rule; what is not understood becomes a condition, or a target, of text."""
        if len(self._words) > MAX_TOKENS:
            self.matches.append(Match(" ".join(self._words[:20]) + " …"))
            return self
        failures = 0
        while self._at < len(self._words) and failures <= MAX_FAILURES:
            start = self._at
            try:
                self._statement(self._next())
            except (NotUnderstoodError, ValueError, KeyError, IndexError):
                failures += 1
                self._at = start
                self._unknown()
        if self._at < len(self._words):
            self.targets.append(Target(Action.UNKNOWN, " ".join(self._words[self._at : self._at + 20])))
        return self

    def _next(self) -> str:
        if self._at >= len(self._words):
            raise NotUnderstoodError
        self._at += 1
        return self._words[self._at - 1]

    def _peek(self) -> str:
        return self._words[self._at] if self._at < len(self._words) else ""

    def _take(self, *words: str) -> bool:
        """Pass over these words, if they come next."""
        if tuple(self._words[self._at : self._at + len(words)]) != words:
            return False
        self._at += len(words)
        return True

    def _said(self, start: int) -> str:
        return " ".join(self._words[start : self._at])

    def _statement(self, word: str) -> None:
        start = self._at - 1
        plain: dict[str, Callable[[], None]] = {
            "counter": self._counter, "comment": self._comment, "log": self._log, "reject": lambda: self._reject(start),
        }  # fmt: skip
        if word in plain:
            plain[word]()
        elif word in _VERDICTS:
            self.targets.append(terms.verdict([word, self._next()] if word in ("jump", "goto") else [word]))
        elif word in _NAT:
            self._translate(_NAT[word], start)
        elif word == "notrack":
            self.targets.append(Target(Action.UNTRACK, word))
        elif word in ("add", "update", "delete") and self._peek().startswith("@"):
            self._remember(start)
        else:
            self._at = start
            self._expression()

    def _counter(self) -> None:
        if self._take("name"):
            self._next()
        elif self._take("packets"):
            self.packets = int(self._next())
            if self._take("bytes"):
                self._next()

    def _comment(self) -> None:
        self._next()

    def _log(self) -> None:
        while self._peek() in _LOG_OPTIONS:
            self._next()
            self._next()
            while self._take(","):
                self._next()
        self.targets.append(Target(Action.CONTINUE, "log"))

    def _reject(self, start: int) -> None:
        kind, reason = "", ""
        if self._take("with"):
            kind = self._next()
            self._take("type")
            reason = self._next()
            if kind == "tcp":
                kind, reason = "tcp reset", ""
        self.targets.append(terms.rejection(self._said(start), kind, reason))

    def _remember(self, start: int) -> None:
        """A set that rules fill: a condition only where it counts or limits."""
        self._next()
        block = self._block()
        if "limit" in block or "count" in block or "quota" in block:
            self.matches.append(Match(self._said(start)))

    def _translate(self, action: Action, start: int) -> None:
        if self._peek() in ("ip", "ip6"):
            self._next()
            if self._take("addr", ".", "port") and self._peek() != "to":
                raise NotUnderstoodError
        if not self._take("to"):
            self._flags()
            self.targets.append(terms.translation(action, self._said(start), ""))
            return
        before = self._at
        names = self._terms()
        if names and self._take("map"):
            entries = [(key, self._endpoint(value)) for key, value in self._entries()]
            self._flags()
            text = self._said(start)
            chosen = [(key, terms.translation(action, text, value)) for key, value in entries]
            self.matches += terms.needs(text, names)
            self.targets.append(terms.choice(text, names, chosen))
            return
        self._at = before
        destination = self._next()
        self._flags()
        target = terms.translation(action, self._said(start), destination)
        if target.action is Action.UNKNOWN:
            raise NotUnderstoodError
        self.targets.append(target)

    @staticmethod
    def _endpoint(value: str) -> str:
        """Give ``address . port`` as an endpoint."""
        host, dot, port = value.partition(" . ")
        return f"[{host}]:{port}" if dot and ":" in host else f"{host}:{port}" if dot else host

    def _flags(self) -> None:
        while self._peek() in _NAT_FLAGS or (self._peek() == "," and self._words[self._at - 1] in _NAT_FLAGS):
            self._next()

    def _expression(self) -> None:
        start = self._at
        names = self._terms()
        if not names:
            if self._take("tcp", "flags"):
                self._tcp_flags(start)
                return
            raise NotUnderstoodError
        if self._take("vmap"):
            changing = self._is_changing(self._peek())
            entries = [(key, terms.verdict(value.split())) for key, value in self._entries()]
            text = self._said(start)
            self.matches += terms.needs(text, names)
            self.targets.append(Target(Action.UNKNOWN, text) if changing else terms.choice(text, names, entries))
            return
        negated = self._peek() == "!="
        if self._peek() in _OPERATORS:
            self._next()
        elif self._peek() in _ARITHMETIC:
            raise NotUnderstoodError
        changing = self._is_changing(self._peek())
        elements = self._elements()
        self.matches += terms.condition(self._said(start), names, elements, negated=negated, changing=changing)

    def _tcp_flags(self, start: int) -> None:
        """``syn / fin,syn,rst,ack``, ``!= syn / …``, ``& (fin | syn) == syn``."""
        if self._take("&"):
            mask = self._flag_names()
            negated = self._next() == "!="
            value = self._flag_names()
        else:
            negated = self._take("!=")
            value = self._flag_names()
            if not self._take("/"):
                raise NotUnderstoodError
            mask = self._flag_names()
        self.matches += terms.flags(self._said(start), mask, value, negated=negated)

    def _flag_names(self) -> list[str]:
        grouped = self._take("(")
        names = [self._next()]
        while self._take("|") or self._take(","):
            names.append(self._next())
        if grouped and not self._take(")"):
            raise NotUnderstoodError
        return [] if names == ["0x0"] else names

    def _terms(self) -> list[str]:
        """Read ``ip saddr . tcp dport``; give nothing where the words are no known terms."""
        names: list[str] = []
        start = self._at
        while True:
            name = self._term()
            if name is None:
                self._at = start
                return []
            names.append(name)
            if not self._take("."):
                return names

    def _term(self) -> str | None:
        for length in range(_LONGEST_TERM, 0, -1):
            words = " ".join(self._words[self._at : self._at + length])
            if words in TERMS or words.removeprefix("meta ") in TERMS:
                self._at += length
                return words
        return None

    def _elements(self) -> list[Element]:
        """Read what a term is compared with: a set, written out or named, or values with commas."""
        if self._peek() == "{" or self._peek().startswith("@"):
            return [key for key, _ in self._entries()]
        values = [self._value()]
        while self._take(","):
            values.append(self._value())
        return values

    def _value(self) -> Element:
        words = [self._next()]
        while self._take("."):
            words.append(self._next())
        if self._peek() in _ARITHMETIC:
            raise NotUnderstoodError
        return tuple(words)

    def _entries(self) -> list[tuple[Element, str]]:
        if self._peek().startswith("@"):
            return self._sets[self._next()[1:]].elements
        return entries(self._block())

    def _is_changing(self, word: str) -> bool:
        return word.startswith("@") and word[1:] in self._sets and self._sets[word[1:]].changing

    def _block(self) -> list[str]:
        """Give the words between braces."""
        if not self._take("{"):
            raise NotUnderstoodError
        start = self._at
        end = self._words.index("}", start)
        self._at = end + 1
        return self._words[start:end]

    def _unknown(self) -> None:
        """Take what is not understood, to the next statement that is."""
        start = self._at
        word = self._next()
        while self._at < len(self._words) and self._peek() not in _STATEMENTS:
            self._next()
        text = self._said(start)
        changes = " set " in f" {text} " and not set(self._words[start : self._at]) & {"map", "limit", "@"}
        if word in ("queue", "xt", "synproxy", "fwd", *_NAT, *_VERDICTS, "reject"):
            self.targets.append(Target(Action.UNKNOWN, text))
        elif not (changes and _only_sets(self._words[start : self._at])):
            self.matches.append(Match(text))


def _only_sets(words: list[str]) -> bool:
    """``meta mark set 0x1``, ``ct mark set 0x1``: it marks, and is no condition."""
    return len(words) == 4 and words[2] == "set"  # noqa: PLR2004 - object, key, "set", value


def entries(words: Iterable[str]) -> list[tuple[Element, str]]:
    """Read the elements of a set or a map: ``a . b : verdict, c . d : verdict``; what stands behind a value is passed over.

    Raises:
        NotUnderstoodError: an element is empty.
    """
    found: list[tuple[Element, str]] = []
    current: list[str] = []
    for word in (*words, ","):
        if word != ",":
            current.append(word)
        elif current:
            found.append(_entry(current))
            current = []
    return found


def _entry(words: list[str]) -> tuple[Element, str]:
    colon = words.index(":") if ":" in words else len(words)
    key = [words[0]]
    for at in range(1, colon - 1, 2):
        if words[at] != ".":
            break  # timeout, expires, counter, comment
        key.append(words[at + 1])
    if key[0] in (":", "."):
        raise NotUnderstoodError
    return tuple(word.strip('"') for word in key), " ".join(words[colon + 1 :])
