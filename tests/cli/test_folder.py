"""A collected folder where a capture is named: what it gives, and what is refused."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from tests.cli import captures
from wiretruth.cli._folder import expanded
from wiretruth.cli.main import main
from wiretruth.errors import InputError
from wiretruth.sources.collection import Entry

RULES = "*filter\n:INPUT ACCEPT [0:0]\n-A INPUT -p tcp -j DROP\nCOMMIT\n"
SOCKET = 'ESTAB 0 0 10.10.0.5:40000 198.51.100.10:25 users:(("smtp",pid=1,fd=2))\n'
TRACKED = (
    "tcp      6 100 ESTABLISHED src=10.10.0.5 dst=198.51.100.10 sport=40000 dport=25 "
    "src=198.51.100.10 dst=10.10.0.5 sport=25 dport=40000 [ASSURED] use=1\n"
)
NONE: dict[str, tuple[str, ...]] = {"conntrack": (), "rules": (), "sockets": ()}


def entry(file: str, option: str = "", unless: str = "", status: int | None = 0) -> dict[str, Any]:
    whole = dict.fromkeys(Entry.__dataclass_fields__, "") | {"octets": 0}
    return whole | {"file": file, "option": option, "unless": unless, "status": status}


def folder(top: Path, *entries: dict[str, Any], host: str = "mx1") -> Path:
    for one in entries:
        path = top / one["file"]
        path.parent.mkdir(exist_ok=True)
        if one["option"] == "capture":
            captures.write(path)
        else:
            path.write_text({"rules": RULES, "sockets": SOCKET, "conntrack": TRACKED}.get(one["option"], "x\n"))
    told = {"schema": "wiretruth.collection/1", "host": host, "entries": entries}
    (top / "manifest.json").write_text(json.dumps(told))
    return top


CAPTURE = entry("capture.pcap", "capture")


def test_folder_is_its_capture_and_its_tables(tmp_path: Path) -> None:
    """Rules are those at the end; connections and sockets pass, so both times count."""
    places = [entry(f"{when}/{name}", name) for when in ("before", "after") for name in NONE]
    top = folder(tmp_path, *places, CAPTURE, entry("after/uname.txt"))
    inputs, files = expanded([str(top)], NONE)

    assert (f"mx1={top}/capture.pcap",) == inputs
    assert {
        "conntrack": (f"{top}/before/conntrack", f"{top}/after/conntrack"),
        "rules": (f"{top}/after/rules",),
        "sockets": (f"{top}/before/sockets", f"{top}/after/sockets"),
    } == files


@pytest.mark.parametrize(
    ("status", "expected"), [(0, ["after/ss.txt"]), (1, ["after/proc-net-tcp"]), (None, ["after/proc-net-tcp"])]
)
def test_second_best_is_read_where_the_best_is_missing(tmp_path: Path, status: int | None, expected: list[str]) -> None:
    best = entry("after/ss.txt", "sockets", status=status)
    top = folder(tmp_path, CAPTURE, best, entry("after/proc-net-tcp", "sockets", "after/ss.txt"))

    assert expected == [Path(path).relative_to(top).as_posix() for path in expanded([str(top)], NONE)[1]["sockets"]]


@pytest.mark.parametrize("text", ["", "\n", "# Warning: iptables-legacy tables present, use iptables-legacy-save\n"])
def test_table_with_nothing_in_it_is_passed_over(tmp_path: Path, text: str) -> None:
    top = folder(tmp_path, CAPTURE, entry("after/iptables-save.txt", "rules"))
    (top / "after/iptables-save.txt").write_text(text)

    assert NONE == expanded([str(top)], NONE)[1]


def test_users_own_files_and_captures_stay(tmp_path: Path) -> None:
    top = folder(tmp_path, CAPTURE)
    inputs, files = expanded(["lan=a.pcap", f"mail={top}", "-"], NONE | {"rules": ("r.txt",)})

    assert ("lan=a.pcap", f"mail={top}/capture.pcap", "-") == inputs
    assert NONE | {"rules": ("r.txt",)} == files


def test_label_of_a_host_without_a_name_is_the_folders(tmp_path: Path) -> None:
    (tmp_path / "gateway").mkdir()
    top = folder(tmp_path / "gateway", CAPTURE, host="")

    assert (f"gateway={top}/capture.pcap",) == expanded([str(top)], NONE)[0]


def test_folder_without_capture_serves_beside_one(tmp_path: Path) -> None:
    top = folder(tmp_path, entry("after/ss.txt", "sockets"))

    assert (("a.pcap",), (f"{top}/after/ss.txt",)) == (
        expanded(["a.pcap", str(top)], NONE)[0],
        expanded(["a.pcap", str(top)], NONE)[1]["sockets"],
    )
    with pytest.raises(InputError, match="holds no capture; name one of the same time beside it"):
        expanded([str(top)], NONE)


def test_file_that_the_manifest_names_and_nobody_has_is_an_error(tmp_path: Path) -> None:
    top = folder(tmp_path, CAPTURE, entry("after/ss.txt", "sockets"))
    (top / "after/ss.txt").unlink()

    with pytest.raises(InputError, match=r"ss\.txt: cannot be read: No such file"):
        expanded([str(top)], NONE)


def test_read_takes_a_folder(tmp_path: Path) -> None:
    top = folder(tmp_path, CAPTURE, *(entry(f"after/{name}", name) for name in NONE))
    done = CliRunner().invoke(main, ["read", str(top), "--format", "json"])
    inputs = json.loads(done.stdout)["inputs"]

    assert {"capture", *NONE} == {one["kind"] for one in inputs}
    assert f"{top}/capture.pcap" == inputs[0]["path"]


def test_report_does_not_take_the_place_of_collected_evidence(tmp_path: Path) -> None:
    top = folder(tmp_path, CAPTURE, entry("after/rules", "rules"))
    done = CliRunner().invoke(main, ["read", str(top), "-o", str(top / "after/rules")])

    assert (2, RULES) == (done.exit_code, (top / "after/rules").read_text())


@pytest.mark.parametrize("name", ["x" * 5000, "\x00", "no/such"])
def test_name_of_nothing_is_left_to_who_opens_it(name: str) -> None:
    assert (name,) == expanded([name], NONE)[0]


def test_folder_of_something_else_is_refused(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["read", str(tmp_path)])

    assert 2 == done.exit_code
    assert "holds no capture" in done.stderr


def test_what_is_not_as_it_was_gathered_is_told_in_one_line(tmp_path: Path) -> None:
    told: list[str] = []
    good = hashlib.sha256(RULES.encode()).hexdigest()
    rules, sockets = entry("after/rules.txt", "rules"), entry("after/ss.txt", "sockets")
    top = folder(tmp_path, rules | {"sha256": good}, sockets | {"sha256": good}, CAPTURE)
    expanded([str(top)], NONE, told.append)

    assert [f"{top}: not as it was gathered (another sha256 than the manifest's): after/ss.txt"] == told
    assert "not as it was gathered" in CliRunner().invoke(main, ["read", str(top)]).stderr
