"""Every contestant that is installed reads a capture of each kind without complaint."""

from pathlib import Path

import pytest

from bench.contestants import CONTESTANTS, WIRETRUTH, Contestant
from bench.costs import cost
from bench.workloads import WORKLOADS, write


@pytest.fixture(scope="module")
def capture(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("bench") / "gateway.pcap"
    write(path, WORKLOADS["gateway"][0], 1000)
    return path


def test_wiretruth_comes_first_and_names_are_single() -> None:
    names = [contestant.name for contestant in CONTESTANTS]

    assert WIRETRUTH == names[0]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("contestant", CONTESTANTS, ids=lambda contestant: contestant.name)
def test_reads(contestant: Contestant, capture: Path, tmp_path: Path) -> None:
    if contestant.version() is None:
        pytest.skip(f"{contestant.name} is not installed")

    assert cost(contestant.pipe(str(capture), str(tmp_path))).cpu > 0
