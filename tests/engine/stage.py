"""Frames on their way into the engine, in batches of any size, and reports as text that can be compared."""

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pprint import pformat
from typing import Final

from tests.rules.scene import RAW, Frame, Scene
from tests.rules.session import Session, inbound
from wiretruth.engine.analysis import Analysis
from wiretruth.engine.settings import Settings
from wiretruth.engine.yielded import Ending
from wiretruth.model.frames import FrameBatch, Interface
from wiretruth.model.report import Report

ONE: Final = (Interface(None, RAW, 0),)


def batches(
    frames: list[Frame], sizes: Iterable[int], interfaces: tuple[Interface, ...] = ONE, index: int = 0
) -> Iterator[FrameBatch]:
    """Cut frames into batches of these sizes; the last size goes on for as long as it must."""
    position, size = 0, 1
    pending = iter(sizes)
    while position < len(frames):
        size = next(pending, size)
        part = frames[position : position + size]
        offsets, length = array("q"), 0
        for frame in part:
            offsets.append(length)
            length += len(frame.octets)
        yield FrameBatch(
            buffer=b"".join(f.octets for f in part),
            offsets=offsets,
            captured=array("q", (len(f.octets) for f in part)),
            original=array("q", (f.original for f in part)),
            times=array("q", (f.at for f in part)),
            interface=array("q", (index for _ in part)),
            interfaces=interfaces,
            first_number=position + 1,
        )
        position += len(part)


def read(scene: Scene, sizes: Iterable[int] = (1 << 20,), settings: Settings | None = None) -> Report:
    """Let the engine read what the taps of a scene saw."""
    analysis = Analysis(settings)
    kept = list(sizes)
    for tap, frames in scene.frames.items():
        analysis.open(tap, f"{tap}.pcap")
        for batch in batches(frames, kept):
            analysis.receive(batch)
        analysis.close(Ending("pcap", (), scene.cut_off, scene.kernel_drops))
    return analysis.finish()


def text(report: Report) -> str:
    """Give everything that a report holds."""
    return pformat(asdict(report), width=160)


def busy() -> Scene:
    """A few minutes of a mail server: mail out and in, a refusal, silence, DNS that fails, a stranger's web traffic."""
    scene = Scene()
    scene.example_net()
    Session(scene).delivers()
    inbound(scene).delivers("carol@corp.example", sender="dave@example.org")
    refused = Session(scene, "198.51.100.20")
    refused.syn()
    refused.reset()
    silent = Session(scene, "198.51.100.30")
    silent.syn()
    for _ in range(3):
        silent.again(True, after=2.0)
    scene.ask("example.org", "MX").answer(rcode="SERVFAIL")
    scene.ask("slow.example", "A")
    web = Session(scene, "203.0.113.80", 443).connect()
    web.says("x" * 300)
    web.close()
    scene.wait(70)
    Session(scene).delivers("erin@example.net")
    return scene
