"""python -m tests.lab list; run NAME… -o DIR; all -o DIR (those that are kept in pcaps/); truth -o DIR (without captures)."""

import argparse
import signal
import sys
from pathlib import Path

from tests.lab.requirements import lacking, missing
from tests.lab.run import AT_A_TIME, describe, make_all, scenarios


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.lab", description=__doc__)
    parser.add_argument("what", choices=("list", "run", "all", "truth"))
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("-o", "--out", type=Path, default=Path("pcaps"))
    parser.add_argument("-j", "--at-a-time", type=int, default=AT_A_TIME)
    words = parser.parse_args()
    every = scenarios()
    if words.what == "list":
        sys.stdout.writelines(f"{one.kind:9} {one.name:34} {one.story}\n" for one in every)
        return 0
    if words.what == "truth":
        for one in every:
            if (words.out / one.name).is_dir():
                describe(one, words.out / one.name)
        return 0
    chosen = [one for one in every if (words.what == "all" and one.kept) or one.name in words.names]
    unknown = set(words.names) - {one.name for one in every}
    needs = sorted({program for one in chosen for program in one.needs})
    reasons = [*missing(), *lacking(needs), *(f"no scenario is called {name}" for name in sorted(unknown))]
    if reasons:
        sys.stderr.writelines(f"{reason}\n" for reason in reasons)
        return 2
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    failures = 0
    for made in make_all(chosen, words.out.absolute(), words.at_a_time):
        sys.stdout.write(f"{made.seconds:6.1f} s  {made.name}  {made.error or 'made'}\n")
        sys.stdout.flush()
        failures += made.error is not None
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
