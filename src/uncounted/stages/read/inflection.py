"""Inflection by rule: from the entries of a lexicon to all the forms in which they stand in a text.

Only a language whose ``persons.toml`` has a table ``[inflection]`` is inflected; its rules are data, so this module
knows of articles, accusatives and duals but of no language.
"""

from collections.abc import Iterator
from typing import Any

from uncounted.text.view import fold

_Rules = list[list[str]]


def inflected(data: dict[str, Any]) -> tuple[dict[str, Any], dict[str, int]]:
    """The data of a lexicon with every form written out, and the forms that carry a number in themselves (duals)."""
    rules = data["persons"].get("inflection")
    if rules is None:
        return data, {}
    carried: dict[str, int] = {}
    variants: dict[str, set[str]] = {}
    persons = dict(data["persons"])
    for table in ("groups", "units"):
        persons[table] = {
            name: " ".join(form for entry in said.split() for form in _entry(entry, rules, carried, variants))
            for name, said in persons[table].items()
        }
    for said in data["persons"]["groups"].values():
        for entry in said.split():
            plural = entry.lstrip("+").partition("/")[2] or (entry[1:] if entry.startswith("+") else "")
            for article in ("", rules["definite"]):
                carried.pop(fold(article + plural), None)
    words = dict(data["words"])
    definite = {rules["definite"] + form for found in variants.values() for form in found}
    words["definite"] = " ".join([words["definite"], *sorted(definite)])
    words["adjective"] = " ".join(_with_article(words["adjective"], rules))
    for table in ("things", "collectives"):
        persons[table] = {"words": " ".join(_with_article(persons[table]["words"], rules))}
    harms = {
        harm: {
            part: _with_variants(said, variants, rules["definite"]) if part in ("person", "body") else said
            for part, said in table.items()
        }
        for harm, table in data["harms"].items()
    }
    return {**data, "persons": persons, "words": words, "harms": harms}, carried


def _with_article(said: str, rules: dict[str, Any]) -> Iterator[str]:
    article = rules["definite"]
    for entry in said.split():
        yield entry
        if not entry.startswith(article):
            yield "/".join(article + form if form != "=" else form for form in entry.split("/"))


def _entry(entry: str, rules: dict[str, Any], carried: dict[str, int], variants: dict[str, set[str]]) -> Iterator[str]:
    """The entries that one entry stands for: with and without article, in the accusative, in the dual."""
    article = rules["definite"]
    single, _, plural = entry.partition("/")
    if entry.startswith("+"):
        single, plural = "", entry[1:]
    plural = single if plural == "=" else plural
    plurals = [form for form in (plural, _ended(plural, rules["sound"])) if form]
    singles = [form for form in (single, _ended(single, rules["accusative"])) if form]
    duals = [form for form in _duals(single, rules["dual"]) if form not in plurals] if single else []
    for form in singles:
        if form not in plurals or plural == single:
            yield from (f"{form}/{plurals[0]}", f"{article}{form}/{article}{plurals[0]}") if plural != single else (
                f"{form}/=", f"{article}{form}/=",
            )  # fmt: skip
    if plural != single:
        yield from (f"+{article * with_it}{form}" for form in plurals for with_it in (0, 1))
    for form in duals:
        for whole in (form, article + form):
            carried[fold(whole)] = 2
            yield f"+{whole}"
    for form in (single, plural):
        if form:
            mine = singles + duals if form == single else plurals
            variants.setdefault(fold(form), set()).update(mine)


def _duals(single: str, rules: _Rules) -> list[str]:
    for ending, *forms in rules:
        if single.endswith(ending):
            return [single[: len(single) - len(ending)] + form for form in forms]
    return []


def _ended(word: str, rules: _Rules) -> str:
    """The form of a word by the first rule whose ending fits; empty where none does or it takes no new form."""
    for ending, form in rules:
        if word.endswith(ending):
            return word[: len(word) - len(ending)] + form if form else ""
    return ""


def _with_variants(said: str, variants: dict[str, set[str]], article: str) -> str:
    found: list[str] = []
    for entry in said.replace("\n", " ").split("|"):
        word = entry.strip()
        forms = sorted(variants.get(fold(word), set()))
        found += [word, *forms, *(article + form for form in (word, *forms) if not word.startswith(article))]
    return "|".join(dict.fromkeys(found))
