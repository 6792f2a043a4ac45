"""What people may be in a case."""

from typing import Literal, get_args

Role = Literal["lead", "reviewer", "reader", "protection_officer"]
"""A ``lead`` runs the case, a ``reviewer`` judges, a ``reader`` looks, a ``protection_officer`` opens seals."""

ROLES: tuple[Role, ...] = get_args(Role)
EVERYBODY: frozenset[Role] = frozenset(ROLES)
