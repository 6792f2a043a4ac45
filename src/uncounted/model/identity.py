"""Names that follow from content, so that doing a thing twice yields the same name."""

import hashlib

import msgspec
import rfc8785

from uncounted.model.claims import Claim, Relation


def digest(data: bytes) -> str:
    """SHA-256 in lower-case hex (64 characters)."""
    return hashlib.sha256(data).hexdigest()


def canonical(value: object) -> bytes:
    """RFC 8785 canonical JSON of any struct or built-in value, UTF-8.

    A value outside what RFC 8785 can write (integers beyond 2**53, NaN, lone surrogates) raises ``ValueError``.
    """
    try:
        return rfc8785.dumps(msgspec.to_builtins(value))
    except rfc8785.CanonicalizationError as fault:
        raise ValueError(f"no canonical form: {fault}") from fault


def capture_id(object_digest: str, part: str | None) -> str:
    """The name of a capture: the same bytes and part always give the same name."""
    return "c" + digest(canonical([object_digest, part]))[:12]


def claim_id(claim: Claim) -> str:
    """The name of a claim in a case, from what was said and where, not from who read it or how surely.

    A newer reader that reads the same thing gives the same name, so a person's judgement of it holds.
    """
    victim, count = claim.victim, claim.count
    said = [
        claim.document, claim.harm, claim.group, claim.scope, claim.modality,
        [claim.passage.start, claim.passage.end],
        [victim.start, victim.end] if victim else None,
        [count.low, count.high, count.quantifier, count.unit, count.start],
        [[source.name, source.kind] for source in claim.attribution],
    ]  # fmt: skip
    return "k" + digest(canonical(said))[:12]


def named_in_case(claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
    """Claims of one document under their names in a case, with relations and subsets following; repeats dropped."""
    names = {claim.id: claim_id(claim) for claim in claims}
    kept: dict[str, Claim] = {}
    for claim in claims:
        renamed = msgspec.structs.replace(
            claim,
            id=names[claim.id],
            subset_of=names.get(claim.subset_of) if claim.subset_of else None,
            relations=tuple(Relation(r.kind, names[r.claim]) for r in claim.relations if r.claim in names),
        )
        kept.setdefault(renamed.id, renamed)
    return tuple(kept.values())


def incident_id(anchor: str) -> str:
    """The name of the incident whose earliest claim is ``anchor``."""
    return "i" + digest(anchor.encode())[:10]
