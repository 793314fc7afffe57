"""One delivery whose answers and contacts differ, against one that only seems so."""

import pytest

from tests.engine.stage import read
from tests.rules.scene import MX1, MX2, STRANGER, Scene
from tests.rules.session import Session
from wiretruth.engine.answers import Answers
from wiretruth.engine.differing import Differing
from wiretruth.engine.settings import Settings
from wiretruth.model.comparison import Mark


@pytest.mark.parametrize(
    ("server", "marks"),
    [
        (MX1, [Mark.BOTH, Mark.BOTH]),
        (MX2, [Mark.BEFORE, Mark.BOTH]),
        (STRANGER, [Mark.BEFORE, Mark.BEFORE, Mark.AFTER]),
    ],
)
def test_marks(server: str, marks: list[Mark]) -> None:
    scene = Scene()
    scene.example_net(MX1, MX2)
    Session(scene, server).delivers()
    report = read(scene, settings=Settings(every_lookup=True))
    (delivery,) = report.deliveries
    told = Differing(delivery, Answers(report.lookups), report.findings, {"tap": scene.now}).entries()

    assert marks == [entry.mark for entry in told]
