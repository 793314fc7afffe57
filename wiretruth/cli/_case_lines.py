"""The files of other witnesses in a case: the lines that findings rest on, or all, where fewer would say something else."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from wiretruth.cli._case_deriving import LOG
from wiretruth.cli._witnesses import MAX_LINE
from wiretruth.evidence.choosing import Reach
from wiretruth.evidence.lines import kept, related
from wiretruth.evidence.masking import Mask
from wiretruth.model.finding import Finding
from wiretruth.sources import case_folder
from wiretruth.sources.arguments import parse_arguments
from wiretruth.sources.case_folder import Slice
from wiretruth.sources.lines import LineSource

_WHOLE = ("rules",)
"""What a rule does depends on those before it."""


class Witness(NamedTuple):
    """One file of lines."""

    kind: str
    label: str
    """As findings name it."""
    path: str


def named(files: Mapping[str, Sequence[str]], logs: Sequence[str]) -> list[Witness]:
    """List the files of a run as findings name them."""
    others = [Witness(kind, path, path) for kind, paths in files.items() for path in paths]
    return [Witness(LOG, one.label, one.path) for one in parse_arguments(logs)] + others


def sliced(
    folder: Path, witness: Witness, file: str, findings: Sequence[tuple[Finding, Reach]], mask: Mask | None = None
) -> Slice | None:
    """Write what a case needs of a file; ``None`` where it needs nothing.

    Args:
        folder: the case.
        witness: the file.
        file: its name in the case.
        findings: with how much of the input each of them needs.
        mask: replaces addresses and mailboxes, where that is wanted.
    """
    cited = {
        record.line
        for finding, _ in findings
        for record in finding.evidence
        if record.source == witness.label and record.line is not None
    }
    reach = max(reach for _, reach in findings)
    names = any(record.source == witness.label for finding, _ in findings for record in finding.evidence)
    if not names and reach < Reach.HOSTS:
        return None
    with LineSource(witness.path, longest=MAX_LINE) as source:
        lines = [line for batch in source.batches() for line in batch]
    numbers: frozenset[int] | None = frozenset(cited)
    if reach >= Reach.HOSTS or witness.kind in _WHOLE or not cited:
        numbers = None
    elif reach is Reach.DELIVERIES:
        numbers = related(lines, cited)
    octets = b"".join(kept(lines, numbers, mask.words.masked if mask else bytes))
    sha256 = case_folder.write(folder, file, octets)
    label = witness.label if witness.kind == LOG else file
    sources = (case_folder.source(witness.path, Path(witness.path).name if mask else witness.path),)
    return Slice(witness.kind, label, file, sha256, sources, lines=None if numbers is None else tuple(sorted(numbers)))
