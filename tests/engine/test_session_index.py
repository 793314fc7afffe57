"""Connections are found by what stands for their ends, and by their first sequence number."""

from wiretruth.engine.session_index import SessionIndex


def filled() -> SessionIndex:
    index = SessionIndex()
    for hashed, number, ref in ((10, 1, 0), (20, 1, 1), (30, 1, 2), (40, 2, -2)):
        index.add(hashed, number, ref)
    return index


def test_by_ends() -> None:
    index = filled()

    assert (0, None) == (index.get(10), index.get(11))
    assert [-2, -1, 1] == index.all([40, 50, 20], -1)
    assert 4 == len(index)


def test_by_number() -> None:
    index = filled()
    index.move(20, -7)

    assert [-7, 0, 2] == sorted(index.named(1))
    assert [-2] == list(index.named(2))
    assert [] == list(index.named(3))


def test_what_is_gone() -> None:
    index = filled()
    for hashed, number in ((10, 1), (20, 1), (30, 1), (40, 2)):
        index.drop(hashed, number)
        assert index.get(hashed) is None

    assert not len(index)
    assert not [*index.named(1), *index.named(2)]


def test_nothing() -> None:
    index = filled()
    index.clear()

    assert (0, []) == (len(index), list(index.named(1)))
