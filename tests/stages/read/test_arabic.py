"""Arabic: counts, duals, prefixes, hedges, means, mixed languages, and spans that stay verbatim."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import uncounted
from tests.stages.read.reading import read, short
from uncounted.model.claims import Document
from uncounted.stages.read.standard import standard_reader

CASES = [
    ("قُتل 26 شخصاً في قصف صاروخي.", ["killed 26 people"]),
    ("قتل ٧ مدنيين في السوق.", ["killed 7 civilians"]),
    ("قتل ۹ مدنيين في السوق.", ["killed 9 civilians"]),
    ("مقتل 4 أشخاص قرب الجسر.", ["killed 4 people"]),
    ("استشهاد 5 مواطنين في القرية.", ["killed 5 people"]),
    ("استشهد 6 أطفال جراء القصف.", ["killed 6 children"]),
    ("استشهدت 3 نساء جراء القصف.", ["killed 3 women"]),
    ("ارتقى 8 شهداء في المخيم.", ["killed 8 people"]),
    ("ارتقاء 11 شهيداً في المخيم.", ["killed 11 people"]),
    ("سقوط 3 قتلى في الغارة.", ["killed 3 people"]),
    ("سقط 12 قتيلاً في الهجوم.", ["killed 12 people"]),
    ("وفاة 4 مصابين.", ["killed 4 people", "injured 4 people"]),
    ("توفي رجل متأثراً بجراحه.", ["killed 1 men"]),
    ("قضى 9 أشخاص تحت الركام.", ["killed 9 people"]),
    ("لقي أربعة عمال مصرعهم في الانفجار.", ["killed 4 people"]),
    ("لقيت امرأة حتفها.", ["killed 1 women"]),
    ("فقد 3 رجال حياتهم.", ["killed 3 men"]),
    ("فقدت طفلة حياتها في القصف.", ["killed 1 children"]),
    ("أودى القصف بحياة 5 مدنيين.", ["killed 5 civilians"]),
    ("مجزرة راح ضحيتها 14 مدنياً.", ["killed 14 civilians"]),
    ("5 شهداء و20 جريحاً في غارة.", ["killed 5 people", "injured 20 people"]),
    ("شهيد وثلاثة جرحى في القصف.", ["killed 1 people", "injured 3 people"]),
    ("قتيل وجريحان في الانفجار.", ["killed 1 people", "injured 2 people"]),
    ("شهيدان في البلدة.", ["killed 2 people"]),
    ("سقوط شهيدين في البلدة.", ["killed 2 people"]),
    ("قتيلان وجريح.", ["killed 2 people", "injured 1 people"]),
    ("استشهاد طفلين.", ["killed 2 children"]),
    ("استشهد طفلان.", ["killed 2 children"]),
    ("استشهاد الطفلين.", ["killed 2 children"]),
    ("مقتل امرأتين.", ["killed 2 women"]),
    ("قتلت امرأتان.", ["killed 2 women"]),
    ("مقتل رجلين.", ["killed 2 men"]),
    ("مقتل شخصين وإصابة شابين.", ["killed 2 people", "injured 2 men"]),
    ("إصابة طفلتين.", ["injured 2 children"]),
    ("أصيبت سيدتان.", ["injured 2 women"]),
    ("إصابة جنديين.", ["injured 2 combatants"]),
    ("مقتل صحفيين.", ["killed ? journalists"]),
    ("إصابة مدنيين.", ["injured ? civilians"]),
    ("إصابة مدنيين اثنين.", ["injured 2 civilians"]),
    ("مقتل مواطنين اثنين.", ["killed 2 people"]),
    ("مقتل مدنيان.", ["killed 2 civilians"]),
    ("إصابة آخرين.", ["injured ? people"]),
    ("إصابة 12 آخرين.", ["injured 12 people"]),
    ("مقتل مدني واحد.", ["killed 1 civilians"]),
    ("مقتل طفل.", ["killed 1 children"]),
    ("مقتل مواطن.", ["killed 1 people"]),
    ("استشهدت طفلة.", ["killed 1 children"]),
    ("مقتل أحد المدنيين.", ["killed 1 civilians"]),
    ("إصابة امرأة.", ["injured 1 women"]),
    ("استشهاد خمسة مدنيين.", ["killed 5 civilians"]),
    ("مقتل ثلاث نساء.", ["killed 3 women"]),
    ("مقتل عشرة عمال.", ["killed 10 people"]),
    ("مقتل أحد عشر عاملاً.", ["killed 11 people"]),
    ("مقتل اثني عشر مدنياً.", ["killed 12 civilians"]),
    ("قتل ثلاثة عشر مدنياً.", ["killed 13 civilians"]),
    ("قتلت خمس عشرة امرأة.", ["killed 15 women"]),
    ("مقتل عشرين مدنياً.", ["killed 20 civilians"]),
    ("قتل خمسة وعشرون مدنياً.", ["killed 25 civilians"]),
    ("مقتل ثلاثة وثلاثين شخصاً.", ["killed 33 people"]),
    ("إصابة سبعة وأربعين شخصاً.", ["injured 47 people"]),
    ("إصابة تسعة وتسعين شخصاً.", ["injured 99 people"]),
    ("مقتل مئة شخص.", ["killed 100 people"]),
    ("مقتل مائة شخص.", ["killed 100 people"]),
    ("مقتل مئة وخمسة أشخاص.", ["killed 105 people"]),
    ("مقتل مئتي شخص.", ["killed 200 people"]),
    ("نزوح ثلاثمئة عائلة.", ["displaced 300 people"]),
    ("نزوح خمسمائة شخص.", ["displaced 500 people"]),
    ("نزوح ألف شخص.", ["displaced 1000 people"]),
    ("نزوح ألفي شخص.", ["displaced 2000 people"]),
    ("نزوح خمسة آلاف شخص.", ["displaced 5000 people"]),
    ("نزوح عشرين ألف مدني.", ["displaced 20000 civilians"]),
    ("نزوح مئة ألف مدني.", ["displaced 100000 civilians"]),
    ("نزوح 1,200 شخص.", ["displaced 1200 people"]),
    ("نزوح ١٢٠٠ شخص.", ["displaced 1200 people"]),
    ("نزوح 12 ألف شخص.", ["displaced 12000 people"]),
    ("نزوح 1.5 مليون شخص.", ["displaced 1500000 people"]),
    ("مقتل أكثر من 30 مدنياً.", ["killed 30.. civilians"]),
    ("مقتل ما لا يقل عن 9 مدنيين.", ["killed 9.. civilians"]),
    ("مقتل 5 مدنيين على الأقل.", ["killed 5.. civilians"]),
    ("مقتل أقل من عشرة مدنيين.", ["killed ..10 civilians"]),
    ("إصابة نحو 40 شخصاً.", ["injured 40 people"]),
    ("إصابة حوالي 15 شخصاً.", ["injured 15 people"]),
    ("إصابة قرابة خمسين شخصاً.", ["injured 50 people"]),
    ("مقتل ما يزيد عن 70 شخصاً.", ["killed 70.. people"]),
    ("مقتل 3 إلى 5 مدنيين.", ["killed 3..5 civilians"]),
    ("مقتل بين 10 و12 مدنياً.", ["killed 10..12 civilians"]),
    ("مقتل عدد من المدنيين.", ["killed 2.. civilians"]),
    ("إصابة عدة أشخاص.", ["injured 3.. people"]),
    ("مقتل عشرات المدنيين.", ["killed 20.. civilians"]),
    ("إصابة العشرات.", ["injured 20.. people"]),
    ("مقتل مئات المدنيين.", ["killed 200.. civilians"]),
    ("نزوح آلاف المدنيين.", ["displaced 2000.. civilians"]),
    ("مقتل وإصابة 37 مدنياً.", ["casualties 37 civilians"]),
    ("سقط 30 مدنياً بين قتيل وجريح.", ["casualties 30 civilians"]),
    ("5 ضحايا في الحادث.", ["casualties 5 people"]),
    ("فقدان 3 صيادين.", ["missing 3 people"]),
    ("اعتقال 6 شبان.", ["detained 6 men"]),
    ("اعتقل الجيش 4 أشخاص.", ["detained 4 people"]),
    ("نزوح 40 عائلة من القرية.", ["displaced 40 people"]),
    ("ارتفاع حصيلة الشهداء إلى 12.", ["killed 12 people"]),
    ("ارتفع عدد القتلى إلى 18 شخصاً.", ["killed 18 people"]),
    ("قتلت قوات النظام 3 مدنيين.", ["killed 3 civilians"]),
    ("قتل في الغارة 4 مدنيين.", ["killed 4 civilians"]),
    ("قتل صباح اليوم 4 مدنيين.", ["killed 4 civilians"]),
    ("3 مدنيين قتلوا في القصف.", ["killed 3 civilians"]),
    ("إصابة 3 مسعفين.", ["injured 3 health_workers"]),
    ("استشهاد 2 من المتطوعين.", ["killed 2 aid_workers"]),
    ("انتشال جثة طفل.", ["killed 1 people"]),
    ("ارتفع عدد ضحايا القصف إلى 43 شهيداً.", ["killed 43 people"]),
    ("ارتفع عدد ضحايا القصف إلى 43 شخصاً.", ["casualties 43 people"]),
    ("العثور على جثث ثلاثة مدنيين في القرية.", ["killed 3 civilians"]),
    ("مقتل عائلة مكونة من خمسة أشخاص.", ["killed 5 people"]),
    ("مقتل عائلة من القرية.", ["killed 1 people"]),
    ("مقتل 3 عائلات من القرية.", ["killed 3 people"]),
    ("نزوح مليوني شخص.", ["displaced 2000000 people"]),
    ("نزوح مليون ونصف المليون شخص.", ["displaced 1500000 people"]),
    ("نزوح مليون شخص ونصف السكان.", ["displaced 1000000 people"]),
    ("مقتل عامل إغاثة.", ["killed 1 aid_workers"]),
    ("وأسفر القصف عن مقتل رجل وإصابة زوجته.", ["killed 1 men", "injured 1 women"]),
    ("مقتل رجل وطفله.", ["killed 1 men", "killed 1 children"]),
    ("أدى لمقتل 4 مدنيين وإصابة 5 آخرين بجروح.", ["killed 4 civilians", "injured 5 people"]),
    ("بمقتل 4 مدنيين.", ["killed 4 civilians"]),
    ("12 شـ ـهـ ـيداً في قصف.", ["killed 12 people"]),
    ("3 قتلي و4 جرحى.", ["killed 3 people", "injured 4 people"]),
    ("مقتل 4 مدنين.", ["killed 4 people"]),
]

HEDGED = [
    ("لم يقتل أحد في القصف.", {"denied"}),
    ("قصف المدينة دون وقوع إصابات.", {"denied"}),
    ("سقطت القذيفة دون تسجيل إصابات.", {"denied"}),
    ("لا توجد إصابات بين السكان.", {"denied"}),
    ("لم تسجل أي إصابات.", {"denied"}),
    ("لم يسفر القصف عن قتلى.", {"denied"}),
    ("نفى المتحدث مقتل 5 جنود.", {"denied"}),
    ("نفت الوزارة سقوط 3 قتلى.", {"denied"}),
    ("أنباء عن سقوط 3 شهداء.", {"presumed"}),
    ("وسط أنباء عن مقتل 4 مدنيين.", {"presumed"}),
    ("يعتقد أن القصف أدى إلى مقتل 6 أشخاص.", {"presumed"}),
    ("يخشى مقتل 7 أشخاص.", {"presumed"}),
    ("أنباء غير مؤكدة عن مقتل طفل.", {"possible"}),
    ("شائعات عن مقتل 3 أشخاص.", {"possible"}),
    ("في حال مقتل 3 جنود.", {"possible"}),
    ("ربما قتل 4 أشخاص.", {"possible"}),
    ("قد يؤدي ذلك إلى مقتل 40 شخصاً.", {"possible"}),
    ("هدد بقتل 5 رهائن.", {"threatened"}),
    ("هددت الجماعة بقتل 3 أسرى.", {"threatened"}),
    ("أمر بقتل 3 أسرى.", {"ordered"}),
    ("محاولة اغتيال وزير.", set()),
    ("أحبط محاولة قتل 3 ضباط.", set()),
    ("تقديرات بمقتل 400 شخص.", {"estimated"}),
]


@pytest.mark.parametrize(("text", "told"), CASES, ids=range(len(CASES)))
def test_a_sentence_tells_these_counts(text: str, told: list[str]) -> None:
    assert [short(claim) for claim in read(text, "ar") if "inferred_sum" not in claim.flags] == told


@pytest.mark.parametrize(("text", "said"), HEDGED, ids=range(len(HEDGED)))
def test_a_hedged_harm_is_not_asserted(text: str, said: set[str]) -> None:
    assert {claim.modality for claim in read(text, "ar") if claim.harm in ("killed", "injured")} == said


def test_a_part_belongs_to_the_harm_before_it() -> None:
    told = read("مقتل 4 مدنيين وإصابة 13 آخرين بينهم 3 أطفال وامرأتان.", "ar")
    assert [short(claim) for claim in told] == [
        "killed 4 civilians", "injured 13 people", "injured 3 children", "injured 2 women",
    ]  # fmt: skip
    assert [claim.subset_of for claim in told] == [None, None, told[1].id, told[1].id]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("مقتل 3 مدنيين بغارة جوية.", "airstrike"),
        ("مقتل 3 مدنيين بانفجار عبوة ناسفة.", "ied"),
        ("مقتل 3 مدنيين ببرميل متفجر.", "barrel_bomb"),
        ("مقتل 3 مدنيين بانفجار لغم.", "mine"),
        ("مقتل 3 مدنيين بقصف مدفعي.", "shelling"),
    ],
)
def test_the_means_are_read_behind_prefixes(text: str, name: str) -> None:
    (claim,) = read(text, "ar")
    assert claim.means is not None
    assert claim.means.name == name


@pytest.mark.parametrize(
    "text",
    ["عناصر الدفاع المدني وصلوا إلى المكان.", "كتائب شهداء القرية دخلت المدينة.", "صلى الناس على روح الشهيد فلان.",
     "مدرسة الشهيد في الحي.", "فاز الفريق بثلاثة أهداف.", "قصف مدفعي على أطراف القرية.", "نفقت 30 رأساً من الأغنام."],
)  # fmt: skip
def test_words_of_harm_in_names_and_titles_tell_of_no_count(text: str) -> None:
    assert [claim for claim in read(text, "ar") if claim.count.low is not None] == []


@pytest.mark.parametrize(
    ("text", "chain"),
    [
        ("وقال مرصد الشمال إن 5 مدنيين قتلوا.", [("monitor", "مرصد الشمال")]),
        ("قُتل 3 أشخاص في القصف، بحسب الدفاع المدني في المدينة.", [("medical", "الدفاع المدني")]),
        ("نقلت وكالة الشمال عن مصدر طبي أن 3 أطفال قتلوا.", [("press", "وكالة الشمال"), ("medical", "مصدر طبي")]),
        ("وأفادت مصادر محلية بمقتل 4 مدنيين.", [("anonymous", "مصادر محلية")]),
        ("وفقاً لوزارة الصحة قتل 3 أشخاص.", [("medical", "وزارة الصحة")]),
        ("قتل 3 أشخاص.", [("document", "d")]),
    ],
)
def test_the_chain_names_who_tells(text: str, chain: list[tuple[str, str]]) -> None:
    (claim,) = standard_reader().read(Document(id="d", text=text, language="ar"))
    assert [(node.kind, node.name) for node in claim.attribution] == chain
    for node in claim.attribution:
        assert node.text is None or node.text == text[node.start : node.end]


def test_each_sentence_of_a_mixed_document_is_read_in_its_own_language() -> None:
    text = "Five people were killed in the raid.\nمقتل 4 مدنيين في الغارة."
    for language in ("en", "ar"):
        assert [short(claim) for claim in read(text, language)] == ["killed 5 people", "killed 4 civilians"]


def test_the_demos_arabic_report_is_read() -> None:
    folder = Path(uncounted.__file__).parent / "demo" / "reports"
    text = next(folder.glob("12_*")).read_text(encoding="utf-8")
    assert "killed 26 people" in [short(claim) for claim in read(text, "ar")]


_MARKS = "\u064b\u064f\u0650\u0651\u0652\u0640\u200f\u200e\u202b\u202c\u2067\u2069"


@given(st.sampled_from([text for text, _ in CASES]), st.lists(st.tuples(st.integers(0, 80), st.sampled_from(_MARKS))))
def test_spans_are_verbatim_whatever_marks_stand_between_the_letters(text: str, marks: list[tuple[int, str]]) -> None:
    for at, mark in marks:
        text = text[:at] + mark + text[at:]
    for claim in read(text, "ar"):
        for part in (claim.passage, claim.victim, claim.means, claim.actor):
            if part is not None:
                assert part.text == text[part.start : part.end]
        count = claim.count
        if count.text is not None and count.start is not None and count.end is not None:
            assert count.text == text[count.start : count.end]


@given(st.lists(st.sampled_from([text for text, _ in CASES]), max_size=4))
def test_marks_inside_words_change_no_count(texts: list[str]) -> None:
    plain = " ".join(texts)
    marked = "".join(letter + ("\u064e\u0640" if "ء" <= letter <= "ي" else "") for letter in plain)
    if "ـ" not in plain:
        assert json.dumps([short(claim) for claim in read(plain, "ar")]) == json.dumps(
            [short(claim) for claim in read(marked, "ar")]
        )
