"""The judge of purity is judged first: it must see each way out, and nothing where there is none."""

import ast

import pytest

from tests.house.purity import impurities

IMPURE = [
    ("open('x')", "line 1: open()"),
    ("print('x')", "line 1: print()"),
    ("import time", "line 1: import time"),
    ("import os.path", "line 1: import os.path"),
    ("from time import monotonic", "line 1: from time import …"),
    ("from socket import socket", "line 1: from socket import …"),
    ("def f():\n    import random", "line 2: import random"),
    ("import datetime\ndatetime.datetime.now()", "line 2: .now()"),
    ("import gzip\ngzip.open(path)", "line 2: .open()"),
    ("from gzip import open", "line 1: from gzip import open"),
    ("import numpy as np\nnp.random.rand()", "line 2: .random"),
    ("def f():\n    global x\n    x = 1", "line 2: global x"),
    ("eval('1')", "line 1: eval()"),
]


@pytest.mark.parametrize(("source", "said"), IMPURE)
def test_sees_each_way_out(source: str, said: str) -> None:
    assert [said] == list(impurities(ast.parse(source)))


@pytest.mark.parametrize(
    "source",
    [
        "from datetime import datetime, UTC\ndatetime.fromtimestamp(0, UTC)",
        "import struct, zlib, hashlib",
        "reopen('x')",
        "# open('x')\n'''print(time)'''",
        "def f(opened):\n    return opened.at",
        "import re\nre.compile('x')",
        "class Clock:\n    def late(self):\n        return self.now",
    ],
)
def test_is_silent_about_the_rest(source: str) -> None:
    assert [] == list(impurities(ast.parse(source)))


def test_allowance_is_for_one_module() -> None:
    tree = ast.parse("import importlib\nimport socket")

    assert ["line 2: import socket"] == list(impurities(tree, frozenset({"importlib"})))
