"""What a case adds up to: its dossier under a policy, at one moment."""

from collections.abc import Sequence

import msgspec

from uncounted.case import linking, policies
from uncounted.case.again import Again, by_claim, touching
from uncounted.case.case import Case
from uncounted.case.moments import moment
from uncounted.ledger.views import Views
from uncounted.model.claims import Claim
from uncounted.model.corrections import Correction, Overlap
from uncounted.model.errors import NotFound
from uncounted.model.evidence import Capture
from uncounted.model.incidents import Incident, Origin, TollCell
from uncounted.model.release import Dossier
from uncounted.stages.assess.axes import Answer, Judgement, answers
from uncounted.stages.assess.grades import Graded, Scheme, grade, load_scheme
from uncounted.stages.assess.tree import origin_tree
from uncounted.stages.toll.cells import By, Tolls, toll, tolls
from uncounted.stages.toll.overlaps import without_overlap
from uncounted.stages.toll.policy import Policy
from uncounted.stages.toll.tables import tables
from uncounted.stages.toll.totals import totals
from uncounted.stages.toll.why import Tree
from uncounted.stages.toll.why import why as explain

BREAKDOWNS: tuple[By, ...] = ("harm", "group", "month", "place", "actor", "incident")


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """A case as it stood at one moment: accepted claims, incidents, and who told them first.

    ``origins`` maps an incident's id to its origins, ``judgements`` its anchor to what people judged of its axes;
    ``total_origins`` are those of claims that state a total of a period.
    """

    size: int
    claims: dict[str, Claim]
    incidents: tuple[Incident, ...]
    origins: dict[str, tuple[Origin, ...]]
    total_origins: tuple[Origin, ...]
    judgements: dict[str, tuple[Judgement, ...]]
    captures: dict[str, Capture]
    texts: dict[str, str]
    overlaps: tuple[Overlap, ...] = ()
    corrections: tuple[Correction, ...] = ()
    schemes: dict[str, Scheme] = {}

    @property
    def published(self) -> dict[str, str]:
        """When each document was published, where that is known."""
        return {name: capture.published for name, capture in self.captures.items() if capture.published}


def standing(case: Case, as_of: str | None = None) -> Standing:
    """The case as it stands, or as it stood at a moment."""
    size = moment(case, as_of)
    return standing_of(case, case.views if size == moment(case) else case.views.state_at(size), size)


def standing_of(case: Case, views: Views, size: int, again: Again | None = None) -> Standing:
    """The case as views of a moment tell it, after ``size`` entries.

    Whoever tells many moments of a case lends all of them one ``again``.
    """
    again = again or Again(case.objects)
    claims = {claim.id: claim for claim in linking.counted_claims(views)}
    used = {claim.document for claim in claims.values()}
    captures = {capture.id: capture for capture in views.captures() if capture.id in used}
    texts = {capture.id: again.text(capture.text) for capture in captures.values() if capture.text}
    incidents, judged = linking.incidents(views), by_claim(views.pairs("origins"))

    def origins_of(of: Sequence[Claim]) -> tuple[Origin, ...]:
        return again.origins(of, captures, touching(judged, of))

    found = {incident.id: origins_of([claims[name] for name in incident.claims]) for incident in incidents}
    stated = [claim for claim in claims.values() if claim.scope != "incident"]
    return Standing(
        size=size,
        claims=claims,
        incidents=incidents,
        origins=found,
        total_origins=origins_of(stated),
        judgements={
            anchor: tuple(Judgement(axis=one.axis, value=one.value, reason=one.reason, by=by) for one, by in said)
            for anchor, said in views.axes().items()
        },
        captures=captures,
        texts=texts,
        overlaps=tuple(views.overlaps()),
        corrections=tuple(views.corrections()),
        schemes=policies.schemes(case, views),
    )


def policy_of(case: Case, name: str | None, as_of: str | None = None) -> Policy:
    """The policy by name, the case's own or a shipped one; by default as adopted by the moment asked for."""
    views = None if as_of is None else case.views.state_at(moment(case, as_of))
    return policies.rules_of(case, name, views).policy


def cells(now: Standing, policy: Policy, by: Sequence[By] = (), known: Tolls | None = None) -> tuple[TollCell, ...]:
    """The cells of the toll; totals that sources state stand apart, see :func:`stated_totals`."""
    if policy.grades:
        known = known or tolls_of(now, policy)
        now = graded(now, policy, known)
    return toll(now.incidents, now.claims, now.origins, policy, by=by, published=now.published, known=known)


def tolls_of(now: Standing, policy: Policy, *, explain: bool = False) -> Tolls:
    """Each incident's toll."""
    return tolls(now.incidents, now.claims, now.origins, policy, now.published, explain=explain)


def stated_totals(now: Standing, policy: Policy, known: Tolls | None = None) -> tuple[TollCell, ...]:
    """Totals of a period or since a beginning, as sources state them: never added to incidents.

    Each is compared with the incidents' tolls, ``known`` where they are at hand: the same tolls that the cells add up.
    Where a person stated how much of a total is in known incidents, what remains follows, alone and with the incidents.
    """
    known = tolls_of(now, policy) if known is None else known
    found = totals(now.claims, now.total_origins, now.incidents, policy, published=now.published, known=known)
    return found + without_overlap(found, now.overlaps, now.claims, now.incidents, known)


