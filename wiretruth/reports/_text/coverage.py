"""The part on what the inputs could not tell."""

from collections.abc import Iterator

from wiretruth.model.frames import Fault
from wiretruth.model.report import InputSummary, Report
from wiretruth.reports._text.page import Line, heading, line
from wiretruth.reports._words import count, share


def coverage(report: Report) -> Iterator[Line]:
    """Tell the limits under a heading."""
    told = limits(report)
    if told:
        yield from heading(limits_title(report).upper())
        yield from (line(words, lead="- ") for words in told)


def limits(report: Report) -> list[str]:
    """Give the limits: those that the analysis names, and each input's own damage and loss."""
    told = [*report.coverage.limits, *(words for source in report.inputs for words in _damage(source))]
    return told + [
        f"{count(number, 'entry', 'entries')} given up: {table} reached its bound"
        for table, number in report.coverage.evicted
    ]


def limits_title(report: Report) -> str:
    """Say what the limits are limits of."""
    return "What these inputs cannot tell" if len(report.inputs) > 1 else "What this capture cannot tell"


def _damage(source: InputSummary) -> Iterator[str]:
    if source.loss > 0:
        yield f"{source.path}: {share(source.loss)} of the stream octets that passed are missing from it"
    if source.kernel_drops:
        yield f"{source.path}: the capturing host dropped {count(source.kernel_drops, 'packet')}"
    if source.cut_off:
        yield f"{source.path}: it ends within a packet; what came after is not known"
    if source.faults:
        yield f"{source.path}: {_fault(source.faults[0])}{_more(len(source.faults) - 1)}"


def _fault(fault: Fault) -> str:
    where = f"frame {fault.frame}" if fault.frame is not None else f"octet {fault.offset}"
    return f"damage at {where}, {fault.where}: expected {fault.expected}, got {fault.got}"


def _more(number: int) -> str:
    return f" (and {count(number, 'more fault')})" if number else ""
