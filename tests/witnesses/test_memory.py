"""What is remembered of messages, and what is given up."""

from wiretruth.witnesses._memory import Memory


def test_the_one_not_heard_of_for_longest_is_given_up() -> None:
    memory: Memory[int] = Memory(bound=2)
    for key in ("a", "b", "a", "c"):
        memory.put(key, len(key))

    assert (1, None, 1, 1) == (memory.given_up, memory.get("b"), memory.get("a"), memory.get("c"))


def test_what_is_over_is_forgotten() -> None:
    memory: Memory[int] = Memory()
    memory.put("a", 7)

    assert (7, None, 0) == (memory.drop("a"), memory.drop("a"), len(memory))
