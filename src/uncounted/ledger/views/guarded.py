"""What guards people and evidence: fields under seal, consent, who can open and sign, what outsiders vouch for."""

from uncounted.ledger.views.standing import SealedField
from uncounted.ledger.views.store import Store
from uncounted.model.consent import Purpose
from uncounted.model.facts import (
    CheckpointAnchored,
    ConsentStated,
    DeviceEnrolled,
    RecipientAdmitted,
)


class Guarded(Store):
    """Seals, consent, keys and anchors. A part of :class:`~uncounted.ledger.views.Views`."""

    def sealed(self) -> list[SealedField]:
        """Return the fields under seal in the order they were sealed, the erased ones included."""
        fields = self._bodies(SealedField, "SELECT body FROM stated WHERE kind = 'sealed'")
        return sorted(fields, key=lambda field: (field.entry, field.sealed.commitment))

    def consents(self) -> dict[str, dict[Purpose, bool]]:
        """Return what was last said of consent, by subject and purpose; a purpose nobody spoke of is left out."""
        found: dict[str, dict[Purpose, bool]] = {}
        for _, event in self._stated("consent"):
            if isinstance(event.what, ConsentStated):
                found.setdefault(event.what.subject, {})[event.what.purpose] = event.what.given
        return found

    def recipients(self) -> dict[str, RecipientAdmitted]:
        """Return who can open what is sealed, by age key."""
        said = (event.what for _, event in self._stated("recipient"))
        return {what.key: what for what in said if isinstance(what, RecipientAdmitted)}

    def devices(self) -> dict[str, DeviceEnrolled]:
        """Return the devices that sign what people record, by key; the retired are left out."""
        said = (event.what for _, event in self._stated("device"))
        return {what.key: what for what in said if isinstance(what, DeviceEnrolled)}

    def anchors(self) -> list[tuple[int, CheckpointAnchored]]:
        """Return what outsiders vouch for, the smallest size first, each with the number of its entry."""
        said = ((event.entry, event.what) for _, event in self._stated("anchor"))
        return [(entry, what) for entry, what in said if isinstance(what, CheckpointAnchored)]
