"""A dossier made safe to publish, with an account of what was taken out."""

import msgspec

from uncounted.model.claims import Place
from uncounted.model.release import Dossier
from uncounted.stages.publish.safety.few import few_held
from uncounted.stages.publish.safety.holding import History
from uncounted.stages.publish.safety.profile import Profile
from uncounted.stages.publish.safety.redaction import Protected, Redaction
from uncounted.stages.publish.safety.rewording import reworded
from uncounted.stages.publish.safety.silence import silenced
from uncounted.stages.publish.safety.words import Names, without_names


class Safe(msgspec.Struct, frozen=True, kw_only=True):
    """The dossier to publish, what was taken out of the one given, and all figures shown so far."""

    dossier: Dossier
    redactions: tuple[Redaction, ...]
    figures: History


def made_safe(dossier: Dossier, profile: Profile, protected: Protected, earlier: History | None = None) -> Safe:
    """Return the dossier as the profile lets it be shown. ``earlier`` is all that former releases showed of figures."""
    told: list[Redaction] = []
    dossier = silenced(dossier, protected.silent, told)
    dossier = reworded(dossier, profile, protected, told)
    dossier = _stripped(dossier, profile, told)
    dossier = _coarsened(dossier, profile, told)
    figures: History = {}
    if profile.least:
        dossier, figures = few_held(dossier, profile.least, earlier or {}, told)
    if profile.names == "consent" and protected.names:
        names = Names(protected.names)
        dossier = msgspec.structs.replace(without_names(dossier, names), memorial=dossier.memorial)
    return Safe(dossier=dossier, redactions=tuple(told), figures=figures)


def _stripped(dossier: Dossier, profile: Profile, told: list[Redaction]) -> Dossier:
    """Files' names and moments of preservation never leave; authors and addresses as the profile says."""
    captures = {}
    for name, capture in dossier.captures.items():
        fields: dict[str, object] = {"name": name, "taken": capture.taken[:10], "record": None}
        for field, shown in (("author", profile.authors), ("url", profile.addresses)):
            if not shown and getattr(capture, field):
                fields[field] = None
                told.append(Redaction(where=f"report {name}, {field}", instead="", why=f"profile {profile.name}"))
        captures[name] = msgspec.structs.replace(capture, **fields)
    corrections = tuple(msgspec.structs.replace(one, said="") for one in dossier.corrections)
    return msgspec.structs.replace(dossier, captures=captures, corrections=corrections)


def _coarsened(dossier: Dossier, profile: Profile, told: list[Redaction]) -> Dossier:
    """Points with as many decimals as their precision is given."""
    moved = 0

    def coarse(place: Place | None) -> Place | None:
        nonlocal moved
        if place is None or place.lat is None or place.lon is None:
            return place
        digits = profile.coordinates.get(place.precision or "city", 1)
        lat, lon = round(place.lat, digits), round(place.lon, digits)
        moved += (lat, lon) != (place.lat, place.lon)
        others = tuple(
            msgspec.structs.replace(one, lat=round(one.lat, digits), lon=round(one.lon, digits))
            for one in place.alternatives
        )
        return msgspec.structs.replace(place, lat=lat, lon=lon, alternatives=others)

    claims = {
        name: msgspec.structs.replace(claim, place=coarse(claim.place)) if claim.place else claim
        for name, claim in dossier.claims.items()
    }
    incidents = tuple(msgspec.structs.replace(one, place=coarse(one.place)) for one in dossier.incidents)
    if moved:
        told.append(
            Redaction(where=f"{moved} points", instead="rounded by their precision", why=f"profile {profile.name}")
        )
    return msgspec.structs.replace(dossier, claims=claims, incidents=incidents)
