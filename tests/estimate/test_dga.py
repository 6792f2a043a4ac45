"""Graph averaging against the formula written out, published digits, and laws."""

from itertools import combinations
from math import lgamma, log

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.estimate.published import GAZA, KOSOVO, SPINA, UK, WESTERN, of
from uncounted.estimate import chordal
from uncounted.estimate.dga import dga, posterior
from uncounted.estimate.tables import Table, from_patterns
from uncounted.model.errors import BadInput, NotEnough


@pytest.mark.parametrize(("lists", "number"), [(1, 1), (2, 2), (3, 8), (4, 61), (5, 822), (6, 18_154)])
def test_every_decomposable_graph_is_met_once(lists: int, number: int) -> None:
    found = chordal.graphs(lists)
    assert len(set(found.tolist())) == len(found) == number


def test_every_graph_met_is_decomposable() -> None:
    for graph in chordal.graphs(5)[::7]:
        net = nx.Graph(e for n, e in enumerate((i, j) for j in range(5) for i in range(j)) if int(graph) >> n & 1)
        assert nx.is_chordal(net) or net.number_of_edges() == 0


def _by_hand(table: Table, graph: int, unseen: int) -> float:
    """Madigan & York's marginal likelihood over cliques and separators, as printed, with the prior 1/N."""
    size = len(table.lists)
    net: nx.Graph[int] = nx.Graph()
    net.add_nodes_from(range(size))
    net.add_edges_from(e for n, e in enumerate((i, j) for j in range(size) for i in range(j)) if graph >> n & 1)
    cliques = [
        frozenset(c) for part in nx.connected_components(net) for c in nx.chordal_graph_cliques(net.subgraph(part))
    ]
    joined: nx.Graph[frozenset[int]] = nx.Graph()
    joined.add_nodes_from(cliques)
    joined.add_weighted_edges_from((a, b, len(a & b)) for a, b in combinations(cliques, 2))
    separators = [a & b for a, b in nx.maximum_spanning_edges(joined, data=False)]
    dense, delta, total = table.dense(), 2.0**-size, table.observed + unseen

    def margin(members: frozenset[int]) -> float:
        mask, prior = sum(1 << v for v in members), delta * 2.0 ** (size - len(members))
        cells = np.bincount(np.arange(1 << size) & mask, weights=dense, minlength=1 << size)
        cells[0] += unseen
        held = [c for c in range(1 << size) if c & ~mask == 0]
        return sum(lgamma(cells[c] + prior) - lgamma(prior) for c in held)

    rest = lgamma(2**size * delta) - lgamma(total + 2**size * delta)
    return (
        sum(margin(c) for c in cliques) - sum(margin(s) for s in separators)
        + (len(cliques) - len(separators)) * rest + lgamma(total + 1) - lgamma(unseen + 1) - log(total)
    )  # fmt: skip


@pytest.mark.parametrize("table", [SPINA, KOSOVO])
def test_on_the_integer_grid_it_is_the_formula_to_nine_digits(table: Table) -> None:
    found = posterior(table, saturated=True, cap=400, grid="integer")
    logs = np.array([[_by_hand(table, int(g), n) for n in range(1, 401)] for g in found.graphs])
    mass = np.exp(logs - logs.max())
    assert found.mass == pytest.approx(mass.sum(axis=0) / mass.sum(), rel=1e-9)
    assert found.weights == pytest.approx(mass.sum(axis=1) / mass.sum(), rel=1e-8, abs=1e-15)


@pytest.mark.parametrize(
    ("table", "mean", "low", "high"),
    [
        (KOSOVO, 12_749, 9_827, 16_544),
        (UK, 20_228, 10_343, 29_446),
        (WESTERN, 2_186, 1_339, 3_420),
        (SPINA, 734, 694, 787),
    ],
)
def test_on_the_integer_grid_to_ten_times_the_observed_it_gives_the_known_digits(
    table: Table, mean: int, low: int, high: int
) -> None:
    found = dga(table, grid="integer", saturated=True)
    assert (round(found.mean), round(found.low), round(found.high)) == (mean, low, high)


@pytest.mark.parametrize("table", [KOSOVO, WESTERN, SPINA])
def test_the_log_grid_is_the_integer_grid_on_fewer_points(table: Table) -> None:
    cap = 10.0 * table.observed
    fine, coarse = dga(table, grid="integer", cap=cap), dga(table, cap=cap)
    assert coarse.diagnostics["grid"]["points"] < 1500
    assert coarse.mean == pytest.approx(fine.mean, rel=1e-3)
    assert coarse.low == pytest.approx(fine.low, rel=2e-3)
    assert coarse.high == pytest.approx(fine.high, rel=2e-3)


def test_gaza_totals_are_flagged_when_the_saturated_graph_takes_part() -> None:
    found = dga(GAZA, saturated=True, grid="integer")
    assert found.diagnostics["saturated_weight"] == pytest.approx(0.7, abs=0.01)
    assert any("saturated" in said for said in found.warnings)


@settings(max_examples=10, deadline=None)
@given(st.permutations(range(4)))
def test_relabelling_lists_changes_nothing(order: list[int]) -> None:
    turned = from_patterns([KOSOVO.lists[i] for i in order], KOSOVO.patterns[:, order], KOSOVO.counts)
    assert dga(turned).mean == pytest.approx(dga(KOSOVO).mean, rel=1e-9)


def test_a_cap_is_kept_and_the_mass_near_it_told() -> None:
    found = dga(KOSOVO, cap=8000)
    assert found.high <= 12_400
    assert any("end of the grid" in said for said in found.warnings)


def test_six_lists_of_independent_people() -> None:
    rng = np.random.default_rng(4)
    rows = rng.random((500, 6)) < 0.3
    seen = rows[rows.any(axis=1)]
    found = dga(from_patterns([f"l{i}" for i in range(6)], seen, np.ones(len(seen))))
    assert found.low < 500 < found.high
    assert found.diagnostics["graphs"] <= 18_153


def test_a_graph_is_named_by_its_cliques() -> None:
    assert chordal.name(0b001_01_1 & 0b111111, ("a", "b", "c", "d")).startswith("[")
    assert chordal.name(0, ("a", "b", "c")) == "[a][b][c]"
    assert chordal.name(0b111, ("a", "b", "c")) == "[a b c]"


def test_a_prior_mass_must_be_positive() -> None:
    with pytest.raises(BadInput, match="delta"):
        dga(SPINA, delta=0)


def test_nine_lists_are_too_many() -> None:
    one = "100000000"
    words = " ".join(f"{one[-i:] + one[:-i]}:5" for i in range(9)) + " 111111111:3"
    with pytest.raises(NotEnough, match="9 lists"):
        dga(of("a b c d e f g h i", words))


def test_two_answers_and_the_weight_of_the_saturated_graph_are_told() -> None:
    """On the Gaza totals graphs give 53,000 or 80,000, and the graph that knows nothing would carry most weight."""
    found = dga(GAZA)
    assert len(found.diagnostics["modes"]) == 2
    assert any("more than one answer" in said for said in found.warnings)
    assert any("would be on the saturated graph" in said for said in found.warnings)
