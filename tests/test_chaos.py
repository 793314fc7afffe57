"""Whatever a capture holds, the whole way from frames to report raises nothing, says nothing twice differently, leaks nothing."""

import base64
from functools import cache
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import SHARED
from tests.mutations import EVERY, LATEST, LONGEST_FILE, OF_CAPTURES, Frame, Tape, load, spoilt
from tests.promises import hold_to_promises, read, written
from tests.rules.scene import RAW, TAP, Scene
from tests.rules.session import Session

PCAPS = Path(__file__).resolve().parents[1] / "pcaps"
CASES = settings.default.max_examples * 2 if settings.default else 100
SEEDS = st.integers(0, 1 << 32)
PASSWORD, USER = "hunter2-Zq9xW", "bobby-Xw7vK"


@cache
def tape(path: Path) -> Tape | None:
    return load(path)


def at_random(paths: list[Path], random: Random) -> Tape:
    found = None
    while found is None:
        found = tape(random.choice(paths))
    return found


@cache
def own() -> list[Path]:
    return sorted(PCAPS.glob("*/*.pcap"))


@cache
def others() -> list[Path]:
    corpus = sorted(p for p in (SHARED / "corpus").rglob("*.pcap*") if "oracle" not in p.parts)
    return [p for p in corpus if p.stat().st_size < LONGEST_FILE]


@settings(max_examples=CASES)
@given(SEEDS)
def test_our_captures_spoilt(seed: int) -> None:
    random = Random(seed)
    one = at_random(own(), random)

    hold_to_promises(spoilt(one, random, EVERY))


@settings(max_examples=CASES // 4)
@given(SEEDS)
def test_two_vantages_spoilt(seed: int) -> None:
    """The same capture twice, each spoilt in its own way."""
    random = Random(seed)
    one = at_random(own(), random)

    hold_to_promises(spoilt(one, random, EVERY), spoilt(one, random, EVERY))


@pytest.mark.shared
@settings(max_examples=CASES)
@given(SEEDS)
def test_captures_of_others_spoilt(seed: int) -> None:
    random = Random(seed)
    one = at_random(others(), random)

    hold_to_promises(spoilt(one, random, EVERY))


@pytest.mark.parametrize("begins", [-LATEST - 1, -1, 0, LATEST - 3600 * 10**9])
@pytest.mark.parametrize(
    "case", ["dnat-output-accepted", "refused-closed-port", "cleartext-credentials", "plain-delivery"]
)
def test_no_clock_changes_a_finding(case: str, begins: int) -> None:
    """Rules look back into histories, to the very ends of 64 bits."""
    whole = tape(PCAPS / case / "mta-eth0.pcap")
    assert whole is not None
    by = begins - min(frame.at for frame in whole.frames)
    moved = Tape(whole.link_type, [frame._replace(at=frame.at + by) for frame in whole.frames])

    assert [(f.code, f.severity, f.confidence) for f in read(whole).findings] == [
        (f.code, f.severity, f.confidence) for f in read(moved).findings
    ]


def base64_of(words: str) -> str:
    return base64.b64encode(words.encode()).decode()


PLAIN = base64_of(f"\0{USER}\0{PASSWORD}")


def with_secrets() -> Tape:
    """AUTH in every framing, refused and taken."""
    scene = Scene()
    scene.example_net()
    session = Session(scene).connect().greeted()
    session.asks(f"AUTH PLAIN {PLAIN}", "535 5.7.8 no")
    session.asks("AUTH LOGIN", "334 VXNlcm5hbWU6")
    session.asks(base64_of(USER), "334 UGFzc3dvcmQ6")
    session.asks(base64_of(PASSWORD), f"535 5.7.8 {USER} is not let in")
    session.asks("AUTH PLAIN", "334 ")
    session.asks(PLAIN, "235 2.7.0 welcome")
    session.envelope()
    session.message()
    session.quit()
    return Tape(RAW, [Frame(*frame) for frame in scene.frames[TAP]])


@settings(max_examples=CASES)
@given(SEEDS)
def test_no_secret_is_told_however_the_capture_is_spoilt(seed: int) -> None:
    """Frames lost, doubled, late or cut: what remains of AUTH may look like commands."""
    told = "".join(written(read(spoilt(with_secrets(), Random(seed), OF_CAPTURES)))).casefold()

    for secret in (PASSWORD, base64_of(PASSWORD), PLAIN):
        assert secret.rstrip("=")[:-1].casefold() not in told
