"""Holding a report against the truth. Knows nothing of wiretruth but its command line and its public JSON report."""

import contextlib
import functools
import json
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from click.testing import CliRunner

from wiretruth.cli.main import main

SEVERITIES: Final = ("info", "warning", "critical")
STRONG: Final = ("likely", "proven")
SECONDS: Final = 60
RAN: Final = (0, 1)
"""Exit status of a run that did not fail: it only says whether something was found."""

Json = Mapping[str, Any]


def command() -> list[str]:
    """The console script beside this interpreter, or the module where it is not installed."""
    script = Path(sys.executable).with_name("wiretruth")
    return [str(script)] if script.exists() else [sys.executable, "-m", "wiretruth"]


@functools.cache
def known_options() -> frozenset[str]:
    """The long options that ``wiretruth read`` says it takes."""
    told = subprocess.run([*command(), "read", "--help"], capture_output=True, text=True, timeout=SECONDS, check=True)
    return frozenset(re.findall(r"--[a-z-]+", told.stdout))


def not_yet(inputs: Sequence[str]) -> str | None:
    """Why these inputs cannot be read yet: an option that a later release brings; ``None`` where they can."""
    unknown = sorted({word.partition("=")[0] for word in inputs if word.startswith("--")} - known_options())
    return f"wiretruth read does not take {', '.join(unknown)} yet" if unknown else None


def read(folder: Path, inputs: Sequence[str]) -> tuple[list[str], str]:
    """Run ``wiretruth read`` in *folder*, within this process; give complaints about the run itself, and its standard output."""
    with contextlib.chdir(folder):
        done = CliRunner().invoke(main, ["read", *inputs, "--format", "json"])
    if done.exit_code not in RAN or not done.stdout:
        return [f"exit status {done.exit_code}: {done.stderr[-500:]}"], done.stdout
    return [], done.stdout


def complaints(case: Json, output: str) -> list[str]:
    """What is wrong with the report *output* by the truth of *case*; empty where all is well."""
    try:
        findings = json.loads(output)["findings"]
    except (ValueError, KeyError, TypeError) as error:
        return [f"no JSON document with findings: {error!r}"]
    return [*missing(case, findings), *false_claims(case, findings, output), *too_loud(case, findings)]


def missing(case: Json, findings: Sequence[Json]) -> Iterator[str]:
    for expected in case["expect"]:
        if not any(fits(expected, finding) for finding in findings):
            near = [f"{one['code']}/{one['confidence']}" for one in findings if one["code"] in expected["any_of"]]
            yield f"missing {'|'.join(expected['any_of'])} with {expected['mentions']} (near: {near})"


def fits(expected: Json, finding: Json) -> bool:
    text = json.dumps(finding, ensure_ascii=False).lower()
    return (
        finding["code"] in expected["any_of"]
        and all(word.lower() in text for word in expected["mentions"])
        and expected["confidence"] in (None, finding["confidence"])
        and expected["severity"] in (None, finding["severity"])
    )


def false_claims(case: Json, findings: Sequence[Json], output: str) -> Iterator[str]:
    strong = [one for one in findings if is_strong(one)]
    for word in case["forbid"]:
        if word.startswith("#"):
            wrong = word[1:] in output
        elif word.startswith("!"):
            code, text = word[1:].split(":", 1)
            wrong = any(one["code"] == code and text in core(one) for one in strong)
        else:
            wrong = any(one["code"] == word for one in strong)
        if wrong:
            yield f"wrongly {word}"


def too_loud(case: Json, findings: Sequence[Json]) -> Iterator[str]:
    if case["max_severity"]:
        limit = SEVERITIES.index(case["max_severity"])
        for one in findings:
            if SEVERITIES.index(one["severity"]) > limit:
                yield f"louder than {case['max_severity']}: {one['code']}: {one['summary']}"


def is_strong(finding: Json) -> bool:
    """A finding that accuses: at ``warning`` or above, or ``likely`` or above."""
    return finding["severity"] != "info" or finding["confidence"] in STRONG


def core(finding: Json) -> str:
    return json.dumps([finding.get("summary"), finding.get("observed"), finding.get("intended")])
