# ruff: noqa: PLR0912, PLR0915, PLR0917 - compiled code takes flat arguments and does its work in one loop
"""The sum over all decomposable graphs without listing one: a recursion over sets of lists.

A graph's weight is Π φ(cliques) / Π φ(separators). Let N be a clique, S a set apart from it. Write C(N, S) for the sum,
over chordal graphs on N ∪ S in which S is connected and every member of N has a neighbour in S, of weight / φ(N). The
members of S that are joined to all of N span a connected chordal graph (subtrees that meet one subtree have the Helly
property), and in such a graph the non-empty cliques Q counted with sign (−1)^{|Q|−1} add up to one, because its clique
complex can be contracted. So

    C(N, S) = Σ_{∅ ≠ Q ⊆ S} (−1)^{|Q|−1} φ(N ∪ Q) / φ(N) · B(N, Q, S ∖ Q)

where B sums over the ways in which the rest falls into parts T that each touch Q: a part contributes
E(N, Q, T) = D(N ∪ Q, T) − D(N, T), with D(X, T) = Σ_{Y ⊆ X} C(Y, T). The work grows as 5^J for J lists, against
2^{J²/2} graphs: 8 lists have 30,888,596 decomposable graphs and 390,625 terms.

Weights span more than floating point does, so a number is kept as a pair: mantissa · 2^{512 · exponent}.
"""

import numpy as np

from uncounted.estimate.compiled import compiled, inlined, inner, put
from uncounted.estimate.tables import Floats, Ints

Rows = Floats
"""Numbers at P places, one row a state: states × 2 × (P + 1), mantissas then exponents; the last mantissa is a flag, 1
when some exponent of the row is not 0."""

UP, DOWN = 2.0**512, 2.0**-512
HIGH, LOW = 2.0**256, 2.0**-256
STEP = 512.0 * 0.6931471805599453
LARGEST = 10
"""Lists up to which the recursion's tables fit in memory."""


@inlined
def _tidy(value: float, power: float) -> tuple[float, float]:
    size = abs(value)
    if size >= HIGH:
        return value * DOWN, power + 1
    if 0.0 < size < LOW:
        return value * UP, power - 1
    return value, power


@inlined
def _add(value: float, power: float, more: float, other: float) -> tuple[float, float]:
    if more == 0.0:
        return value, power
    if value == 0.0 or other > power + 1:
        return more, other
    if other == power:
        return value + more, power
    if other == power + 1:
        return value * DOWN + more, other
    if other == power - 1:
        return value + more * DOWN, power
    return value, power


@inlined
def _settle(rows: Rows, at: int) -> None:
    """Bring a finished row's mantissas back to their range; the flag remembers that an exponent is not zero."""
    places = rows.shape[2] - 1
    odd = 0
    for p in range(places):
        size = abs(rows[at, 0, p])
        odd += (size >= HIGH) | ((size < LOW) & (size > 0.0))
    if odd:
        for p in range(places):
            rows[at, 0, p], rows[at, 1, p] = _tidy(rows[at, 0, p], rows[at, 1, p])
        rows[at, 0, places] = 1.0


@inlined
def _sum_products(to: Rows, at: int, left: Rows, i: int, right: Rows, k: int, sign: float) -> None:
    """Add sign · left · right to a row, at every place."""
    places = to.shape[2] - 1
    if to[at, 0, places] + left[i, 0, places] + right[k, 0, places] == 0.0:
        for p in range(places):
            to[at, 0, p] += sign * left[i, 0, p] * right[k, 0, p]
        return
    for p in range(places):
        value, power = _tidy(sign * left[i, 0, p] * right[k, 0, p], left[i, 1, p] + right[k, 1, p])
        to[at, 0, p], to[at, 1, p] = _add(to[at, 0, p], to[at, 1, p], value, power)
    to[at, 0, places] = 1.0


@inlined
def _join(to: Rows, at: int, more: Rows, i: int, sign: float) -> None:
    """Add sign · more to a row, at every place."""
    places = to.shape[2] - 1
    if to[at, 0, places] + more[i, 0, places] == 0.0:
        for p in range(places):
            to[at, 0, p] += sign * more[i, 0, p]
        return
    for p in range(places):
        to[at, 0, p], to[at, 1, p] = _add(to[at, 0, p], to[at, 1, p], sign * more[i, 0, p], more[i, 1, p])
    to[at, 0, places] = 1.0


