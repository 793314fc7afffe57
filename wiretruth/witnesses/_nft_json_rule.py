"""One rule of ``nft -j list ruleset``: its expressions as the words that the text form has.

Source: libnftables-json(5).
"""

from collections.abc import Callable, Sequence
from typing import Any, Final

from wiretruth.model.ruleset import Action, Match, Target
from wiretruth.witnesses import _nft_terms as terms
from wiretruth.witnesses._nft_terms import Element, NamedSet, Sets

_PLAIN: Final = ("accept", "drop", "return", "continue")
_NAT: Final = {
    "dnat": Action.DNAT, "snat": Action.SNAT, "redirect": Action.REDIRECT, "masquerade": Action.MASQUERADE,
    "tproxy": Action.TPROXY,
}  # fmt: skip
_WITHOUT_EFFECT: Final = frozenset({"log", "mangle", "set", "flow", "dup", "ct helper", "ct timeout", "secmark"})
_BROKEN: Final = (KeyError, ValueError, TypeError, IndexError, AttributeError)
"""What reading a document of another shape may raise."""


class RuleJson:
    """Reads the statements of one rule in order."""

    def __init__(self, statements: Sequence[Any], sets: Sets) -> None:
        """Take ``expr`` of a rule; *sets* are those of its table, by name."""
        self.matches: list[Match] = []
        self.targets: list[Target] = []
        self.packets: int | None = None
        self._statements = statements
        self._sets = sets

    def read(self) -> "RuleJson":
        """Read the rule; what is not understood becomes a condition, or a target, of text."""
        for statement in self._statements:
            try:
                ((name, body),) = statement.items()
                self._statement(str(name), body)
            except _BROKEN:
                self.matches.append(Match(str(statement)[:200]))
        return self

    def _statement(self, name: str, body: Any) -> None:
        known: dict[str, Callable[[Any], None]] = {
            "match": self._match, "counter": self._counter, "vmap": self._verdict_map, "xt": self._extension,
        }  # fmt: skip
        if name in known:
            known[name](body)
        elif (target := self._target(name, body or {})) is not None:
            self.targets.append(target)
        elif name not in _WITHOUT_EFFECT:
            self.matches.append(Match(f"{name} {body}"[:200]))

    def _target(self, name: str, body: dict[str, Any]) -> Target | None:
        if name in _PLAIN:
            return terms.verdict([name])
        if name in ("jump", "goto"):
            return terms.verdict([name, str(body["target"])])
        if name in _NAT:
            return self._translation(_NAT[name], name, body)
        if name == "reject":
            return _rejection(body)
        if name == "notrack":
            return Target(Action.UNTRACK, name)
        return Target(Action.UNKNOWN, name) if name in ("queue", "fwd", "synproxy") else None

    def _counter(self, body: Any) -> None:
        self.packets = int(body["packets"]) if isinstance(body, dict) and "packets" in body else None

    def _match(self, body: dict[str, Any]) -> None:
        left, right, negated = body["left"], body["right"], body["op"] == "!="
        text = f"{_words(left)} {body['op']} {_words(right)}"[:200]
        if body["op"] not in ("==", "!=", "in"):
            self.matches.append(Match(text))
            return
        mask = left.get("&") if isinstance(left, dict) else None
        if mask is not None and _terms(mask[0]) == ["tcp flags"]:
            self.matches += terms.flags(text, _names(mask[1]), _names(right), negated=negated)
            return
        changing = isinstance(right, str) and right.startswith("@") and self._named(right).changing
        elements = [key for key, _ in self._named(right).elements] if _is_name(right) else elements_of(right)
        self.matches += terms.condition(text, _terms(left), elements, negated=negated, changing=changing)

    def _verdict_map(self, body: dict[str, Any]) -> None:
        names, data = _terms(body["key"]), body["data"]
        text = f"{' . '.join(names)} vmap"
        if _is_name(data):
            named = self._named(data)
            text += f" {data}"
            pairs = [(key, terms.verdict(value.split())) for key, value in named.elements]
            if named.changing:
                self.targets.append(Target(Action.UNKNOWN, text))
                return
        else:
            pairs = [(_element(key), terms.verdict(verdict_words(value))) for key, value in data["set"]]
        self.matches += terms.needs(text, names)
        self.targets.append(terms.choice(text, names, pairs))

    def _translation(self, action: Action, name: str, body: dict[str, Any]) -> Target:
        target, port = body.get("addr", ""), body.get("port", "")
        text = f"{name} to {_words(target)}:{_words(port)}" if body else name
        if isinstance(target, dict) and "map" in target:
            names, data = _terms(target["map"]["key"]), target["map"]["data"]
            if _is_name(data):
                pairs = [(key, value.replace(" . ", ":")) for key, value in self._named(data).elements]
            else:
                pairs = [(_element(key), ":".join(_element(value))) for key, value in data["set"]]
            self.matches += terms.needs(text, names)
            return terms.choice(text, names, [(key, terms.translation(action, text, value)) for key, value in pairs])
        if (isinstance(target, dict) and not target.keys() & {"prefix", "range"}) or isinstance(port, dict):
            return Target(Action.UNKNOWN, text)
        host = _words(target)
        host = f"[{host}]" if ":" in host and port != "" else host
        return terms.translation(action, text, f"{host}:{port}" if port != "" else host)

    def _extension(self, body: dict[str, Any]) -> None:
        """What only iptables can show; a comment is no condition."""
        text = f"xt {body['type']} {body['name']} (iptables-save shows it)"
        if body["type"] == "target":
            self.targets.append(Target(Action.UNKNOWN, text))
        elif body["name"] != "comment":
            self.matches.append(Match(text))

    def _named(self, name: str) -> NamedSet:
        return self._sets[name[1:]]


