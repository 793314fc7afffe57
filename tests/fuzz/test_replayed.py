"""Every fuzz target on its seeds and on what fuzzing found once; and for a moment under the fuzzer itself."""

import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import Final

import pytest

from tests.fuzz.target import LONGEST, PROJECT, names, regressions, sown, target, timed

MOST_SEEDS: Final = 12
"""Of each target: all of them take minutes."""
INPUTS: Final = 200
"""That the fuzzer tries of each target."""


def found() -> Iterator[Path]:
    for name in names():
        yield from regressions(name)


@pytest.mark.parametrize("name", names())
def test_seeds(name: str) -> None:
    """A target has seeds, also where the corpus is not there, and they hold."""
    one = target(name)
    seeds = list(islice(one.seeds(), MOST_SEEDS))
    assert seeds
    for seed in seeds:
        timed(one.check, seed[:LONGEST])


@pytest.mark.parametrize("path", list(found()), ids=lambda path: f"{path.parent.name}-{path.name}")
def test_what_was_found_once(path: Path) -> None:
    timed(target(path.parent.name).check, path.read_bytes())


@pytest.mark.parametrize("name", names())
def test_for_a_moment(name: str, tmp_path: Path) -> None:
    """The fuzzer runs the target; that it reaches anything shows that its octets are used."""
    if find_spec("atheris") is None:
        pytest.skip("needs atheris: pip install --group fuzz (no wheels for Python 3.13 and later)")
    corpus = tmp_path / "corpus"
    sown(name, corpus, MOST_SEEDS)
    command = [sys.executable, "-m", "tests.fuzz.instrumented", name, str(corpus)]
    words = [f"-runs={INPUTS}", "-max_total_time=3", f"-max_len={LONGEST}", f"-artifact_prefix={tmp_path}/", "-seed=1"]
    done = subprocess.run([*command, *words], cwd=PROJECT, capture_output=True, text=True, check=False)

    assert 0 == done.returncode, done.stderr[-3000:]
    assert "DONE" in done.stderr
    assert "cov: " in done.stderr
