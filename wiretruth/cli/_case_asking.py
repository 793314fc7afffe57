"""Which findings a case is asked for: by id, the beginning of one, or code."""

from collections.abc import Mapping, Sequence
from datetime import tzinfo

import click

from wiretruth.cli import _reading, _terminal, _witnesses
from wiretruth.cli._nearest import nearest
from wiretruth.cli._progress import Progress
from wiretruth.errors import WiretruthError
from wiretruth.model.finding import Finding
from wiretruth.model.report import Report
from wiretruth.reports._records.finding import identity


def read(
    captures: Sequence[str], logs: Sequence[str], zone: tzinfo | None, witnesses: Mapping[str, Sequence[str]]
) -> Report:
    """Read the whole input.

    Raises:
        InputError: something of it cannot be read.
    """
    heard = _witnesses.read_all(witnesses, (*captures, *logs))
    wanted = _reading.Wanted(every_lookup=bool(logs), heard=heard, logs=tuple(logs), log_zone=zone, digests=False)
    with Progress(wanted=_terminal.stderr_is_terminal()) as progress:
        return _reading.read(captures, wanted, progress, None)


def chosen(report: Report, word: str | None) -> tuple[Finding, ...]:
    """Give the findings that a word names; all of them where there is no word.

    Raises:
        WiretruthError: it names none, or is the beginning of several ids.
    """
    if not report.findings:
        raise WiretruthError("nothing was found, so there is nothing to make a case of")
    if word is None:
        return report.findings
    wanted = word.strip().lower().replace("_", "-")
    by_code = tuple(finding for finding in report.findings if finding.code == wanted)
    if by_code:
        return by_code
    begun_codes = {finding.code for finding in report.findings if finding.code.startswith(wanted)}
    if len(begun_codes) == 1:
        return tuple(finding for finding in report.findings if finding.code in begun_codes)
    by_id = {identity(finding): finding for finding in report.findings}
    begun = [finding for id_, finding in by_id.items() if id_.startswith(wanted)]
    if len(begun) == 1:
        return tuple(begun)
    if begun or begun_codes:
        several = ", ".join(sorted(begun_codes) or sorted(id_ for id_ in by_id if id_.startswith(wanted)))
        raise click.UsageError(f"{word!r} is the beginning of {several}; give more of it")
    known = [*{finding.code for finding in report.findings}, *by_id]
    told = ", ".join(f"{identity(finding)} {finding.code}" for finding in report.findings[:5])
    raise click.UsageError(f"no finding {word!r} here{nearest(wanted, known)}; there is {told}")
