"""The words of reports as a profile shows them: names that may not be shown, and words no claim rests on, are cut."""

from collections.abc import Mapping

import msgspec

from uncounted.model.claims import Claim
from uncounted.model.incidents import OriginNode
from uncounted.model.release import Dossier
from uncounted.stages.publish.safety.profile import Profile
from uncounted.stages.publish.safety.redaction import KEPT_BACK, Protected, Redaction
from uncounted.stages.publish.safety.words import WITHHELD, Cut, Names, Redacted, beyond


def reworded(dossier: Dossier, profile: Profile, protected: Protected, told: list[Redaction]) -> Dossier:
    """Names that may not be shown taken out of the reports' words, and words that no claim rests on left out."""
    if profile.names == "reported" and profile.texts == "whole":
        return dossier
    names = Names(protected.names if profile.names == "consent" else ())
    held: dict[str, list[Claim]] = {}
    for claim in dossier.claims.values():
        held.setdefault(claim.document, []).append(claim)
    texts, claims, captures = dict(dossier.texts), dict(dossier.claims), dict(dossier.captures)
    for document in sorted(dossier.texts.keys() - protected.silent):
        text = dossier.texts[document]
        cuts = []
        if profile.names == "consent":
            cuts = names.cuts(text) + [Cut(*span, WITHHELD) for span in protected.spans.get(document, ())]
            told += [Redaction(where=f"captures/{document}.txt, {cut.start}–{cut.end}", instead=cut.instead,
                               why="no consent to be named") for cut in cuts]  # fmt: skip
        if profile.texts == "passages":
            cuts += beyond(text, held.get(document, ()))
            told.append(
                Redaction(where=f"captures/{document}.txt", instead="the passages alone", why=f"profile {profile.name}")
            )
        if not cuts:
            continue
        redacted = Redacted(text, cuts)
        texts[document] = redacted.text
        claims |= {claim.id: redacted.claim(claim) for claim in held.get(document, ())}
        # The hash of the words as they were would let anybody try names until it fits.
        captures[document] = msgspec.structs.replace(captures[document], text=None, object=KEPT_BACK)
    trees = {name: tuple(_requoted(one, claims) for one in found) for name, found in dossier.trees.items()}
    return msgspec.structs.replace(dossier, texts=texts, claims=claims, captures=captures, trees=trees)


def _requoted(node: OriginNode, claims: Mapping[str, Claim]) -> OriginNode:
    claim = claims.get(node.id) if node.kind == "claim" and node.id else None
    said = " ".join(claim.passage.text.split()) if claim else node.name
    children = tuple(_requoted(child, claims) for child in node.children)
    return msgspec.structs.replace(node, name=said, children=children)
