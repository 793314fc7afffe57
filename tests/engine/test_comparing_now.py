"""Captured answers against today's."""

import pytest

from tests.engine.stage import read
from tests.rules.scene import MX1, MX2, Scene
from tests.rules.session import Session
from wiretruth.engine.comparing_now import compare_now, joined
from wiretruth.engine.settings import Settings
from wiretruth.model.comparison import Comparison, NowTold
from wiretruth.model.report import Report

NOW = "192.0.2.53"


def report() -> Report:
    scene = Scene()
    scene.told("example.net", "MX", "10 mail.example.net.", "20 backup.example.net.")
    scene.told("mail.example.net", "A", MX1)
    scene.told("mail.example.net", "AAAA")
    Session(scene, MX1).delivers()
    return read(scene, settings=Settings(every_lookup=True))


def marks(told: NowTold) -> list[str]:
    return [f"{e.mark}{e.data}" for e in compare_now(report(), [told]).entries]


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (NowTold(NOW, "mail.example.net", "A", (MX1,), 60), [f" A {MX1}"]),
        (NowTold(NOW, "mail.example.net", "A", (MX2,), 60), [f"-A {MX1}", f"+A {MX2}"]),
        (NowTold(NOW, "mail.example.net", "A", (MX1, MX2), 60), [f" A {MX1}", f"+A {MX2}"]),
        (NowTold(NOW, "mail.example.net", "A", (), rcode="NXDOMAIN"), [f"-A {MX1}"]),
        (NowTold(NOW, "mail.example.net", "AAAA", ()), [" AAAA -"]),
        (NowTold(NOW, "mail.example.net", "AAAA", ("2001:db8::1",)), ["+AAAA 2001:db8::1"]),
        (
            NowTold(NOW, "example.net", "MX", ("10 mail.example.net", "30 backup.example.net")),
            [" MX 10 mail.example.net", "-MX 20 backup.example.net", "+MX 30 backup.example.net"],
        ),
        (NowTold(NOW, "example.org", "MX", ("10 mail.example.org",)), []),
        (NowTold(NOW, "mail.example.net", "A", (), trouble="nothing came in 5 s"), []),
    ],
)
def test_what_changed(told: NowTold, expected: list[str]) -> None:
    assert expected == marks(told)


def test_silence_is_trouble_and_no_difference() -> None:
    one = compare_now(report(), [NowTold(NOW, "mail.example.net", "A", (), trouble="nothing came in 5 s")])

    assert ((), ("192.0.2.53 gives no answer for A mail.example.net: nothing came in 5 s",)) == (
        one.hunks,
        one.troubles,
    )


def test_each_resolver_has_its_hunks() -> None:
    told = [NowTold(who, "mail.example.net", "A", (MX1,)) for who in (NOW, "system")]
    both = joined((Comparison((), passed_over=2), compare_now(report(), told)))

    assert ([NOW, "system"], 2) == ([hunk.resolver for hunk in both.hunks], both.passed_over)
