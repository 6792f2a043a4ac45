"""The tree against RFC 6962's own definition, written out plainly here, and against published roots."""

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from uncounted.ledger.merkle import (
    EMPTY,
    Growing,
    consistency,
    grown,
    inclusion,
    leaf_hash,
    node_hash,
    root,
    verify_consistency,
    verify_inclusion,
)

LEAVES = [bytes.fromhex(h) for h in (
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")]  # fmt: skip
"""The eight leaves that the authors of RFC 6962 used for their test roots."""

ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def mth(leaves: list[bytes]) -> bytes:
    """RFC 6962, section 2.1, word for word."""
    if not leaves:
        return hashlib.sha256().digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\0" + leaves[0]).digest()
    k = max(2**e for e in range(20) if 2**e < len(leaves))
    return hashlib.sha256(b"\1" + mth(leaves[:k]) + mth(leaves[k:])).digest()


def path(m: int, leaves: list[bytes]) -> list[bytes]:
    """RFC 6962, section 2.1.1."""
    if len(leaves) == 1:
        return []
    k = max(2**e for e in range(20) if 2**e < len(leaves))
    return [*path(m, leaves[:k]), mth(leaves[k:])] if m < k else [*path(m - k, leaves[k:]), mth(leaves[:k])]


def subproof(m: int, leaves: list[bytes], whole: bool = True) -> list[bytes]:
    """RFC 6962, section 2.1.2."""
    if m == len(leaves):
        return [] if whole else [mth(leaves)]
    k = max(2**e for e in range(20) if 2**e < len(leaves))
    if m <= k:
        return [*subproof(m, leaves[:k], whole), mth(leaves[k:])]
    return [*subproof(m - k, leaves[k:], False), mth(leaves[:k])]


class Stored:
    """Nodes as a backend stores them."""

    def __init__(self, leaves: list[bytes]) -> None:
        self.nodes: dict[tuple[int, int], bytes] = {}
        for number, leaf in enumerate(leaves):
            new = {(level, at): value for level, at, value in grown(number, leaf_hash(leaf), self.read)}
            assert not new.keys() & self.nodes.keys()
            self.nodes |= new

    def read(self, level: int, position: int) -> bytes:
        return self.nodes[level, position]


def some(count: int) -> list[bytes]:
    return [str(n).encode() for n in range(count)]


def test_the_published_roots() -> None:
    stored, growing = Stored(LEAVES), Growing()
    assert EMPTY.hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    for size, (leaf, published) in enumerate(zip(LEAVES, ROOTS, strict=True), 1):
        growing.add(leaf_hash(leaf))
        assert root(size, stored.read).hex() == published == growing.root().hex() == mth(LEAVES[:size]).hex()


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8, 9, 31, 33])
def test_roots_and_proofs_are_those_of_the_rfc(size: int) -> None:
    leaves, stored = some(size), Stored(some(size))
    top = mth(leaves)
    for index in range(size):
        proof = inclusion(index, size, stored.read)
        assert list(proof) == path(index, leaves)
        assert verify_inclusion(leaf_hash(leaves[index]), index, size, proof, top)
    for old in range(1, size + 1):
        proof = consistency(old, size, stored.read)
        assert list(proof) == subproof(old, leaves)
        assert verify_consistency(old, size, proof, mth(leaves[:old]), top)


@settings(deadline=None)
@given(st.integers(1, 70), st.data())
def test_no_altered_inclusion_proof_passes(size: int, data: st.DataObject) -> None:
    leaves, stored = some(size), Stored(some(size))
    index = data.draw(st.integers(0, size - 1))
    proof, leaf, top = list(inclusion(index, size, stored.read)), leaf_hash(leaves[index]), mth(leaves)
    assert not verify_inclusion(leaf_hash(b"other"), index, size, proof, top)
    assert not verify_inclusion(leaf, index, size, proof, leaf_hash(b"other"))
    assert not verify_inclusion(leaf, index, size, [*proof, EMPTY], top)
    assert not verify_inclusion(leaf, index, size, [EMPTY, *proof], top)
    for other in {index - 1, index + 1, index ^ 2, index + size} - {index}:
        assert not verify_inclusion(leaf, other, size, proof, top)
    for at, value in enumerate(proof):
        changed = bytes([value[0] ^ 16, *value[1:]])
        assert not verify_inclusion(leaf, index, size, [*proof[:at], changed, *proof[at + 1 :]], top)
        assert not verify_inclusion(leaf, index, size, proof[:at], top)


@settings(deadline=None)
@given(st.integers(1, 70), st.data())
def test_no_altered_consistency_proof_passes(new: int, data: st.DataObject) -> None:
    leaves, stored = some(new), Stored(some(new))
    old = data.draw(st.integers(1, new))
    proof, before, after = list(consistency(old, new, stored.read)), mth(leaves[:old]), mth(leaves)
    wrong = leaf_hash(b"other")
    assert not verify_consistency(old, new, proof, wrong, after)
    assert not verify_consistency(old, new, proof, before, wrong)
    assert not verify_consistency(old, new, [*proof, EMPTY], before, after)
    assert not verify_consistency(old, new, [EMPTY, *proof], before, after)
    if old != new:
        assert not verify_consistency(old, new, proof, after, before)
        assert not verify_consistency(old, new, [], before, after)
        assert not verify_consistency(new, old, proof, after, before)
    for at, value in enumerate(proof):
        changed = bytes([value[0] ^ 16, *value[1:]])
        assert not verify_consistency(old, new, [*proof[:at], changed, *proof[at + 1 :]], before, after)


def test_nothing_is_shown_by_a_proof_from_the_empty_tree() -> None:
    assert consistency(0, 5, Stored(some(5)).read) == ()
    assert not verify_consistency(0, 5, (), EMPTY, mth(some(5)))
    assert not verify_consistency(0, 0, (), EMPTY, EMPTY)


def test_what_is_no_hash_proves_nothing() -> None:
    assert not verify_inclusion(b"", 0, 1, (), b"")
    assert not verify_consistency(1, 2, [b"y"], leaf_hash(b"x"), node_hash(leaf_hash(b"x"), b"y"))


def test_an_append_adds_few_nodes_and_reads_few() -> None:
    leaves = some(1000)
    stored, reads = Stored(leaves), list[tuple[int, int]]()

    def counted(level: int, position: int) -> bytes:
        reads.append((level, position))
        return stored.read(level, position)

    assert len(grown(1000, leaf_hash(b"x"), counted)) <= 11
    root(1000, counted)
    assert len(reads) <= 22


def test_proofs_of_what_is_not_there_are_refused() -> None:
    with pytest.raises(ValueError, match="no leaf 5"):
        inclusion(5, 5, Stored(some(5)).read)
    with pytest.raises(ValueError, match="no prefix"):
        consistency(6, 5, Stored(some(5)).read)
    assert not verify_inclusion(EMPTY, 0, 0, (), EMPTY)


def test_node_hashes_are_of_two_hashes_under_a_one() -> None:
    assert node_hash(b"a" * 32, b"b" * 32) == hashlib.sha256(b"\1" + b"a" * 32 + b"b" * 32).digest()