def beside(now: Standing, policy: Policy, known: Tolls) -> tuple[TollCell, ...]:
    """The figures that the policy tells beside its toll, each with ``beside`` in its labels; ``now`` is graded."""
    found: list[TollCell] = []
    for one in policy.beside:
        rules = msgspec.structs.replace(policy, grades=one.grades)
        claims, tolls_there = now.claims, known
        if one.conceded:
            claims = {name: now.claims[name] for name in sorted(conceded(now, policy, known))}
            tolls_there = tolls(now.incidents, claims, now.origins, policy, now.published, explain=False)
        told = toll(now.incidents, claims, now.origins, rules, published=now.published, known=tolls_there)
        found += [
            msgspec.structs.replace(cell, cell={"beside": one.name, **cell.cell}, why=(one.words, *cell.why))
            for cell in told
        ]
    return tuple(found)


def conceded(now: Standing, policy: Policy, known: Tolls) -> set[str]:
    """The claims by which a party says what its own acts did."""
    found: set[str] = set()
    for incident in now.incidents:
        for answer in assessed(now, incident, policy, known):
            if answer.axis == "responsible" and answer.value == "accepted":
                found |= set(answer.claims)
    return found


def why(now: Standing, policy: Policy, cell: TollCell) -> Tree:
    """What one cell rests on, down to the passages."""
    incidents = {incident.id: incident for incident in now.incidents}
    return explain(cell, incidents, now.claims, now.origins, policy, captures=now.captures, published=now.published)


def find_cells(now: Standing, policy: Policy, wanted: str) -> list[TollCell]:
    """The cells that ``wanted`` names: ``KEY=VALUE,…`` as a toll prints them, or the id of an incident or a claim.

    Without a group the policy's headline group is meant. :class:`NotFound` when no cell fits.
    """
    labels = _wanted(now, wanted)
    parts = [part for part in BREAKDOWNS if part in labels and part != "harm"]
    known = cells(now, policy, parts) + (() if "incident" in labels else stated_totals(now, policy))
    if "group" not in labels:
        known = tuple(cell for cell in known if cell.cell["group"] == policy.headline)
    fitting = [cell for cell in known if all(cell.cell.get(key) == value for key, value in labels.items())]
    if not fitting:
        raise NotFound(f"cell {wanted!r}", "the toll has no such cell", "'uncounted toll --by …' lists them")
    return fitting


def _wanted(now: Standing, wanted: str) -> dict[str, str]:
    if "=" in wanted:
        return {key.strip(): value.strip() for key, _, value in (part.partition("=") for part in wanted.split(","))}
    for incident in now.incidents:
        if wanted == incident.id or wanted in incident.claims:
            return {"incident": incident.id}
    raise NotFound(f"cell {wanted!r}", "it is no incident and no claim in one", "Name it as KEY=VALUE, or by id")


def assessed(now: Standing, incident: Incident, policy: Policy, known: Tolls) -> tuple[Answer, ...]:
    """The four answers about an incident."""
    figure = known[incident.id].get(("killed", policy.headline))
    return answers(
        incident,
        now.claims,
        now.origins[incident.id],
        figure=(figure.low, figure.high) if figure else None,
        contradictions=figure.contradictions if figure else (),
        judgements=now.judgements.get(incident.anchor, ()),
    )


def grading(now: Standing, incident: Incident, policy: Policy, known: Tolls) -> Graded:
    """An incident's grade under the policy's scheme, with the answers and the rule that gave it."""
    scheme = now.schemes.get(policy.scheme) or load_scheme(policy.scheme)
    return grade(assessed(now, incident, policy, known), scheme)


def graded(now: Standing, policy: Policy, known: Tolls) -> Standing:
    """The standing with its incidents graded under the policy's scheme."""
    found = tuple(
        msgspec.structs.replace(incident, grade=grading(now, incident, policy, known).grade)
        for incident in now.incidents
    )
    return msgspec.structs.replace(now, incidents=found)


def dossier(case: Case, policy: Policy, as_of: str | None = None) -> Dossier:
    """All that a release, a page or an explanation is made from."""
    return dossier_of(case, standing(case, as_of), policy)


def dossier_of(case: Case, now: Standing, policy: Policy) -> Dossier:
    """The same from a standing at hand."""
    known = tolls_of(now, policy, explain=True)
    now = graded(now, policy, known)

    def by(*parts: By) -> tuple[TollCell, ...]:
        return toll(now.incidents, now.claims, now.origins, policy, by=parts, published=now.published, known=known)

    last = next(case.ledger.entries(now.size - 1, now.size)).at if now.size else None
    return Dossier(
        title=case.opened.title,
        invented=case.opened.invented,
        facts=now.size,
        root=case.ledger.root(now.size).hex(),
        as_of=last,
        policy=policy.name,
        rules=msgspec.to_builtins(policy),
        toll={
            "": by(),
            **{part: by(part) for part in BREAKDOWNS if part != "incident"},
            "incident": by("incident", "group"),
        },
        totals=stated_totals(now, policy, known),
        beside=beside(now, policy, known),
        tables=tables(now.incidents, now.claims, policy, known),
        incidents=now.incidents,
        claims=now.claims,
        origins=now.origins,
        trees={
            name: tuple(origin_tree(origin, now.claims, now.captures) for origin in found)
            for name, found in now.origins.items()
        },
        captures=now.captures,
        texts=now.texts,
        corrections=now.corrections,
    )
