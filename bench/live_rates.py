"""``python -m bench.live_rates``: the highest rates without loss, side by side, in network namespaces of their own. Needs root.

Sender and receiver share the machine, so the figures are no limits of the programs; their ratios within one run are what
counts. Nothing but a pair of virtual cables in two namespaces is used.
"""

import argparse
import contextlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple, Self

from bench.captures import CAPTURES
from bench.live_receivers import RECEIVERS, USUAL, Received, Receiver, Running
from bench.machine import described
from bench.workloads import write_frames

SECONDS: Final = 6.0
"""Much longer than a ring of 64 MiB, or tcpdump's buffer, could hide that somebody is too slow."""
RATES: Final = (10_000, 20_000, 50_000, 100_000, 150_000, 200_000, 300_000, 400_000, 500_000, 700_000, 1_000_000)
CASES: Final = {
    "gateway, usual filter": ("gateway", USUAL, 0.1),
    "gateway, no filter": ("gateway", "", 0.1),
    "resolver, no filter": ("resolver", "", 0.3),
}
"""Workload, filter, and scale of the capture that is sent round and round."""


class Step(NamedTuple):
    """One rate that one receiver was given."""

    asked: float
    given: float
    """Frames a second that were really sent."""
    lost: int
    of: int
    """Frames that passed the filter."""
    cpu: float
    """Share of one core."""


class Cable:
    """Two namespaces with a virtual cable between them."""

    def __init__(self) -> None:
        self.ends = tuple(f"wtlive{os.getpid()}{side}" for side in "ab")

    def __enter__(self) -> Self:
        for end in self.ends:
            _ip("netns", "add", end)
        _ip(
            "link",
            "add",
            "live0",
            "netns",
            self.ends[0],
            "type",
            "veth",
            "peer",
            "name",
            "live0",
            "netns",
            self.ends[1],
        )
        for end in self.ends:
            _ip("-n", end, "link", "set", "live0", "mtu", "9000", "up")
        return self

    def __exit__(self, *_error: object) -> None:
        for end in self.ends:
            with contextlib.suppress(subprocess.CalledProcessError):
                _ip("netns", "del", end)


def measured(cable: Cable, receiver: Receiver, capture: Path, expression: str, rate: float) -> Step:
    """Let one receiver have one rate."""
    with tempfile.TemporaryDirectory() as folder:
        words = ["ip", "netns", "exec", cable.ends[0], sys.executable, "-m", "bench.live_sender"]
        words += ["live0", str(capture), str(rate), str(SECONDS)]
        with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as sender:
            if sender.stdin is None or sender.stdout is None:
                raise RuntimeError("no pipes")
            sender.stdout.readline()
            running = Running(receiver, cable.ends[1], "live0", expression, Path(folder, "said"))
            try:
                sender.stdin.write("go\n")
                sender.stdin.flush()
                sent = json.loads(sender.stdout.readline())
            except BaseException:
                running.kill()
                raise
        got: Received = running.stop(2.0)
    passed = sent["sent"] if not expression else got.received + (got.dropped or 0)
    lost = got.dropped if got.dropped is not None else max(passed - got.received, 0)
    return Step(rate, sent["sent"] / sent["seconds"], lost, max(passed, 1), got.cpu / (sent["seconds"] + 2))


def highest(cable: Cable, receiver: Receiver, capture: Path, expression: str, rates: tuple[int, ...]) -> Iterator[Step]:
    """Raise the rate until something is lost; a loss is tried once more, since others use the machine, too."""
    slow = receiver.name.startswith("scapy")
    for rate in (500, 1000, 2000, 5000, *rates) if slow else rates:
        step = measured(cable, receiver, capture, expression, rate)
        if step.lost:
            step = measured(cable, receiver, capture, expression, rate)
        yield step
        if step.lost > step.of // 1000 or step.given < rate * 0.5:
            return


def page(results: dict[str, dict[str, list[Step]]]) -> str:
    """Write the figures."""
    lines = [
        "# Performance of a watch", "", "<!-- Written by `python -m bench.live_rates --page …`; change it there. -->", "",
        "The highest rate at which nothing was lost, and the first at which something was.",
        "Sender and receivers shared one machine with two cores, and took turns; only the ratios within one run mean something.",
        "CPU is that of the whole run, judgements and the report at its end included.",
        "The frames are those of [the other measurements](performance.md), sent round and round with other addresses each time.",
        "", *(f"- {line}" for line in described()), "",
    ]  # fmt: skip
    for case, by_receiver in results.items():
        lines += [
            f"## {case[0].upper()}{case[1:]}",
            "",
            "| receiver | without loss, packets/s | CPU of a core | then lost |",
        ]
        lines += ["|---|---:|---:|---|"]
        for receiver, steps in by_receiver.items():
            clean = [step for step in steps if not step.lost]
            best = max(clean, key=lambda step: step.given, default=None)
            worse = next(
                (f"{s.lost / s.of:.1%} at {s.given:,.0f}/s" for s in steps if s.lost),
                "nothing, the sender was at its limit",
            )
            told = f"{best.given:,.0f} | {best.cpu:.0%}" if best is not None else "less than was tried | "
            lines.append(f"| {receiver} | {told} | {worse} |")
        lines.append("")
    return "\n".join(lines)


def main() -> int:
    """Measure what the arguments name."""
    words = argparse.ArgumentParser(prog="python -m bench.live_rates", description=__doc__)
    words.add_argument("--page", type=Path, help="write the figures there")
    words.add_argument("--case", choices=CASES, action="append", help="only this; default: all")
    words.add_argument("--receiver", action="append", help="only those that begin so; default: all")
    words.add_argument(
        "--rates", type=lambda text: tuple(map(int, text.split(","))), default=RATES, help="frames a second"
    )
    wanted = words.parse_args()
    results: dict[str, dict[str, list[Step]]] = {}
    with Cable() as cable, tempfile.TemporaryDirectory() as folder:
        for case in wanted.case or CASES:
            workload, expression, scale = CASES[case]
            capture = Path(folder, f"{workload}.pcap")
            if not capture.exists():
                made = CAPTURES[workload]
                write_frames(capture, made.frames(round(made.size * scale)))
            for receiver in RECEIVERS:
                if wanted.receiver and not any(receiver.name.startswith(one) for one in wanted.receiver):
                    continue
                if expression and receiver.name.startswith("scapy"):
                    continue  # it does not say what it lost, and only where everything passes is that known
                steps = []
                for step in highest(cable, receiver, capture, expression, wanted.rates):
                    steps.append(step)
                    sys.stderr.write(f"{case}: {receiver.name}: {step}\n")
                results.setdefault(case, {})[receiver.name] = steps
    text = page(results)
    if wanted.page:
        wanted.page.write_text(text, encoding="utf-8")
    sys.stdout.write(text)
    return 0


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True, capture_output=True)  # noqa: S607 - as PATH finds it


if __name__ == "__main__":
    sys.exit(main())
