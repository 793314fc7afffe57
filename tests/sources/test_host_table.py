"""The table of what is gathered: nothing in it changes a host, and what may load a module says what it needs."""

from wiretruth.engine.witness_reading import formats
from wiretruth.sources.host_table import MAX_INTERFACES, Item, items

ALL = list(items(["eth0", "lo"]))
QUIET = {
    "date", "conntrack -L", "ss", "nstat -a -s", "iptables-save -c", "ip6tables-save -c", "iptables-legacy-save -c",
    "ip6tables-legacy-save -c", "nft -a list ruleset", "nft -j list ruleset", "ip -4 -d route show", "ip -6 -d route show",
    "ip -4 rule", "ip -6 rule", "ip -d link", "ip addr", "uname", "chronyc -n tracking", "ethtool -k",
}  # fmt: skip
"""Beginnings of commands that only read."""
LOADING = ("conntrack", "ss", "nft", "iptables", "ip6tables")
"""Programs that make the kernel load what it lacks."""


def test_every_command_only_reads() -> None:
    assert [] == [one.words for one in ALL if one.words and not any(" ".join(one.words).startswith(q) for q in QUIET)]


def test_what_may_load_a_module_says_what_must_be_there() -> None:
    assert [] == [one.words for one in ALL if one.words and one.words[0].startswith(LOADING) and not one.needs]


def test_every_item_is_a_command_or_a_file_and_has_a_name_of_its_own() -> None:
    assert [] == [one for one in ALL if bool(one.words) == bool(one.path)]
    assert len(ALL) == len({one.file for one in ALL})
    assert [] == [one.file for one in ALL if "/" in one.file]


def test_what_is_for_read_is_known_there() -> None:
    assert [] == [one for one in ALL if one.option and not formats(one.option)]
    assert {one.unless for one in ALL if one.unless} <= {one.file for one in ALL}


def test_offloads_of_each_interface() -> None:
    assert Item("ethtool-k-eth0.txt", ("ethtool", "-k", "eth0")) in ALL
    assert MAX_INTERFACES == sum(one.words[:1] == ("ethtool",) for one in items(map(str, range(5000))))
