"""What the report page counts: every committed case of the lab asked once, each expectation and each accusation held against its truth."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

from tests.lab.judge import complaints, false_claims, fits, is_strong, read, too_loud

WAYS: Final = ("one capture", "several vantages", "with log", "with conntrack", "with rules", "with sockets")
WITNESSES: Final = {
    "--log": "with log",
    "--conntrack": "with conntrack",
    "--rules": "with rules",
    "--sockets": "with sockets",
}


class Expected(NamedTuple):
    """One finding that the truth asks for."""

    code: str
    """The one that met it, or the first that would have."""
    met: bool


class Asked(NamedTuple):
    """One case, asked."""

    scenario: str
    id: str
    mechanism: str
    ways: tuple[str, ...]
    expected: tuple[Expected, ...]
    false: tuple[str, ...]
    """Codes that were claimed against the truth, each once."""
    complaints: tuple[str, ...]
    awaited: str
    """Why the answer is not true yet."""
    faultless: bool
    """Nothing is wrong, and nothing above ``info`` may be said."""


def ways(inputs: Sequence[str]) -> tuple[str, ...]:
    """The columns of a case: its other witnesses, or the number of its vantages where it has none."""
    witnesses = tuple(way for option, way in WITNESSES.items() if option in inputs)
    return witnesses or ("several vantages" if len(inputs) > 1 else "one capture",)


def ask_all(cases: Path) -> Iterator[Asked]:
    """Ask every case under *cases*, in the order of their names."""
    for path in sorted(cases.glob("*/truth.json")):
        document = json.loads(path.read_text(encoding="utf-8"))
        for case in document["cases"]:
            yield ask(path.parent, document, case)


def ask(folder: Path, document: Mapping[str, Any], case: Mapping[str, Any]) -> Asked:
    """Ask one case.

    Raises: RuntimeError where the run itself fails: nothing can be counted then.
    """
    troubles, output = read(folder, case["inputs"])
    if troubles:
        raise RuntimeError(f"{document['name']}, {case['id']}: {'; '.join(troubles)}")
    findings = json.loads(output)["findings"]
    return Asked(
        scenario=document["name"],
        id=case["id"],
        mechanism=document.get("mechanism", ""),
        ways=ways(case["inputs"]),
        expected=tuple(outcome(expected, findings) for expected in case["expect"]),
        false=tuple(sorted(set(wrong(case, findings, output)))),
        complaints=tuple(complaints(case, output)),
        awaited=case.get("awaited", ""),
        faultless=case["max_severity"] == "info",
    )


def outcome(expected: Mapping[str, Any], findings: Sequence[Mapping[str, Any]]) -> Expected:
    """Tell whether some finding is the *expected* one."""
    met = next((finding["code"] for finding in findings if fits(expected, finding)), None)
    return Expected(met or expected["any_of"][0], met is not None)


def wrong(case: Mapping[str, Any], findings: Sequence[Mapping[str, Any]], output: str) -> Iterator[str]:
    """Give the codes of what was claimed falsely, or too loudly."""
    for code in sorted({finding["code"] for finding in findings if is_strong(finding)}):
        claims = [finding for finding in findings if finding["code"] == code]
        if any(false_claims(case, claims, "")) or any(too_loud(case, claims)):
            yield code
    if any(word.startswith("#") and word[1:] in output for word in case["forbid"]):
        yield "words that must not be shown"