@inlined
def _times(to: Rows, at: int, by: Rows, i: int) -> None:
    """Multiply a row, at every place."""
    places = to.shape[2] - 1
    _settle(to, at)
    for p in range(places):
        to[at, 0, p] *= by[i, 0, p]
        to[at, 1, p] += by[i, 1, p]
    to[at, 0, places] = max(to[at, 0, places], by[i, 0, places])
    _settle(to, at)


@compiled
def margins(cells: Floats, lists: int) -> Floats:
    """Counts of the cells (2^J) summed over the lists outside each set: sets × cells."""
    found = np.zeros((1 << lists, 1 << lists))
    for s in range(1 << lists):
        for x in range(1 << lists):
            found[s, x & s] += cells[x]
    return found


@inner
def _sizes(full: int) -> Ints:
    size = np.zeros(full + 1, dtype=np.int64)
    for s in range(1, full + 1):
        size[s] = size[s >> 1] + (s & 1)
    return size


@inner
def _codes(lists: int, base: int) -> Ints:
    """The number whose digits in ``base`` are the members of each set."""
    code = np.zeros(1 << lists, dtype=np.int64)
    for s in range(1, 1 << lists):
        low, at = s & -s, 0
        while (1 << at) != low:
            at += 1
        code[s] = code[s ^ low] + base**at
    return code


@compiled
def log_sum(values: Floats, lists: int, saturated: bool, block: int, logs: Floats) -> None:
    """Log of the sum of weights over decomposable graphs at every place.

    ``values`` (2^J × places) is log φ of every set of lists, 0 for the empty set and for single lists. Without
    ``saturated`` the graph with all edges has no part; it is left out of the sum, not subtracted from it. ``block`` is
    how many places are worked on at once. ``logs`` takes the result.
    """
    full = (1 << lists) - 1
    # From an array, since a constant argument would have a version of its own compiled.
    bases = np.arange(3, 5)
    size, three, four = _sizes(full), _codes(lists, bases[0]), _codes(lists, bases[1])
    phi, inv = np.zeros((full + 1, 2, block + 1)), np.zeros((full + 1, 2, block + 1))
    whole = np.zeros((full + 1, 2, block + 1))
    c, d = np.zeros((3**lists, 2, block + 1)), np.zeros((3**lists, 2, block + 1))
    b, e = np.zeros((4**lists, 2, block + 1)), np.zeros((4**lists, 2, block + 1))
    last = values.shape[1] - 1
    for start in range(0, last + 1, block):
        for rows in (phi, inv, whole, c, d, b, e):
            rows[:] = 0.0
        for s in range(full + 1):
            for p in range(block):
                value = values[s, min(start + p, last)]
                power = np.rint(value / STEP)
                phi[s, 0, p], phi[s, 1, p] = np.exp(value - power * STEP), power
                inv[s, 0, p], inv[s, 1, p] = np.exp(power * STEP - value), -power
                if power != 0:
                    phi[s, 0, block], inv[s, 0, block] = 1.0, 1.0
        for n in range(full + 1):
            q = full ^ n
            while q:
                b[four[n] + 2 * four[q], 0, :block] = 1.0
                q = (q - 1) & (full ^ n)
        _connected(lists, size, three, four, phi, inv, c, d, b, e)
        if not saturated:
            _without_full(lists, size, three, four, phi, inv, c, b, e)
        whole[0, 0, :block] = 1.0
        for s in range(1, full + 1):
            low = s & -s
            others = s ^ low
            t = others
            while True:
                _sum_products(whole, s, c, 2 * three[t | low], whole, others ^ t, 1.0)
                if t == 0:
                    break
                t = (t - 1) & others
            _settle(whole, s)
        for p in range(min(block, last + 1 - start)):
            value = whole[full, 0, p]
            logs[start + p] = np.log(value) + whole[full, 1, p] * STEP if value > 0 else -np.inf


