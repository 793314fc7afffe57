"""One ``-A`` line of iptables-save: what it matches, and what it does.

Source: iptables-extensions(8); extensions/libxt_*.c for what -S and -save print.
"""

import re
from collections.abc import Callable, Container, Iterator
from typing import Final

from wiretruth.model.ruleset import Action, Bits, Field, Match, Range, Target, Value, Word
from wiretruth.witnesses._values import address, endpoint, port, protocol

_WORD: Final = re.compile(r'"((?:[^"\\]|\\.)*)"|(\S+)')

_UNDERSTOOD: Final = frozenset({"tcp", "udp", "comment", "multiport", "conntrack", "state", "iprange"})
"""Extensions of which every option but those left as text is understood."""

_FLAGS: Final = {"FIN": 1, "SYN": 2, "RST": 4, "PSH": 8, "ACK": 16, "URG": 32, "ALL": 63, "NONE": 0}

_CONTINUES: Final = frozenset({
    "AUDIT", "CHECKSUM", "CLASSIFY", "CONNMARK", "CONNSECMARK", "CT", "DSCP", "ECN", "HL", "HMARK", "IDLETIMER", "LED",
    "LOG", "MARK", "NFLOG", "RATEEST", "SECMARK", "SET", "TCPMSS", "TCPOPTSTRIP", "TEE", "TOS", "TRACE", "TTL", "ULOG",
})  # fmt: skip
"""Targets after which the next rule is asked."""

_FREE_TEXT: Final = ("--comment", "--log-prefix", "--nflog-prefix")
"""Options whose one value may look like an option."""

_PLAIN: Final = {
    "ACCEPT": Action.ACCEPT,
    "DROP": Action.DROP,
    "RETURN": Action.RETURN,
    "NOTRACK": Action.UNTRACK,
    "MASQUERADE": Action.MASQUERADE,
    "REDIRECT": Action.REDIRECT,
    "REJECT": Action.REJECT,
}


def words(line: str) -> list[str]:
    r"""Split a line as iptables-restore does: double quotes hold words together, ``\"`` stands for one of them."""
    return [
        plain or re.sub(r"\\(.)", r"\1", quoted)
        for quoted, plain in (found.groups(default="") for found in _WORD.finditer(line))
    ]


def understand(line_words: list[str], chains: Container[str]) -> tuple[tuple[Match, ...], tuple[Target, ...]]:
    """Read the words of a rule behind ``-A CHAIN``.

    Args:
        line_words: as :func:`words` gives them.
        chains: names of the table's chains: what a jump may lead to.
    """
    before, jump, options = _divided(line_words)
    matches = tuple(_matches(before))
    if not jump:
        return matches, ()
    return matches, (_target(jump[0], jump[1], options, chains),)


def _divided(line_words: list[str]) -> tuple[list[str], tuple[str, str] | None, list[str]]:
    """Part the matches from the target and its options."""
    for at, word in enumerate(line_words[:-1]):
        said = at > 0 and line_words[at - 1] in _FREE_TEXT
        if word in ("-j", "-g", "--jump", "--goto") and not said:
            return line_words[:at], (word, line_words[at + 1]), line_words[at + 2 :]
    return line_words, None, []


def _matches(before: list[str]) -> Iterator[Match]:
    module, unknown = "", ""
    for negated, option, values in _options(before):
        text = " ".join(["!"] * negated + [option, *values])
        if option in ("-m", "--match"):
            if unknown:
                yield Match(unknown)
            module = values[0] if values else ""
            unknown = "" if module in _UNDERSTOOD else text
            continue
        read = _OPTIONS.get(option) if not module or module in _UNDERSTOOD or len(option) == len("-s") else None
        if read is None:
            unknown = f"{unknown} {text}".strip()
            continue
        yield _match(read, text, values, negated=negated)
    if unknown:
        yield Match(unknown)


def _options(before: list[str]) -> Iterator[tuple[bool, str, list[str]]]:
    """Give each option with its values, and whether it is negated."""
    negated, option, values = False, "", list[str]()
    following = False
    for word in before:
        if option in _FREE_TEXT and not values:
            values.append(word)
        elif word == "!":
            following = True
        elif word.startswith("-") and not word[1:2].isdigit():
            if option:
                yield negated, option, values
            negated, option, values, following = following, word, [], False
        else:
            values.append(word)
    if option:
        yield negated, option, values


