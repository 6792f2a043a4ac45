from uncounted.stages.capture.language import language_of


def test_a_long_text_has_a_language() -> None:
    assert language_of("Four people died in the strike on the market on Tuesday, and the hospital named them.") == "en"
    assert language_of("قُتل أربعة أشخاص في البلدة المختلقة يوم الاثنين، بحسب المستشفى، وأصيب تسعة آخرون بجروح.") == "ar"


def test_a_short_or_wordless_text_has_none() -> None:
    assert language_of("Four dead.") is None
    assert language_of("12 34 56 " * 40) is None
