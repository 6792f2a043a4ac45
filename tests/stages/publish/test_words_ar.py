"""Arabic: every message of the pages has its words, and counted things follow the language's plural forms."""

import re
from importlib.resources import files
from pathlib import Path

import msgspec
import pytest

from tests.stages.publish.invented import MARKET, TUESDAY
from uncounted.case import Case, telling
from uncounted.demo.build import build
from uncounted.model.corrections import MEANING
from uncounted.model.incidents import Incident
from uncounted.stages.publish.site.about import FILES
from uncounted.stages.publish.site.pages import TERMS
from uncounted.stages.publish.site.press import SECTIONS
from uncounted.stages.publish.steps import put
from uncounted.stages.publish.words import spoken


def messages() -> set[str]:
    """Every message that a template or a page's code puts to a reader."""
    package = files("uncounted.stages.publish")
    found = {said for _, said in SECTIONS} | {said for pair in TERMS for said in pair} | {said for _, said in FILES}
    found |= set(MEANING.values()) | {"accepted", "partly", "declined"}
    for one in package.joinpath("templates").iterdir():
        found |= set(re.findall(r'\bt\("([^"]+)"', one.read_text("utf-8")))
    for name in ("pages", "about", "explore"):
        text = package.joinpath(f"site/{name}.py").read_text("utf-8")
        found |= set(re.findall(r'\.t\("([^"]+)"\)', text))
    return found


def test_every_message_is_put_in_arabic_with_the_same_parts() -> None:
    table = spoken("ar").table["messages"]
    missing = sorted(messages() - table.keys())
    assert missing == []
    for said, arabic in table.items():
        assert sorted(re.findall(r"\{\w+\}", said)) == sorted(re.findall(r"\{\w+\}", arabic)), said


def test_every_closed_word_and_form_of_english_is_there_in_arabic() -> None:
    english, arabic = spoken("en").table, spoken("ar").table
    for name, words in english.items():
        if isinstance(words, dict) and name != "messages":
            assert words.keys() <= arabic[name].keys(), name
    assert len(arabic["months"]) == 12


@pytest.mark.parametrize(
    ("number", "said"),
    [(0, "لا حوادث"), (1, "حادثة واحدة"), (2, "حادثتان"), (3, "3 حوادث"), (11, "11 حادثة"), (100, "100 حادثة"),
     (103, "103 حوادث")],
)  # fmt: skip
def test_counted_things_follow_the_plural_forms(number: int, said: str) -> None:
    assert spoken("ar").n("incidents", number) == said


def test_a_range_is_put_in_words_that_no_direction_turns_around() -> None:
    assert spoken("ar").bounds(14, 18) == "14 إلى 18"
    assert spoken("ar").bounds(14, None) == "14 أو أكثر"


def test_a_part_of_a_message_is_escaped_and_cannot_name_another_part() -> None:
    said = spoken("en").t("in the report of {day}", day="<b>{day}</b>")
    assert said == "in the report of &lt;b&gt;{day}&lt;/b&gt;"


@pytest.mark.parametrize(
    ("english", "arabic"),
    [
        ("one origin says 27", "يقول مصدر أصلي واحد: 27"),
        ("2 origins say 14 or more, 16–17", "مصادر أصلية عددها 2 تقول: 14 أو أكثر، 16 إلى 17"),
        ("without a figure for health workers killed, adding nothing: 3 more incidents",
         "حوادث أخرى بلا رقم عن «قتلى (عاملون صحيون)» ولا تضيف شيئًا: 3"),
    ],
)  # fmt: skip
def test_a_reason_of_the_program_is_put_in_arabic(english: str, arabic: str) -> None:
    assert put(english, spoken("ar")) == arabic
    assert put(english, spoken("en")) == english


def test_a_reason_that_no_table_knows_stays_english_and_is_said_to_be() -> None:
    assert put("Somebody states that 3 of the 5 are in one incident", spoken("ar")) is None


def test_every_reason_of_the_demonstration_is_put_in_arabic(tmp_path: Path) -> None:
    build(tmp_path / "demo")
    with Case(tmp_path / "demo") as case:
        dossier = telling.dossier(case, telling.policy_of(case, "ohchr"))
    cells = [cell for cells in (*dossier.toll.values(), dossier.totals, *dossier.tables.values()) for cell in cells]
    reasons = {step for cell in cells for step in (*cell.why, *cell.contradictions)}
    reasons |= {reason for origins in dossier.origins.values() for origin in origins for reason in origin.reasons}
    assert len(reasons) > 20
    assert sorted(step for step in reasons if put(step, spoken("ar")) is None) == []


def test_a_working_title_is_in_the_pages_language_and_a_persons_own_stays() -> None:
    working = Incident(
        id="i", anchor="k", claims=(), title="Killed and injured, Qasr Lamin, 6 May 2031", place=MARKET, time=TUESDAY,
        titled=("killed", "injured"),
    )  # fmt: skip
    assert spoken("en").title(working) == working.title
    assert spoken("ar").title(working) == "قتلى وجرحى، Qasr Lamin\u200f، 6 أيار/مايو 2031"
    assert spoken("ar").title(msgspec.structs.replace(working, titled=(), title="The market")) == "The market"
