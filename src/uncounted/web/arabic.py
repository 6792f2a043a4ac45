"""Claims, bounds, dates and the field's words in Arabic; the same functions as :mod:`uncounted.stages.publish.words`.

Sentences are built so that no number governs a noun (``قتلى من المدنيين: 14 أو أكثر``), for agreement in Arabic
depends on the number. Months bear both of their Arabic names.
"""

from collections.abc import Mapping

from uncounted.model.claims import Claim, Count, Place, Time
from uncounted.model.evidence import Capture
from uncounted.stages.publish import words as english

UNKNOWN = "غير معروف"
RADII = english.RADII

HARMS: Mapping[str, str] = {
    "killed": "قتلى",
    "injured": "جرحى",
    "casualties": "قتلى أو جرحى",
    "missing": "مفقودون",
    "detained": "محتجزون",
    "displaced": "نازحون",
    "trapped": "عالقون",
    "orphaned": "أيتام",
    "abused": "ضحايا انتهاكات",
    "attacked": "استهداف بهجوم",
    "destroyed": "تدمير",
}
GROUPS: Mapping[str, str] = {
    "people": "أشخاص",
    "civilians": "مدنيون",
    "children": "أطفال",
    "women": "نساء",
    "men": "رجال",
    "combatants": "مقاتلون",
    "journalists": "صحفيون",
    "health_workers": "عاملون صحيون",
    "aid_workers": "عاملون في الإغاثة",
}
_OF: Mapping[str, str] = {
    "civilians": "من المدنيين",
    "children": "من الأطفال",
    "women": "من النساء",
    "men": "من الرجال",
    "combatants": "من المقاتلين",
    "journalists": "من الصحفيين",
    "health_workers": "من العاملين الصحيين",
    "aid_workers": "من العاملين في الإغاثة",
}
KINDS: Mapping[str, str] = {
    "publisher": "ناشر",
    "press": "صحافة",
    "monitor": "جهة رصد",
    "official": "جهة رسمية",
    "belligerent": "طرف في النزاع",
    "medical": "مصدر طبي",
    "witness": "شاهد",
    "relative": "قريب",
    "agency": "وكالة أنباء",
    "social": "وسائل التواصل",
    "document": "التقرير نفسه",
    "anonymous": "مصدر لم يُسمَّ",
    "unknown": "مصدر غير معروف النوع",
}
MODALITIES: Mapping[str, str] = {
    "asserted": "قيل إنه وقع",
    "estimated": "تقدير",
    "presumed": "مفترض",
    "possible": "محتمل",
    "ordered": "أُمر به، ولم يُقَل إنه وقع",
    "threatened": "هُدِّد به، ولم يُقَل إنه وقع",
    "denied": "نُفي",
    "no_estimate": "دون تقدير",
}
SCOPES: Mapping[str, str] = {
    "incident": "حادثة واحدة",
    "period": "فترة؛ لا تُجمع مع الحوادث",
    "cumulative": "حصيلة تراكمية؛ لا تُجمع مع الحوادث",
}
MONTHS = (
    "كانون الثاني/يناير",
    "شباط/فبراير",
    "آذار/مارس",
    "نيسان/أبريل",
    "أيار/مايو",
    "حزيران/يونيو",
    "تموز/يوليو",
    "آب/أغسطس",
    "أيلول/سبتمبر",
    "تشرين الأول/أكتوبر",
    "تشرين الثاني/نوفمبر",
    "كانون الأول/ديسمبر",
)
_PRECISIONS = {
    "exact": "الموضع نفسه",
    "street": "الشارع",
    "neighbourhood": "الحي",
    "village": "القرية",
    "town": "البلدة",
    "city": "المدينة",
    "district": "المنطقة",
    "province": "المحافظة",
    "country": "البلد",
}
_UNITS = {"person": "", "household": " (أُسَر)", "family": " (عائلات)", "body": " (جثث)"}


def bounds(low: int | None, high: int | None) -> str:
    """A range in words."""
    if low is None:
        return UNKNOWN if high is None else f"حتى {_figure(high)}"
    if high is None:
        return f"{_figure(low)} أو أكثر"
    return _figure(low) if low == high else f"{_figure(low)}–{_figure(high)}"


def _figure(number: int) -> str:
    return f"{number:,}" if number >= 10_000 else str(number)


def counted(count: Count) -> str:
    """A claim's count as it was said, with its unit where that is not persons."""
    low, high = count.low, count.high
    match count.quantifier:
        case "unquantified":
            return "دون ذكر عدد"
        case "vague":
            return f"«{count.text}»" if count.text else "عدد غير محدد"
        case "more_than" if low is not None and high is None:
            said = f"أكثر من {_figure(low)}"
        case "less_than" if high is not None and low is None:
            said = f"أقل من {_figure(high)}"
        case "about" if low is not None and low == high:
            said = f"نحو {_figure(low)}"
        case _:
            said = bounds(low, high)
    return said + _UNITS[count.unit]


def statement(claim: Claim) -> str:
    """A claim in a line: ``قتلى من المدنيين: 14 أو أكثر``."""
    return f"{who(claim.group, claim.harm)}: {counted(claim.count)}"


def sentence(said: str) -> str:
    """Words as the beginning of a sentence; Arabic has no capitals."""
    return said


def who(group: str, harm: str) -> str:
    """What a figure counts."""
    said = HARMS.get(harm, harm)
    return f"{said} {_OF[group]}" if group in _OF else said


def day(iso: str | None) -> str:
    """A date in words from ISO 8601; what is no date is given as it is."""
    if not iso:
        return UNKNOWN
    parts = iso[:10].split("-")
    if not all(part.isdigit() for part in parts) or (len(parts) > 1 and not 1 <= int(parts[1]) <= 12):
        return iso
    named = [MONTHS[int(part) - 1] if at == 1 else str(int(part)) for at, part in enumerate(parts)]
    return " ".join(reversed(named))


def when(time: Time | None) -> str:
    """When a harm happened, with what is unsure about it."""
    if time is None or (time.from_ is None and time.to is None):
        return UNKNOWN
    if time.from_ == time.to:
        said = day(time.from_)
    elif time.from_ is None:
        said = f"حتى {day(time.to)}"
    elif time.to is None:
        said = f"منذ {day(time.from_)}"
    else:
        said = f"بين {day(time.from_)} و{day(time.to)}"
    return f"{said} (تاريخ التقرير؛ لم يُذكر تاريخ الحادثة)" if time.of == "report" else said


def where(place: Place | None) -> str:
    """Where a harm happened: the place and what it lies in."""
    if place is None:
        return UNKNOWN
    return f"{place.name}، {place.within}" if place.within else place.name


def precision(place: Place | None) -> str:
    """How precisely a place is known, in words."""
    if place is None:
        return UNKNOWN
    if place.lat is None or place.lon is None:
        if place.alternatives:
            return f"غير محسوم؛ عدد الأماكن التي تحمل هذا الاسم: {len(place.alternatives)}"
        return "غير موجود في معجم الأماكن"
    return f"بدقة {_PRECISIONS[place.precision]}" if place.precision else UNKNOWN


def headline(capture: Capture) -> str:
    """What a report is called: its title, else its date and publisher, else its id."""
    if capture.title:
        return capture.title
    known = [part for part in (day(capture.published) if capture.published else None, capture.publisher) if part]
    return "، ".join(known) or f"تقرير {capture.id}"
