"""One cell of a toll while incidents are added to it."""

from collections.abc import Callable, Mapping, Sequence

from uncounted.model.incidents import Incident, TollCell
from uncounted.stages.toll.accounts import Cell
from uncounted.stages.toll.policy import Policy
from uncounted.stages.toll.ranges import Range, said

Explain = Callable[[str], Mapping[Cell, Range]]
"""An incident's toll with its steps in words, by the incident's id."""


class CellSum:
    """Sums of the incidents' bounds; an open bound is counted, not added."""

    __slots__ = (
        "alone", "best", "claims", "faults", "high", "incidents", "labels", "low", "no_high", "no_low", "origins",
    )  # fmt: skip

    def __init__(self, labels: dict[str, str]) -> None:
        self.labels = labels
        self.low = self.high = self.no_low = self.no_high = self.origins = self.alone = 0
        self.best: int | None = None
        self.incidents: list[str] = []
        self.claims: list[str] = []
        self.faults: list[str] = []

    def add(self, incident: Incident, found: Range) -> None:
        """Add one incident's range."""
        low, high = found.low, found.high
        self.incidents.append(incident.id)
        self.claims.extend(found.claims)
        self.origins += found.origins
        if low is None:
            self.no_low += 1
        else:
            self.low += low
            if found.origins == 1:
                self.alone += low
        if high is None:
            self.no_high += 1
        else:
            self.high += high
        if found.best is not None:
            self.best = (self.best or 0) + found.best
        if found.contradictions:
            self.faults.extend(found.contradictions)

    def cell(
        self, policy: Policy, of: int, denials: Mapping[str, int], explain: Explain, notes: Sequence[str] = ()
    ) -> TollCell:
        """Return the finished cell, with the steps in words; ``of`` is the number of incidents under its labels."""
        number = len(self.incidents)
        low = None if self.no_low == number else self.low
        high = None if self.no_high else self.high
        return TollCell(
            cell=self.labels,
            low=low,
            high=high,
            policy=policy.name,
            incidents=tuple(self.incidents),
            origins=self.origins,
            claims=tuple(sorted(set(self.claims))),
            why=(*self._steps(low, high, explain), *self._beside(of, denials), *notes, *self.faults),
            without=of - number,
            alone=self.alone,
            best=self.best,
            contradictions=tuple(self.faults),
        )

    def _steps(self, low: int | None, high: int | None, explain: Explain) -> list[str]:
        number = len(self.incidents)
        if number == 1:
            for (harm, group), found in explain(self.incidents[0]).items():
                if (harm, group) == (self.labels["harm"], self.labels["group"]):
                    return list(found.why)
        steps = [f"{number} incidents add up to {said(low, high)}"]
        if self.no_low:
            steps.append(f"{self.no_low} of them have no lower bound and add nothing to it")
        if self.no_high:
            steps.append(f"the upper bound is open: {self.no_high} have none; the others add up to at most {self.high}")
        if self.alone:
            steps.append(f"{self.alone} of the lower bound of {self.low} rest on one origin each")
        return steps

    def _beside(self, of: int, denials: Mapping[str, int]) -> list[str]:
        steps = []
        without = of - len(self.incidents)
        if without:
            what = f"{self.labels['group']} {self.labels['harm']}".replace("_", " ")
            steps.append(f"without a figure for {what}, adding nothing: {without} more incidents")
        denied = sum(denials[incident] for incident in self.incidents if incident in denials) if denials else 0
        if denied:
            steps.append(f"denials of it, listed beside and not counted: {denied}")
        return steps
