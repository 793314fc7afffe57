"""The mail logs of a run: read after the captures, which tell what time they are of."""

from collections.abc import Sequence
from datetime import tzinfo

from wiretruth.cli._progress import Progress
from wiretruth.engine.analysis import Analysis
from wiretruth.engine.log_reading import LogReading, format_names
from wiretruth.errors import InputError, WrongKindError
from wiretruth.sources.arguments import InputArgument, parse_arguments
from wiretruth.sources.lines import LineSource


def read_logs(paths: Sequence[str], zone: tzinfo | None, analysis: Analysis, progress: Progress) -> None:
    """Read logs into an analysis that has its captures.

    Args:
        paths: ``-`` for standard input, each with ``label=`` before it where the user named it.
        zone: of times without one; ``None``: to be found out.
        analysis: takes them.
        progress: is told how far the reading is.

    Raises:
        InputError: a log cannot be read, or holds no line that wiretruth knows.
    """
    for argument in parse_arguments(paths):
        _read(argument, zone, analysis, progress)


def _read(argument: InputArgument, zone: tzinfo | None, analysis: Analysis, progress: Progress) -> None:
    reading = LogReading(analysis.log_settings(zone), argument.label, argument.path)
    with LineSource(argument.path) as source:
        progress.begin(argument.label, source.total)
        for lines in source.batches():
            reading.receive(lines)
            progress.at(source.octets_read)
    log = reading.finish()
    if not log.programs:
        remedy = "name the log of the mail software"
        if not log.lines:
            raise InputError(argument.path, "is empty", remedy)
        problem = f"holds no line of a mail log that wiretruth reads ({', '.join(format_names())})"
        raise WrongKindError(argument.path, problem, remedy)
    analysis.add_log(log)
