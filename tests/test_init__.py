"""``import wiretruth``: few names, and nothing loaded before it is asked for."""

import operator
import subprocess
import sys

import pytest

import wiretruth


def test_importing_costs_nothing() -> None:
    program = "import sys, wiretruth; print(sorted(name for name in sys.modules if name.startswith('wiretruth')))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert "['wiretruth']\n" == done.stdout


def test_names() -> None:
    assert {"read", "rows", "table", "Report"} < set(dir(wiretruth))
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        operator.attrgetter("nothing")(wiretruth)
