"""The persons behind the names of one report, and the group that each belongs to."""

from dataclasses import dataclass, field

from uncounted.model.vocabulary import Group
from uncounted.names.sex import Sex
from uncounted.names.sound import skeleton, sound
from uncounted.stages.read.roll.ages import GROWN
from uncounted.stages.read.roll.mention import Mention, bare


@dataclass(slots=True, eq=False)
class Person:
    """One person of a report: the mentions that may be of the same one, and what they tell together."""

    words: tuple[str, ...]
    mentions: list[Mention] = field(default_factory=list)
    age: int | None = None
    sex: Sex | None = None
    years: str = ""

    def add(self, mention: Mention) -> None:
        """Takes a mention in; an age outweighs a noun, and what was told first stays."""
        self.mentions.append(mention)
        self.age = mention.age if self.age is None else self.age
        self.sex = self.sex or mention.sex
        if self.age is not None:
            self.years = "child" if self.age < GROWN else "adult"
        elif not self.years or (self.years == "kin" and mention.years in ("child", "adult")):
            self.years = mention.years or self.years

    @property
    def group(self) -> Group | None:
        """Children by age or by a noun for a child; women and men by sex, unless the person may be a child.

        Who is told of by name alone is taken for grown, as recorders do; a son or daughter of unsaid age is neither.
        """
        if self.years == "child":
            return "children"
        if self.years == "kin" or self.sex is None:
            return None
        return "women" if self.sex == "f" else "men"

    @property
    def possible(self) -> frozenset[Group]:
        """The groups that the person may belong to."""
        if self.group is not None:
            return frozenset((self.group,))
        grown: tuple[Group, ...] = ("women",) if self.sex == "f" else ("men",) if self.sex == "m" else ("women", "men")
        return frozenset(("children", *grown)) if self.years == "kin" else frozenset(grown)


def persons(found: list[Mention]) -> list[Person]:
    """The persons that mentions tell of, in order of first mention; longer names first find their shorter forms."""
    known: list[Person] = []
    by_word: dict[str, list[Person]] = {}
    for mention in sorted(found, key=lambda one: -len(bare(one.name))):
        words = _heard(bare(mention.name))
        if not words:
            continue
        keys = (words[0], skeleton(bare(mention.name)[0])) if len(words) == 1 else words[:1]
        person = next((one for key in keys for one in by_word.get(key, []) if _same(one, words, mention)), None)
        if person is None:
            person = Person(words)
            known.append(person)
            for word in {words[0], *map(skeleton, bare(mention.name)[1:])}:
                by_word.setdefault(word, []).append(person)
        person.add(mention)
    for person in known:
        person.mentions.sort(key=lambda one: one.start)
    return sorted(known, key=lambda one: one.mentions[0].start)


def _heard(words: tuple[str, ...]) -> tuple[str, ...]:
    """A name for comparing: the given name by its sound, the others by their consonants."""
    return (sound(words[0]), *map(skeleton, words[1:])) if words else ()


def _same(person: Person, words: tuple[str, ...], mention: Mention) -> bool:
    """Whether a shorter name may be the person's: all its words are the person's, in order, and no age
    speaks against it."""
    if person.age is not None and mention.age is not None and abs(person.age - mention.age) > 1:
        return False
    if person.years == "child" and mention.years == "adult":
        return False
    if len(words) == 1:
        return words[0] == person.words[0] or skeleton(bare(mention.name)[0]) in person.words[1:]
    rest = iter(person.words)
    return all(word in rest for word in words)
