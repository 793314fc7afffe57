"""Where the frames of a report stand: in which file, under which number."""

from collections.abc import Iterable

from wiretruth.model.report import InputSummary


class Places:
    """The inputs of a report by vantage."""

    def __init__(self, inputs: Iterable[InputSummary] = ()) -> None:
        self._inputs = {vantage: source for source in inputs for vantage in source.vantages}

    def several(self, vantage: str | None) -> bool:
        """Tell whether the input of a vantage is several files, each with numbers of its own."""
        source = self._inputs.get(vantage or "")
        return source is not None and source.files is not None

    def files(self, vantage: str | None, frames: Iterable[int]) -> dict[str, list[int]]:
        """Give frames of a vantage's input by file, numbered as tshark does; standard input is ``-``."""
        source = self._inputs.get(vantage or "")
        if source is None:
            return {}
        return source.files.apart(frames) if source.files else {source.path: list(frames)}
