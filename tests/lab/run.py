"""Finding scenarios, and making them anew: several at a time, each in its own namespaces."""

import inspect
import shutil
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final, NamedTuple

from tests.lab import truth
from tests.lab.lab import Lab
from tests.lab.readme import readme
from tests.lab.shell import LabError
from tests.lab.sight import Sight, unseen
from wiretruth import discover

ROOMS: Final = ("tests.lab.scenarios.faulty", "tests.lab.scenarios.faultless")
AT_A_TIME: Final = 5
"""Most of a scenario is waiting for timers: two cores carry several."""


class Scenario(NamedTuple):
    """One file of the plug room."""

    name: str
    kind: str
    """``faulty`` or ``faultless``."""
    story: str
    cases: tuple[truth.Case, ...]
    play: Callable[[Lab], None]
    cables: int
    kept: bool
    """Small enough for ``pcaps/``."""
    live: bool
    """Made anew whenever the tests are run; the others by ``make lab``."""
    needs: tuple[str, ...]
    """Programs beyond those that the lab always needs (``requirements.OPTIONAL``)."""
    mechanism: str
    """What was done to the mail, in the words of the accuracy table."""
    seen: tuple[Sight, ...]
    """What its packets must show, or it did not happen."""


class Made(NamedTuple):
    """How making one scenario went."""

    name: str
    seconds: float
    error: BaseException | None


def scenarios() -> tuple[Scenario, ...]:
    """Every scenario, faulty ones first, in the order of their names."""
    return tuple(
        Scenario(
            name=module.__name__.rpartition(".")[2].replace("_", "-"),
            kind=room.rpartition(".")[2],
            story=" ".join((inspect.getdoc(module) or "").split()),
            cases=module.CASES,
            play=module.play,
            cables=getattr(module, "CABLES", 0),
            kept=getattr(module, "KEPT", True),
            live=getattr(module, "LIVE", True),
            needs=getattr(module, "NEEDS", ()),
            mechanism=module.MECHANISM,
            seen=getattr(module, "SEEN", ()),
        )
        for room in ROOMS
        for module in discover.modules(room)
    )


def make(scenario: Scenario, out: Path) -> None:
    """Play *scenario* and leave its captures, truth and page in *out*, which is emptied first."""
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    with Lab(out, scenario.cables) as lab:
        scenario.play(lab)
    if wrong := unseen(out, scenario.seen):
        raise LabError(f"it did not happen: {'; '.join(wrong)}")
    for capture in set(out.glob("*.pcap")) - {out / name for name in read_by(scenario)}:
        capture.unlink()
    describe(scenario, out)


def truth_of(scenario: Scenario) -> str:
    """The text of its truth.json."""
    return truth.as_json(truth.document(scenario.name, scenario.mechanism, scenario.story, scenario.cases))


def read_by(scenario: Scenario) -> set[str]:
    """The files that some case or sight of *scenario* names."""
    words = {word for case in scenario.cases for word in case.inputs} | {sight.capture for sight in scenario.seen}
    return {word.rpartition("=")[2] for word in words}


def describe(scenario: Scenario, out: Path) -> None:
    """Write the truth and the page beside captures that lie in *out*."""
    (out / "truth.json").write_text(truth_of(scenario))
    (out / "README.md").write_text(readme(scenario.name, scenario.kind, scenario.story, scenario.cases))


def make_all(chosen: Iterable[Scenario], out: Path, at_a_time: int = AT_A_TIME) -> Iterator[Made]:
    """Make the *chosen* under *out*, several at a time; tell of each as it ends, in their order."""

    def one(scenario: Scenario) -> Made:
        begun = time.monotonic()
        try:
            make(scenario, out / scenario.name)
        except Exception as error:  # noqa: BLE001 - the others go on; the caller is told
            return Made(scenario.name, time.monotonic() - begun, error)
        return Made(scenario.name, time.monotonic() - begun, None)

    with ThreadPoolExecutor(at_a_time) as pool:
        yield from pool.map(one, chosen)
