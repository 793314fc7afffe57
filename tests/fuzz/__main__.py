"""``python -m tests.fuzz``: runs targets one after the other, and tells how much was tried."""

import argparse
import re
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from tests.fuzz.target import LONGEST, PROJECT, names, sown, target

KEPT: Final = PROJECT / ".fuzz"
"""What fuzzing gathers: inputs worth keeping, and findings."""
MEMORY: Final = 2048
"""Megabytes that a run may grow to."""
PATIENCE: Final = 60
"""Seconds after which one input counts as endless."""


def main() -> int:
    """Run what was asked for; 1 where something was found."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("targets", nargs="*", choices=[*names(), []], metavar="TARGET", help=", ".join(names()))
    parser.add_argument("--minutes", type=float, default=20.0, help="of each target")
    asked = parser.parse_args()
    if find_spec("atheris") is None:
        sys.stderr.write("fuzzing needs atheris, which this Python does not have: pip install --group fuzz\n")
        return 2
    found = [one for one in asked.targets or names() if not run(one, max(1, round(60 * asked.minutes)))]
    _say("found something: " + ", ".join(found) if found else "found nothing")
    return bool(found)


def run(name: str, seconds: int) -> bool:
    """Run a target for a while; tell whether it found nothing."""
    folder = KEPT / name
    seeds = sown(name, folder / "corpus")
    command = [sys.executable, "-m", "tests.fuzz.instrumented", name, str(folder / "corpus")]
    begun = time.monotonic()
    words = [f"-max_total_time={seconds}", f"-artifact_prefix={folder}/", f"-max_len={LONGEST}", f"-timeout={PATIENCE}"]
    words += [f"-rss_limit_mb={MEMORY}", "-print_final_stats=1", *dictionary(name, folder / "words")]
    with (folder / "log").open("w", encoding="utf-8") as log:
        done = subprocess.run([*command, *words], cwd=PROJECT, stdout=log, stderr=log, check=False)
    tried = re.findall(r"number_of_executed_units: *(\d+)", (folder / "log").read_text("utf-8", "replace"))
    minutes = (time.monotonic() - begun) / 60
    verdict = "found nothing" if done.returncode == 0 else f"FOUND SOMETHING: see {folder}"
    _say(f"{name}: {minutes:.1f} minutes, {seeds} seeds, {(tried or ['?'])[-1]} inputs, {verdict}")
    return done.returncode == 0


def _say(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


def dictionary(name: str, path: Path) -> list[str]:
    """Give the words of a target to the fuzzer, if it has any."""
    words = getattr(target(name), "WORDS", ())
    escaped = ("".join(f"\\x{octet:02x}" for octet in word.encode()) for word in words)
    path.write_text("".join(f'"{word}"\n' for word in escaped), encoding="utf-8")
    return [f"-dict={path}"] if words else []


if __name__ == "__main__":
    sys.exit(main())