def _is_name(value: Any) -> bool:
    return isinstance(value, str) and value.startswith("@")


def _terms(expression: dict[str, Any]) -> list[str]:
    if "concat" in expression:
        return [_term(one) for one in expression["concat"]]
    return [_term(expression)]


def _term(expression: dict[str, Any]) -> str:
    ((name, body),) = expression.items()
    if name == "payload":
        return f"{body['protocol']} {body['field']}"
    if name == "meta":
        return f"meta {body['key']}"
    if name == "ct":
        parts = ("ct", body.get("dir", ""), body.get("family", ""), body["key"])
        return " ".join(part for part in parts if part)
    return str(name)


def elements_of(right: Any) -> list[Element]:
    """Give what a term is compared with: one value, a list of bits, or a set written out."""
    if isinstance(right, dict) and "set" in right:
        return [_element(one) for one in right["set"]]
    if isinstance(right, list):
        return [_element(one) for one in right]
    return [_element(right)]


def entry(element: Any) -> tuple[Element, str]:
    """Give one element of a named set or map, with what a map leads to.

    Raises:
        KeyError, ValueError, TypeError: it has another shape.
    """
    if isinstance(element, list):
        key, value = element
        return _element(key), " ".join(verdict_words(value)) if isinstance(
            value, dict
        ) and "concat" not in value else " . ".join(_element(value))
    return _element(element), ""


def verdict_words(value: dict[str, Any]) -> list[str]:
    """Give a verdict as text has it."""
    ((name, body),) = value.items()
    return [str(name), str(body["target"])] if name in ("jump", "goto") else [str(name)]


def _element(value: Any) -> Element:
    if isinstance(value, dict):
        if "concat" in value:
            return tuple(_words(one) for one in value["concat"])
        if "elem" in value:
            return _element(value["elem"]["val"])
    return (_words(value),)


def _words(value: Any) -> str:
    if isinstance(value, dict):
        if "prefix" in value:
            return f"{value['prefix']['addr']}/{value['prefix']['len']}"
        if "range" in value:
            first, last = value["range"]
            return f"{first}-{last}"
        if "payload" in value or "meta" in value or "ct" in value:
            return _term(value)
    return str(value)


def _names(value: Any) -> list[str]:
    if isinstance(value, dict) and "|" in value:
        return [name for one in value["|"] for name in _names(one)]
    return [str(one) for one in value] if isinstance(value, list) else [str(value)] if value else []


def _rejection(body: dict[str, Any]) -> Target:
    kind = str(body.get("type", ""))
    text = f"reject with {kind} {body.get('expr', '')}".strip()
    return terms.rejection(text, kind, str(body.get("expr", "")))
