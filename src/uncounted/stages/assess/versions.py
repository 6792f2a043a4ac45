"""What changed between two versions of one victim list: added, changed, given a new id, gone; with what explains it.

A ministry's list is published again and again. That an entry is gone from a later version says that the list's keeper
took it out, not that the death did not happen; each version is kept whole, and a removal is told, never applied.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Literal

import msgspec

from uncounted.model.persons import ListEntry

FIELDS = ("name", "sex", "age", "birth_date", "death_date", "place")
_SHIFT = 0.5
"""Where more than this share of the ages that both versions state moved by one number, the whole list moved."""

Kind = Literal["added", "changed", "renumbered", "removed"]


class Changed(msgspec.Struct, frozen=True, kw_only=True):
    """One entry that two versions tell differently.

    ``id`` is its id in the later version, of a removed entry in the earlier; ``fields`` maps a field to what it was and
    what it is; ``why`` says in words what explains the change, empty where nothing does.
    """

    kind: Kind
    id: str
    name: str
    fields: dict[str, tuple[str, str]] = {}
    why: str = ""


def compare(before: Sequence[ListEntry], after: Sequence[ListEntry]) -> tuple[Changed, ...]:
    """Return every entry that is not the same in both versions, in the order of the later, then removals.

    Entries are met by id. One whose id is gone while an entry new to the later version agrees with it in name, sex and
    dates was given a new id. A removed entry with a twin that stays (same name, same age or birth date) is told as a
    likely duplicate: a guess, and said to be one.
    """
    old, new = {one.id: one for one in before}, {one.id: one for one in after}
    gone = [one for one in before if one.id not in new]
    fresh = [one for one in after if one.id not in old]
    renamed = _renumbered(gone, fresh)
    shift = _shift(old, new)
    taken = {one.id for one in renamed.values()}
    staying = Counter(_who(one) for one in after)
    found = []
    for one in after:
        earlier = old.get(one.id) or renamed.get(one.id)
        if earlier is None:
            found.append(Changed(kind="added", id=one.id, name=one.name))
        elif fields := _differences(earlier, one):
            kind: Kind = "changed" if one.id in old else "renumbered"
            found.append(Changed(kind=kind, id=one.id, name=one.name, fields=fields, why=_why(fields, shift)))
    for one in gone:
        if one.id not in taken:
            twin = staying[_who(one)] > 0 and (one.age is not None or one.birth_date is not None)
            why = "another entry of this name and age or birth date stays: perhaps a duplicate" if twin else ""
            found.append(Changed(kind="removed", id=one.id, name=one.name, why=why))
    return tuple(found)


def _who(one: ListEntry) -> tuple[object, ...]:
    """What is said of the person, without the id."""
    return " ".join(one.name.casefold().split()), one.sex, one.birth_date, one.age


def _renumbered(gone: Sequence[ListEntry], fresh: Sequence[ListEntry]) -> dict[str, ListEntry]:
    """New id → the entry that had another id before; only where it can be no other."""
    lost: dict[tuple[object, ...], list[ListEntry]] = {}
    for one in gone:
        lost.setdefault(_who(one), []).append(one)
    times = Counter(_who(one) for one in fresh)
    return {one.id: lost[_who(one)][0] for one in fresh if times[_who(one)] == 1 and len(lost.get(_who(one), ())) == 1}


def _shift(old: Mapping[str, ListEntry], new: Mapping[str, ListEntry]) -> int:
    """The number by which most ages moved between the versions; 0 where they did not move together."""
    moves = [
        one.age - other.age
        for name, other in old.items()
        if (one := new.get(name)) is not None and one.age is not None and other.age is not None
    ]
    most, times = Counter(moves).most_common(1)[0] if moves else (0, 0)
    return most if times > _SHIFT * len(moves) else 0


def _differences(before: ListEntry, after: ListEntry) -> dict[str, tuple[str, str]]:
    found = {"id": (before.id, after.id)} if before.id != after.id else {}
    for field in FIELDS:
        was, now = getattr(before, field), getattr(after, field)
        if was != now:
            found[field] = ("" if was is None else str(was), "" if now is None else str(now))
    for field in sorted(before.more.keys() | after.more.keys()):
        was, now = before.more.get(field, ""), after.more.get(field, "")
        if was != now:
            found[field] = (was, now)
    return found


def _why(fields: Mapping[str, tuple[str, str]], shift: int) -> str:
    words = []
    if "id" in fields:
        words.append("the same name, sex, age and birth date under another id")
    if "name" in fields and _respelled(*fields["name"]):
        words.append("the name is written otherwise")
    if shift and "age" in fields and all(fields["age"]) and int(fields["age"][1]) - int(fields["age"][0]) == shift:
        words.append(f"most ages of the list moved by {shift:+d}")
    filled = [field for field, (was, now) in fields.items() if not was and now]
    emptied = [field for field, (was, now) in fields.items() if was and not now]
    if filled:
        words.append(f"now stated: {', '.join(filled)}")
    if emptied:
        words.append(f"no longer stated: {', '.join(emptied)}")
    return "; ".join(words)


def _respelled(was: str, now: str) -> bool:
    from rapidfuzz import fuzz

    return fuzz.token_sort_ratio(was.casefold(), now.casefold()) >= 80
