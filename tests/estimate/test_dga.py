"""Graph averaging against the formula written out, published digits, and laws."""

from itertools import combinations
from math import lgamma, log

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.estimate.published import GAZA, KOSOVO, SPINA, UK, WESTERN, of
from uncounted.estimate import chordal, decomposable
from uncounted.estimate.dga import dga, foretells, heaviest, posterior
from uncounted.estimate.tables import Table, from_patterns, from_persons
from uncounted.model.errors import BadInput, NotEnough


@pytest.mark.parametrize(("lists", "number"), [(1, 1), (2, 2), (3, 8), (4, 61), (5, 822), (6, 18_154)])
def test_every_decomposable_graph_is_met_once(lists: int, number: int) -> None:
    found = chordal.graphs(lists)
    assert len(set(found.tolist())) == len(found) == number


def test_every_graph_met_is_decomposable() -> None:
    for graph in chordal.graphs(5)[::7]:
        net = nx.Graph(e for n, e in enumerate((i, j) for j in range(5) for i in range(j)) if int(graph) >> n & 1)
        assert nx.is_chordal(net) or net.number_of_edges() == 0


@pytest.mark.parametrize("lists", range(1, 9))
def test_with_weights_of_one_the_recursion_counts_the_graphs(lists: int) -> None:
    logs = np.empty(1)
    decomposable.log_sum(np.zeros((1 << lists, 1)), lists, True, 1, logs)
    assert np.exp(logs[0]) == pytest.approx(chordal.NUMBER[lists], rel=1e-12)
    if lists > 1:
        decomposable.log_sum(np.zeros((1 << lists, 1)), lists, False, 1, logs)
        assert np.exp(logs[0]) == pytest.approx(chordal.NUMBER[lists] - 1, rel=1e-12)


@pytest.mark.parametrize("scale", [1.0, 300.0, 1e5])
def test_the_recursion_is_the_sum_over_graphs_however_far_their_weights_lie_apart(scale: float) -> None:
    """Random weights of sets of five lists, to e^±100000, against the sum over all 822 graphs one by one."""
    sets = np.random.default_rng(3).normal(size=(32, 7)) * scale
    sets[[0, 1, 2, 4, 8, 16]] = 0
    lower = np.arange(32)
    values = np.ascontiguousarray(np.concatenate([sets[lower | 1 << v] - sets[lower] for v in range(5)]))
    for saturated in (True, False):
        logs = np.empty(7)
        decomposable.log_sum(sets, 5, saturated, 4, logs)
        codes = chordal.encoded(5)[: None if saturated else -1]
        scores = values[codes].sum(axis=1)
        peak = scores.max(axis=0)
        assert logs == pytest.approx(peak + np.log(np.exp(scores - peak).sum(axis=0)), rel=1e-11, abs=1e-9)


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


@pytest.mark.parametrize(("table", "saturated"), [(SPINA, True), (SPINA, False), (KOSOVO, True), (KOSOVO, False)])
def test_on_the_integer_grid_it_is_the_formula_to_nine_digits(table: Table, saturated: bool) -> None:
    found = posterior(table, saturated=saturated, cap=400, grid="integer")
    every = chordal.graphs(len(table.lists))
    every = every if saturated else np.delete(every, np.argmax(every))
    logs = np.array([[_by_hand(table, int(g), n) for n in range(1, 401)] for g in every])
    mass = np.exp(logs - logs.max())
    assert found.posterior.mass == pytest.approx(mass.sum(axis=0) / mass.sum(), rel=1e-9)
    weights = mass.sum(axis=1) / mass.sum()
    top = np.argsort(-weights)[:5]
    shown = heaviest(found, saturated=saturated, most=5)
    assert shown[0][0] == every[top[0]]
    assert [weight for _, weight in shown] == pytest.approx(weights[top], abs=0.01)


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


def test_eight_lists_are_summed_exactly_and_their_heaviest_graph_is_met() -> None:
    """Lists a and b copy half of each other; the other lists know nothing of any."""
    rng = np.random.default_rng(8)
    rows = rng.random((900, 8)) < 0.2
    rows[:, 1] = np.where(rng.random(900) < 0.5, rows[:, 0], rows[:, 1])
    seen = rows[rows.any(axis=1)]
    found = dga(from_patterns("abcdefgh", seen, np.ones(len(seen))))
    assert found.low < 900 < found.high
    assert found.diagnostics["graphs"] == 30_888_595
    assert "[a b]" in found.diagnostics["top_models"][0]["model"]


def test_a_graph_is_named_by_its_cliques() -> None:
    assert chordal.name(0b001_01_1 & 0b111111, ("a", "b", "c", "d")).startswith("[")
    assert chordal.name(0, ("a", "b", "c")) == "[a][b][c]"
    assert chordal.name(0b111, ("a", "b", "c")) == "[a b c]"


def test_a_prior_mass_must_be_positive() -> None:
    with pytest.raises(BadInput, match="delta"):
        dga(SPINA, delta=0)


def test_eleven_lists_are_too_many() -> None:
    one = "10000000000"
    words = " ".join(f"{one[-i:] + one[:-i]}:5" for i in range(11)) + " 11111111111:3"
    with pytest.raises(NotEnough, match="11 lists"):
        dga(of("a b c d e f g h i j k", words))


def test_two_answers_and_the_weight_of_the_saturated_graph_are_told() -> None:
    """On the Gaza totals graphs give 53,000 or 80,000, and the graph that knows nothing would carry most weight."""
    found = dga(GAZA)
    assert len(found.diagnostics["modes"]) == 2
    assert any("more than one answer" in said for said in found.warnings)
    assert any("would be on the saturated graph" in said for said in found.warnings)


def _people(easy: float, hard: float) -> Table:
    """A thousand people and four lists; a third of the people are found with chance ``easy``."""
    rng = np.random.default_rng(6)
    rows = rng.random((1000, 4)) < np.where(rng.random(1000) < 1 / 3, easy, hard)[:, None]
    return from_persons("abcd", rows[rows.any(axis=1)])


def test_people_who_differ_are_noticed_by_graphs_that_do_not_foretell_them() -> None:
    found = dga(_people(0.55, 0.12))
    assert found.diagnostics["fit"] < 0.01
    assert any("no graph foretells" in said for said in found.warnings)


@pytest.mark.parametrize("table", [KOSOVO, SPINA, _people(0.3, 0.3)], ids=["Kosovo", "spina bifida", "alike"])
def test_patterns_that_a_graph_foretells_raise_no_alarm(table: Table) -> None:
    found = dga(table)
    assert found.diagnostics["fit"] > 0.01
    assert not any("foretells" in said for said in found.warnings)


def test_the_fit_is_that_of_the_graphs_margins() -> None:
    """Independent lists: means are products of the lists' shares, and Pearson's test has 2^J − 2 − J degrees."""
    from scipy.special import gammaincc

    table = _people(0.3, 0.3)
    cells = table.dense().astype(float)
    cells[0] = 240
    marks = np.arange(16)[:, None] >> np.arange(4) & 1
    share = cells @ marks / cells.sum()
    means = cells.sum() * np.prod(np.where(marks, share, 1 - share), axis=1)
    away = float(((cells - means)[1:] ** 2 / means[1:]).sum())
    assert foretells(table, 240, [(0, 1.0)]) == pytest.approx(gammaincc(5, away / 2))
