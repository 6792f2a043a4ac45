"""Many estimates at once: thousands of strata and draws of the links, over all cores or a cluster, kept by content.

A task is named by what it is made of (model, persons, options, seed), so that an estimate once made is found again
whoever asks, a run that was stopped goes on where it stood, and no way of running changes an answer.
"""

import base64
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import msgspec
import numpy as np

from uncounted.estimate.covariates import Persons
from uncounted.estimate.result import Estimate
from uncounted.estimate.tables import Table
from uncounted.model.errors import NotEnough
from uncounted.model.identity import canonical, digest

VERSION = 3
"""Raised whenever an engine's answer to the same task changes; kept estimates of another number are made anew."""
FEW = 64
"""Tasks from which starting further processes is worth its while."""


@dataclass(frozen=True)
class Task:
    """One estimate to make."""

    model: str
    persons: Persons
    seed: int
    level: float = 0.95
    options: Mapping[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """SHA-256 of all that decides the answer; the order of rows has no part in it."""
        rows = sorted(
            [*map(int, pattern), int(count), *values]
            for pattern, count, *values in zip(
                self.persons.patterns, self.persons.counts, *self.persons.covariates.values(), strict=True
            )
        )
        told = [VERSION, self.model, list(self.persons.lists), list(self.persons.covariates), rows]
        return digest(canonical([*told, self.seed, self.level, dict(self.options)]))


Outcome = Estimate | NotEnough
Runner = Callable[[Sequence[Task]], list[Outcome]]
Store = MutableMapping[str, str]
"""Kept estimates by key; what a caller gives may be a dictionary, a folder or a database."""


def make(task: Task) -> Outcome:
    """Make one estimate; a refusal is an outcome too."""
    from uncounted.estimate import engines

    try:
        return engines.run(task.model, task.persons, seed=task.seed, level=task.level, **task.options)
    except NotEnough as fault:
        return fault


def sequential(tasks: Sequence[Task]) -> list[Outcome]:
    """Make estimates one after another."""
    return [make(task) for task in tasks]


def over_cores(tasks: Sequence[Task], workers: int | None = None) -> Iterator[Outcome]:
    """Make estimates in as many processes as there are cores, in the order of the tasks."""
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    from uncounted.estimate.bootstrap import workers as cores

    many = workers or cores()
    if many < 2 or len(tasks) < FEW:
        yield from (make(task) for task in tasks)
        return
    step = max(1, min(256, len(tasks) // (4 * many)))
    with ProcessPoolExecutor(many, mp_context=get_context("spawn"), initializer=_alone) as pool:
        yield from pool.map(make, tasks, chunksize=step)


def _alone() -> None:
    """A process among many uses one core: its own."""
    if hasattr(os, "sched_setaffinity"):
        able = sorted(os.sched_getaffinity(0))
        os.sched_setaffinity(0, {able[os.getpid() % len(able)]})


class Cluster(Protocol):
    """The part of a Spark context that is used."""

    def parallelize(self, c: Sequence[Task], numSlices: int) -> Any:
        """Spread tasks over the cluster."""


def over_spark(tasks: Sequence[Task], context: Cluster | None = None) -> Iterator[Outcome]:
    """Make estimates on a Spark cluster (``pip install 'uncounted[spark]'`` here and on its workers), in order."""
    if context is None:
        from importlib import import_module

        context = import_module("pyspark.sql").SparkSession.builder.appName("uncounted").getOrCreate().sparkContext
    slices = max(1, min(len(tasks), 10_000))
    yield from context.parallelize(list(tasks), numSlices=slices).map(make).collect()


def kept(
    store: Store,
    run: Callable[[Sequence[Task]], Iterable[Outcome]] = over_cores,
    progress: Callable[[int, int], None] = lambda _, __: None,
    batch: int = 512,
) -> Runner:
    """A runner that finds estimates made before in ``store`` and keeps each batch as soon as it is made."""

    def runner(tasks: Sequence[Task]) -> list[Outcome]:
        keys = [task.key for task in tasks]
        missing = {key: task for key, task in zip(keys, tasks, strict=True) if key not in store}
        done = len(tasks) - len(missing)
        progress(done, len(tasks))
        wanted = list(missing.items())
        for start in range(0, len(wanted), batch):
            piece = wanted[start : start + batch]
            for (key, _), outcome in zip(piece, run([task for _, task in piece]), strict=True):
                store[key] = encode(outcome)
                done += 1
                progress(done, len(tasks))
        return [decode(store[key]) for key in keys]

    return runner


def encode(outcome: Outcome) -> str:
    """An outcome as text; draws to the last bit."""
    if isinstance(outcome, NotEnough):
        return msgspec.json.encode({"refused": [outcome.thing, outcome.rule, outcome.remedy]}).decode()
    draws = base64.b64encode(np.ascontiguousarray(outcome.draws, dtype="<f8").tobytes()).decode()
    exact = [value.hex() for value in (outcome.median, outcome.mean, outcome.low, outcome.high)]
    return msgspec.json.encode({"answer": outcome.as_json(), "exact": exact, "draws": draws}).decode()


def decode(text: str) -> Outcome:
    """The outcome that :func:`encode` wrote."""
    said = msgspec.json.decode(text)
    if "refused" in said:
        return NotEnough(*said["refused"])
    answer = said["answer"]
    median, mean, low, high = (float.fromhex(value) for value in said["exact"])
    return Estimate(
        answer["model"], tuple(answer["lists"]), answer["observed"], median, mean, low, high,
        answer["estimate"]["level"], answer["diagnostics"], tuple(answer["warnings"]),
        np.frombuffer(base64.b64decode(said["draws"]), dtype="<f8").astype(np.float64),
    )  # fmt: skip


def plain(data: Table | Persons) -> Persons:
    """A table as persons without covariates."""
    return data if isinstance(data, Persons) else Persons(data.lists, data.patterns, data.counts, {})
