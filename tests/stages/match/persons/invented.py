"""Invented lists of invented people, for the tests of matching. No name here is taken from a real list."""

import random

from uncounted.stages.match.persons.lists import VictimList

GIVEN_M = ["fares", "walid", "nasim", "jabir", "tarif", "qays", "luay", "munir", "adham", "wissam", "zuhayr", "hatim"]
GIVEN_F = ["rima", "layan", "thuraya", "ghada", "suhad", "nadine", "warda", "lubna", "hala", "dima"]
FAMILY = [
    "zahrawi",
    "qamari",
    "sunbuli",
    "hariri",
    "nawwar",
    "tahhan",
    "kattan",
    "sabbagh",
    "jundi",
    "rifai",
    "bustani",
    "haddad",
    "mansi",
    "dabbas",
]
LETTERS = {"ee": "i", "ou": "u", "kh": "k", "y": "i", "dh": "d"}


def families(count: int, seed: int) -> list[tuple[str, str, int]]:
    """Return (name, sex, age) of the members of ``count`` invented families with two to four siblings each."""
    rng = random.Random(seed)
    people = []
    for _ in range(count):
        line = [rng.choice(GIVEN_M), rng.choice(GIVEN_M), rng.choice(FAMILY) + rng.choice(["", "i", "an", "awi"])]
        given = rng.sample([(name, "m") for name in GIVEN_M] + [(name, "f") for name in GIVEN_F], rng.randint(2, 4))
        people += [(" ".join([name, *line]), sex, rng.randint(0, 60)) for name, sex in given]
    return people


def listed(name: str, people: list[tuple[str, str, int]], shift: int = 0, careless: float = 0.0) -> VictimList:
    """Write people down as a list, ages shifted, some names misspelled or shortened."""
    rng = random.Random(name)
    return VictimList(
        name=name,
        ids=tuple(f"{name}{number}" for number in range(len(people))),
        names=tuple(_carelessly(person[0], rng) if rng.random() < careless else person[0] for person in people),
        sex=tuple(person[1] for person in people),
        age=tuple(max(0, person[2] + shift) for person in people),
    )


def _carelessly(name: str, rng: random.Random) -> str:
    words = name.split()
    if rng.random() < 0.3:
        del words[2]
    else:
        at = rng.randrange(len(words))
        place = rng.randrange(1, len(words[at]))
        words[at] = words[at][:place] + rng.choice("aeioubdlmnrst") + words[at][place + 1 :]
    return " ".join(words)