@inner
def _connected(
    lists: int, size: Ints, three: Ints, four: Ints, phi: Rows, inv: Rows, c: Rows, d: Rows, b: Rows, e: Rows
) -> None:
    """Fill C, D, B and E, from small sets to large."""
    full = (1 << lists) - 1
    for many in range(1, lists + 1):
        for s in range(1, full + 1):
            if size[s] != many:
                continue
            rest = full ^ s
            n = rest
            while True:
                at = three[n] + 2 * three[s]
                q = s
                while q:
                    where = four[n] + 2 * four[q] + 3 * four[s ^ q]
                    sign = 1.0 if size[q] & 1 else -1.0
                    _sum_products(c, at, phi, n | q, b, where, sign)
                    q = (q - 1) & s
                _times(c, at, inv, n)
                if n == 0:
                    break
                n = (n - 1) & rest
            # D sums C over the subsets of its first set, one member after another.
            n = rest
            while True:
                at = three[n] + 2 * three[s]
                _join(d, at, c, at, 1.0)
                if n == 0:
                    break
                n = (n - 1) & rest
            for j in range(lists):
                if not rest >> j & 1:
                    continue
                for n in range(full + 1):
                    if n & s or not n >> j & 1:
                        continue
                    _join(d, three[n] + 2 * three[s], d, three[n ^ (1 << j)] + 2 * three[s], 1.0)
                    _settle(d, three[n] + 2 * three[s])
        if many == lists:
            break
        for r in range(1, full + 1):
            if size[r] != many:
                continue
            rest = full ^ r
            low = r & -r
            q = rest
            while q:
                left = rest ^ q
                n = left
                while True:
                    at = four[n] + 2 * four[q] + 3 * four[r]
                    wide, narrow = three[n | q] + 2 * three[r], three[n] + 2 * three[r]
                    _join(e, at, d, wide, 1.0)
                    _join(e, at, d, narrow, -1.0)
                    _settle(e, at)
                    others = r ^ low
                    t = others
                    while True:
                        part = four[n] + 2 * four[q] + 3 * four[t | low]
                        after = four[n] + 2 * four[q] + 3 * four[others ^ t]
                        _sum_products(b, at, e, part, b, after, 1.0)
                        if t == 0:
                            break
                        t = (t - 1) & others
                    _settle(b, at)
                    if n == 0:
                        break
                    n = (n - 1) & left
                q = (q - 1) & rest


@inner
def _without_full(
    lists: int, size: Ints, three: Ints, four: Ints, phi: Rows, inv: Rows, c: Rows, b: Rows, e: Rows
) -> None:
    """Replace C(∅, all) by the same sum without the graph of all edges.

    The complete graph on N ∪ S enters C(N, S) with Q = S, and with any Q whose rest is one part joined to all of N ∪ Q
    in a complete graph; both are passed over, from small S to large.
    """
    full = (1 << lists) - 1
    less, one = np.zeros_like(phi), np.zeros_like(phi[:1])
    only = full - full
    for many in range(1, lists + 1):
        for s in range(1, full + 1):
            if size[s] != many:
                continue
            n = full ^ s
            q = (s - 1) & s
            while q:
                r = s ^ q
                one[:] = 0.0
                # The rest as one part: all its neighbourhoods short of N ∪ Q, and N ∪ Q without the complete graph.
                y = n | q
                while y:
                    y = (y - 1) & (n | q)
                    if y & q:
                        _join(one, only, c, three[y] + 2 * three[r], 1.0)
                _join(one, only, less, r, 1.0)
                low = r & -r
                others = r ^ low
                t = others
                while t:
                    t = (t - 1) & others
                    part = four[n] + 2 * four[q] + 3 * four[t | low]
                    after = four[n] + 2 * four[q] + 3 * four[others ^ t]
                    _sum_products(one, only, e, part, b, after, 1.0)
                _settle(one, only)
                sign = 1.0 if size[q] & 1 else -1.0
                _sum_products(less, s, phi, n | q, one, only, sign)
                q = (q - 1) & s
            _times(less, s, inv, n)
    whole = 2 * three[full]
    put(c[whole, 0], less[full, 0])
    put(c[whole, 1], less[full, 1])
