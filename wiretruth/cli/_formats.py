"""The output formats: the public modules of ``wiretruth.reports``."""

import importlib
from collections.abc import Callable, Iterator

from wiretruth import discover, reports
from wiretruth.model.report import Report
from wiretruth.reports._options import Options

Render = Callable[[Report, Options], Iterator[str]]


def names() -> list[str]:
    """List the formats by looking at the folder."""
    return discover.names(reports)


def renderer(name: str) -> Render:
    """Import one format."""
    render: Render = importlib.import_module(f"{reports.__name__}.{name}").render
    return render
