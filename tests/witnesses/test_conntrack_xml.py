"""Connection tracking in XML; the documents are recorded ones."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.witnesses.told import tell
from wiretruth.model.packet import TCP, Endpoint
from wiretruth.model.translation import FlowTuple, Translation
from wiretruth.witnesses.conntrack_xml import MAX_SILENCE, Reader

HEAD = '<?xml version="1.0" encoding="utf-8"?>\n<conntrack>\n'
FLOW = (
    '<flow type="new"><meta direction="original"><layer3 protonum="2" protoname="ipv4"><src>10.99.0.1</src>'
    '<dst>198.51.100.10</dst></layer3><layer4 protonum="6" protoname="tcp"><sport>56106</sport><dport>25</dport></layer4>'
    '<counters><packets>2</packets><bytes>112</bytes></counters></meta><meta direction="reply"><layer3 protonum="2" '
    'protoname="ipv4"><src>127.0.0.1</src><dst>10.99.0.1</dst></layer3><layer4 protonum="6" protoname="tcp">'
    '<sport>2525</sport><dport>56106</dport></layer4></meta><meta direction="independent"><state>SYN_SENT</state>'
    "<timeout>120</timeout><mark>3</mark><use>1</use><id>2654105800</id><unreplied/></meta></flow>"
)
ENTRY = Translation(
    source="conntrack.xml",
    line=3,
    protocol=TCP,
    original=FlowTuple(Endpoint("10.99.0.1", 56106), Endpoint("198.51.100.10", 25)),
    reply=FlowTuple(Endpoint("127.0.0.1", 2525), Endpoint("10.99.0.1", 56106)),
    state="SYN_SENT",
    flags=("UNREPLIED",),
    event="NEW",
    timeout=120,
    mark=3,
)


def claims(document: str) -> list[object]:
    return tell(Reader("conntrack.xml"), document).claims


def test_entry_is_read_whole() -> None:
    assert [ENTRY] == claims(f"{HEAD}{FLOW}\n</conntrack>\n")


def test_entry_may_stretch_over_lines() -> None:
    (entry,) = claims(HEAD + FLOW.replace("><", ">\n<"))

    assert isinstance(entry, Translation)
    assert (ENTRY.original, ENTRY.reply) == (entry.original, entry.reply)


@pytest.mark.parametrize("cut", range(10, len(FLOW), 61))
def test_entry_that_is_cut_off_claims_nothing(cut: int) -> None:
    assert [] == claims(HEAD + FLOW[:cut])


def test_entities_are_refused() -> None:
    """Expanding them would take all memory."""
    laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'

    assert [] == claims(f'<?xml version="1.0"?>\n{laughs}\n<conntrack>\n{FLOW}\n')


@pytest.mark.parametrize(
    "document",
    [
        "tcp 6 100 ESTABLISHED src=…",
        HEAD + "<flow>" * 100 + FLOW,
        HEAD + FLOW.replace("10.99.0.1", "nobody"),
        HEAD + FLOW.replace('protonum="6"', 'protonum="1"'),
        HEAD + FLOW.replace("<dport>25</dport>", ""),
        HEAD + "<flow x='" + ("y" * 1000 + "\n") * (MAX_SILENCE // 500) + "'>" + FLOW,
    ],
)
def test_what_claims_nothing(document: str) -> None:
    assert [] == claims(document)


def test_what_came_before_damage_is_kept() -> None:
    assert [ENTRY] == claims(f"{HEAD}{FLOW}\n</flow>\n{FLOW}\n")


@given(st.text())
def test_hostile_lines_raise_nothing(text: str) -> None:
    claims(f"{HEAD}{text}\n{FLOW}\n")