_Read = Callable[[list[str]], tuple[Field, list[Value]] | None]


def _match(read: _Read, text: str, values: list[str], *, negated: bool) -> Match:
    try:
        understood = read(values)
    except (ValueError, KeyError, IndexError):
        understood = None
    if understood is None:
        return Match(text)
    field, elements = understood
    return Match(text, (field,), tuple((element,) for element in elements), negated)


def _listed(field: Field, value: Callable[[str], Value]) -> _Read:
    def read(values: list[str]) -> tuple[Field, list[Value]]:
        (listed,) = values
        return field, [value(part) for part in listed.split(",")]

    return read


def _interface(name: str) -> Value:
    return Word(name.removesuffix("+"), name.endswith("+"))


def _state(name: str) -> Value:
    return Word(name.lower())


def _flags(values: list[str]) -> tuple[Field, list[Value]]:
    mask, value = (sum({_FLAGS[flag] for flag in listed.split(",")}) for listed in values)
    return Field.TCP_FLAGS, [Bits(mask, value)]


def _syn(values: list[str]) -> tuple[Field, list[Value]]:
    if values:
        raise ValueError(values)
    return _flags(["FIN,SYN,RST,ACK", "SYN"])


def _anything(values: list[str]) -> tuple[Field, list[Value]]:
    """A comment: it is always true."""
    del values
    return Field.PROTOCOL, [Range(0, 0xFF)]


_OPTIONS: Final[dict[str, _Read]] = {
    "-s": _listed(Field.SOURCE, address),
    "-d": _listed(Field.DESTINATION, address),
    "-i": _listed(Field.IN_INTERFACE, _interface),
    "-o": _listed(Field.OUT_INTERFACE, _interface),
    "-p": _listed(Field.PROTOCOL, protocol),
    "--sport": _listed(Field.SOURCE_PORT, port),
    "--dport": _listed(Field.DESTINATION_PORT, port),
    "--sports": _listed(Field.SOURCE_PORT, port),
    "--dports": _listed(Field.DESTINATION_PORT, port),
    "--ports": _listed(Field.EITHER_PORT, port),
    "--src-range": _listed(Field.SOURCE, address),
    "--dst-range": _listed(Field.DESTINATION, address),
    "--tcp-flags": _flags,
    "--syn": _syn,
    "--state": _listed(Field.STATE, _state),
    "--ctstate": _listed(Field.STATE, _state),
    "--ctproto": _listed(Field.PROTOCOL, protocol),
    "--ctdir": _listed(Field.DIRECTION, _state),
    "--ctorigsrc": _listed(Field.ORIGINAL_SOURCE, address),
    "--ctorigdst": _listed(Field.ORIGINAL_DESTINATION, address),
    "--ctorigsrcport": _listed(Field.ORIGINAL_SOURCE_PORT, port),
    "--ctorigdstport": _listed(Field.ORIGINAL_DESTINATION_PORT, port),
    "--comment": _anything,
}


def _target(how: str, name: str, options: list[str], chains: Container[str]) -> Target:
    text = " ".join([how, name, *options])
    if name in chains:
        return Target(Action.GOTO if how in ("-g", "--goto") else Action.JUMP, text, chain=name)
    try:
        return _known_target(name, text, options)
    except (ValueError, KeyError, IndexError):
        return Target(Action.UNKNOWN, text)


def _known_target(name: str, text: str, options: list[str]) -> Target:
    given = {option: values for _, option, values in _options(options)}
    if name in ("DNAT", "SNAT"):
        action, option = (Action.DNAT, "--to-destination") if name == "DNAT" else (Action.SNAT, "--to-source")
        addresses, ports = endpoint(given[option][0])
        return Target(action, text, addresses=addresses, ports=ports)
    if name == "TPROXY":
        return Target(Action.TPROXY, text, ports=port(given["--on-port"][0]))
    if name == "CT" and "--notrack" in given:
        return Target(Action.UNTRACK, text)
    if name in _CONTINUES:
        return Target(Action.CONTINUE, text)
    ports = port(given["--to-ports"][0], "-") if "--to-ports" in given else None
    kind = given.get("--reject-with", ["icmp-port-unreachable"])[0] if name == "REJECT" else ""
    return Target(_PLAIN.get(name, Action.UNKNOWN), text, ports=ports, kind=kind)
