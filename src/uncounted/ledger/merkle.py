"""The Merkle tree of RFC 6962, section 2.1: roots, inclusion and consistency proofs, and their verification.

A tree is kept as the hashes of its perfect subtrees: node ``(level, position)`` covers the ``2**level`` leaves from
``position * 2**level``. A perfect subtree never changes once it is full, so an append adds at most ``log2(n) + 1``
nodes and changes none, and the root of every earlier size follows from them.
"""

import hashlib
from collections.abc import Callable, Sequence

Read = Callable[[int, int], bytes]
"""(level, position) → hash of that perfect subtree."""

EMPTY = hashlib.sha256(b"").digest()
"""The root of a tree without leaves."""


def leaf_hash(data: bytes) -> bytes:
    """SHA-256 of 0x00 and the leaf's bytes."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """SHA-256 of 0x01 and the two child hashes."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def grown(number: int, leaf: bytes, read: Read) -> list[tuple[int, int, bytes]]:
    """Return the new nodes ``(level, position, hash)`` when the leaf hash ``leaf`` becomes leaf ``number``."""
    nodes = [(0, number, leaf)]
    level, position, value = 0, number, leaf
    while position % 2:
        value = node_hash(read(level, position - 1), value)
        level, position = level + 1, position // 2
        nodes.append((level, position, value))
    return nodes


def root(size: int, read: Read) -> bytes:
    """Return the root of the first ``size`` leaves."""
    return subtree(0, size, read) if size else EMPTY


def subtree(start: int, end: int, read: Read) -> bytes:
    """Return the hash over leaves ``start <= n < end``; ``start`` is a multiple of a power of 2 that holds them all."""
    size = end - start
    if size & (size - 1) == 0:
        level = size.bit_length() - 1
        return read(level, start >> level)
    left = _split(size)
    return node_hash(subtree(start, start + left, read), subtree(start + left, end, read))


def inclusion(index: int, size: int, read: Read) -> tuple[bytes, ...]:
    """Return the audit path of leaf ``index`` in the tree of ``size`` leaves, from the leaf's sibling upward."""
    if not 0 <= index < size:
        raise ValueError(f"no leaf {index} in a tree of {size}")
    start, end, path = 0, size, []
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            path.append(subtree(middle, end, read))
            end = middle
        else:
            path.append(subtree(start, middle, read))
            start = middle
    return tuple(reversed(path))


def consistency(old: int, new: int, read: Read) -> tuple[bytes, ...]:
    """Return the proof that the tree of ``old`` leaves is a prefix of the tree of ``new``; empty if ``old`` is 0."""
    if not 0 <= old <= new:
        raise ValueError(f"a tree of {old} leaves is no prefix of one of {new}")
    if old == 0:
        return ()
    start, end, path, whole = 0, new, [], True
    while end != old:
        middle = start + _split(end - start)
        if old <= middle:
            path.append(subtree(middle, end, read))
            end = middle
        else:
            path.append(subtree(start, middle, read))
            start, whole = middle, False
    return tuple(reversed(path if whole else [*path, subtree(start, end, read)]))


def verify_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], expected: bytes) -> bool:
    """Say whether the proof leads from the leaf hash to the root (RFC 9162, section 2.1.3.2)."""
    if not 0 <= index < size or not _all_hashes(leaf, expected, *proof):
        return False
    at, last, value = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if at % 2 or at == last:
            value = node_hash(sibling, value)
            while at and not at % 2:
                at, last = at // 2, last // 2
        else:
            value = node_hash(value, sibling)
        at, last = at // 2, last // 2
    return last == 0 and value == expected


def verify_consistency(old: int, new: int, proof: Sequence[bytes], old_root: bytes, new_root: bytes) -> bool:
    """Say whether the proof shows that the old tree is a prefix of the new one (RFC 9162, section 2.1.4.2).

    ``False`` for an old tree without leaves: it is a prefix of every tree, so nothing is shown.
    """
    if not 0 < old <= new:
        return False
    if old == new:
        return not proof and old_root == new_root
    if not _all_hashes(old_root, new_root, *proof):
        return False
    rest = list(proof)
    if old & (old - 1) == 0:
        rest.insert(0, old_root)
    if not rest:
        return False
    at, last = old - 1, new - 1
    while at % 2:
        at, last = at // 2, last // 2
    first = second = rest[0]
    for sibling in rest[1:]:
        if last == 0:
            return False
        if at % 2 or at == last:
            first, second = node_hash(sibling, first), node_hash(sibling, second)
            while at and not at % 2:
                at, last = at // 2, last // 2
        else:
            second = node_hash(second, sibling)
        at, last = at // 2, last // 2
    return last == 0 and first == old_root and second == new_root


class Growing:
    """A tree that is only grown and asked for its root: holds the frontier alone, O(log n) hashes."""

    def __init__(self) -> None:
        self.size = 0
        self._perfect: list[bytes] = []

    def add(self, leaf: bytes) -> list[tuple[int, int, bytes]]:
        """Add a leaf hash; return the perfect subtrees ``(level, position, hash)`` that it completes."""
        nodes, value, level, position = [(0, self.size, leaf)], leaf, 0, self.size
        while position % 2:
            value = node_hash(self._perfect.pop(), value)
            level, position = level + 1, position // 2
            nodes.append((level, position, value))
        self._perfect.append(value)
        self.size += 1
        return nodes

    def root(self) -> bytes:
        """Return the root of all leaves so far."""
        if not self._perfect:
            return EMPTY
        value = self._perfect[-1]
        for left in reversed(self._perfect[:-1]):
            value = node_hash(left, value)
        return value


def _all_hashes(*values: bytes) -> bool:
    return all(len(value) == 32 for value in values)


def _split(size: int) -> int:
    """Return the largest power of two smaller than ``size``."""
    return 1 << ((size - 1).bit_length() - 1)
