"""A third language by data files alone: Spanish, small, to show that no line of code speaks a language."""

import pytest

from tests.stages.read.reading import short
from uncounted.model.claims import Claim, Document
from uncounted.stages.locate.times import find_times
from uncounted.stages.read.standard import standard_reader

READER = standard_reader()


def read(text: str) -> tuple[Claim, ...]:
    return READER.read(Document(id="d", text=text, language="es", published="2025-03-06", publisher="El Correo"))


CASES = [
    ("Al menos 14 aldeanos murieron en el ataque.", ["killed 14.. civilians"]),
    ("Catorce personas murieron y otras nueve resultaron heridas.", ["killed 14 people", "injured 9 people"]),
    ("El ejército mató a tres campesinos en San Telmo.", ["killed 3 people"]),
    ("Tres campesinos fueron asesinados por el ejército.", ["killed 3 people"]),
    ("Cinco niños y dos mujeres murieron en el bombardeo.", ["killed 5 children", "killed 2 women"]),
    ("Más de treinta soldados resultaron heridos.", ["injured 30.. combatants"]),
    ("Entre 10 y 12 personas fallecieron.", ["killed 10..12 people"]),
    ("Veintitrés mineros perdieron la vida en la explosión.", ["killed 23 people"]),
    ("Doscientas cincuenta personas fueron desplazadas.", ["displaced 250 people"]),
    ("Treinta y cuatro personas murieron.", ["killed 34 people"]),
    ("1.200 personas fueron desplazadas.", ["displaced 1200 people"]),
    ("Decenas de miles de personas fueron desplazadas.", ["displaced 20000.. people"]),
    ("La explosión dejó cuatro muertos y diez heridos.", ["killed 4 people", "injured 10 people"]),
    ("Murieron tres personas.", ["killed 3 people"]),
    ("Murió un niño de 9 años.", ["killed 1 children"]),
    ("Una mujer y sus tres hijos murieron.", ["killed 1 women", "killed 3 children"]),
    ("Doce personas murieron, entre ellas tres niños.", ["killed 12 people", "killed 3 children"]),
    ("La muerte de dos sacerdotes fue confirmada.", ["killed 2 people"]),
    ("El asesinato de tres maestros conmocionó al pueblo.", ["killed 3 people"]),
    ("Hasta 12 rebeldes murieron en los combates.", ["killed ..12 combatants"]),
    ("El número de muertos subió a 41.", ["killed 41 people"]),
    ("Un francotirador mató a un periodista.", ["killed 1 journalists"]),
    ("Dos periodistas fueron secuestrados el martes.", ["detained 2 journalists"]),
    ("Fueron hallados seis cadáveres en una fosa.", ["killed 6 people"]),
    ("Nadie murió en el ataque.", ["killed 0 people denied"]),
    ("El comandante ordenó matar a los prisioneros.", ["killed ? people ordered"]),
    ("Los rebeldes amenazaron con matar a diez rehenes.", ["killed 10 people threatened"]),
    ("Se teme que nueve marineros hayan muerto.", ["killed 9 people presumed"]),
    ("No hubo víctimas.", []),
    ("El delantero marcó dos goles y mató el partido.", []),
    ("La plaga mató 200 vacas.", []),
]


@pytest.mark.parametrize(("text", "wanted"), CASES)
def test_a_sentence_is_read(text: str, wanted: list[str]) -> None:
    """What only adds up other claims has no words of its own and is left out here."""
    assert [short(claim) for claim in read(text) if claim.victim is not None] == wanted


@pytest.mark.parametrize(
    ("text", "chain"),
    [
        ("Nueve personas murieron, según el hospital.", ["El Correo/publisher", "el hospital/medical"]),
        ("El alcalde dijo que nueve personas murieron.", ["El Correo/publisher", "El alcalde/official"]),
        ("Nueve personas murieron, informó la policía.", ["El Correo/publisher", "la policía/official"]),
        ("Nueve personas murieron.", ["El Correo/publisher", "El Correo/document"]),
    ],
)
def test_who_says_so_is_named(text: str, chain: list[str]) -> None:
    (claim,) = read(text)
    assert [f"{node.name}/{node.kind}" for node in claim.attribution] == chain


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("el martes", ("2025-03-04", "2025-03-04")),
        ("ayer", ("2025-03-05", "2025-03-05")),
        ("el 3 de marzo de 2025", ("2025-03-03", "2025-03-03")),
        ("hace tres días", ("2025-03-03", "2025-03-03")),
    ],
)
def test_times_are_dated(words: str, days: tuple[str, str]) -> None:
    text = f"Tres personas murieron {words}."
    (time,) = find_times(Document(id="d", text=text, language="es", published="2025-03-06"))
    assert (time.text, (time.from_, time.to)) == (words, days)
