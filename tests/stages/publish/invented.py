"""A small invented case, made by hand: three reports, one of them in Arabic, two incidents."""

from uncounted.model.claims import Claim, Count, Named, Passage, Place, Source, Time
from uncounted.model.evidence import Capture
from uncounted.model.identity import digest
from uncounted.model.incidents import Incident, Origin, TollCell
from uncounted.model.release import Dossier

WIRE = (
    "At least 14 villagers died when shells fell on the market of Qasr Lamin on Tuesday, "
    "the district hospital said.\n\n"
    "Five of the dead were children. <script>document.title = 'taken over'</script>\n"
    "The army said that it had not fired that day."
)
ARABIC = "قال مسعف إن سبعة مدنيين قتلوا في قرية تل الورد.\nولم يعلق الجيش."
TOTAL = "The monitor says that 310 people have been killed since the spring."
TEXTS = {"cwire": WIRE, "carabic": ARABIC, "ctotal": TOTAL}


def passage(capture: str, words: str) -> Passage:
    start = TEXTS[capture].index(words)
    return Passage(words, start, start + len(words))


def quoted(capture: str, words: str) -> tuple[str, int, int]:
    found = passage(capture, words)
    return found.text, found.start, found.end


def _count(capture: str, words: str, low: int | None, high: int | None) -> Count:
    text, start, end = quoted(capture, words)
    quantifier = "at_least" if high is None else "exact"
    return Count(low=low, high=high, quantifier=quantifier, text=text, start=start, end=end)  # type: ignore[arg-type]


def _source(capture: str, words: str, kind: str) -> Source:
    text, start, end = quoted(capture, words)
    return Source(name=words, kind=kind, text=text, start=start, end=end)  # type: ignore[arg-type]


DESK = Source(name="Valley Wire", kind="publisher")
MARKET = Place(name="Qasr Lamin", within="Invented Province", lat=35.4, lon=38.9, precision="town")
HAMLET = Place(name="Tall al-Ward", lat=35.75, lon=39.3, precision="village")
TUESDAY = Time(from_="2031-05-06", to="2031-05-06", precision="day")
FRIDAY = Time(from_="2031-05-09", to="2031-05-09", precision="day")

KILLED = Claim(
    document="cwire", id="kkilled", harm="killed",
    passage=passage("cwire", "At least 14 villagers died when shells fell on the market of Qasr Lamin on Tuesday"),
    victim=passage("cwire", "14 villagers"), count=_count("cwire", "At least 14", 14, None),
    attribution=(DESK, _source("cwire", "the district hospital", "medical")), place=MARKET, time=TUESDAY,
    actor=Named(name="=cmd|army"), means=Named(name="shelling"), confidence=0.9, reader="grammar/1",
)  # fmt: skip
CHILDREN = Claim(
    document="cwire", id="kchildren", harm="killed", group="children",
    passage=passage("cwire", "Five of the dead were children"), victim=passage("cwire", "Five of the dead"),
    count=_count("cwire", "Five", 5, 5), subset_of="kkilled", attribution=(DESK,), reader="grammar/1",
)  # fmt: skip
DENIAL = Claim(
    document="cwire", id="kdenied", harm="killed", modality="denied",
    passage=passage("cwire", "it had not fired that day"),
    attribution=(DESK, _source("cwire", "The army", "belligerent")), reader="person",
)  # fmt: skip
SEVEN = Claim(
    document="carabic", id="kseven", harm="killed", group="civilians",
    passage=passage("carabic", "سبعة مدنيين قتلوا في قرية تل الورد"), victim=passage("carabic", "سبعة مدنيين"),
    count=_count("carabic", "سبعة", 7, 7), attribution=(_source("carabic", "مسعف", "medical"),), place=HAMLET,
    time=FRIDAY, reader="person",
)  # fmt: skip
RUNNING = Claim(
    document="ctotal", id="ktotal", harm="killed", scope="cumulative",
    passage=passage("ctotal", "310 people have been killed since the spring"), count=_count("ctotal", "310", 310, 310),
    attribution=(_source("ctotal", "The monitor", "monitor"),), reader="grammar/1",
)  # fmt: skip

FIRST = Incident(
    id="imarket", anchor="kkilled", claims=("kkilled", "kchildren", "kdenied"), title="Shelling of a market",
    place=MARKET, time=TUESDAY, actors=("the army",), grade="fair",
)  # fmt: skip
SECOND = Incident(id="ihamlet", anchor="kseven", claims=("kseven",), title="قرية تل الورد", place=HAMLET, time=FRIDAY)


def _cell(
    low: int | None,
    high: int | None,
    *claims: str,
    why: tuple[str, ...] = ("the lowest and the highest count of any origin",),
    **cell: str,
) -> TollCell:
    incidents = tuple(i.id for i in (FIRST, SECOND) if set(i.claims) & set(claims))
    return TollCell(
        cell=cell, low=low, high=high, policy="reported", incidents=incidents, origins=len(incidents), claims=claims,
        why=why,
    )  # fmt: skip


def _capture(name: str, **more: str) -> Capture:
    text = TEXTS[name]
    return Capture(
        id=name, object=digest(b"original of " + name.encode()), form="text", size=len(text.encode()),
        name=f"/home/someone/{name}.txt", taken="2031-06-01T08:00:00Z", text=digest(text.encode()),
        characters=len(text), **more,  # type: ignore[arg-type]
    )  # fmt: skip


def dossier(**changes: object) -> Dossier:
    """The invented case as a dossier."""
    fields: dict[str, object] = {
        "title": "A week in the valley", "invented": True, "facts": 41, "root": digest(b"root"), "policy": "reported",
        "rules": {"bounds": {"open_high": "stays open", "dozens": (None, None)}, "cumulative": False},
        "toll": {
            "": (
                _cell(21, None, "kkilled", "kseven", harm="killed", group="people"),
                _cell(5, 5, "kchildren", harm="killed", group="children"),
            ),
            "month": (_cell(21, None, "kkilled", "kseven", month="2031-05", harm="killed", group="people"),),
            "incident": (
                _cell(14, None, "kkilled", incident="imarket", harm="killed", group="people"),
                _cell(5, 5, "kchildren", incident="imarket", harm="killed", group="children"),
                _cell(7, 7, "kseven", incident="ihamlet", harm="killed", group="people"),
            ),
        },
        "incidents": (FIRST, SECOND),
        "claims": {claim.id: claim for claim in (KILLED, CHILDREN, DENIAL, SEVEN, RUNNING)},
        "origins": {
            "imarket": (
                Origin(id="o1", name="the district hospital", kind="medical", claims=("kkilled", "kchildren"),
                       reasons=("both are told by the district hospital",)),
                Origin(id="o2", name="The army", kind="belligerent", claims=("kdenied",)),
            ),
            "ihamlet": (Origin(id="o3", name="مسعف", kind="medical", claims=("kseven",)),),
        },
        "captures": {
            "cwire": _capture("cwire", title="Shells hit <b>market</b>", publisher="Valley Wire",
                              published="2031-05-07", language="en"),
            "carabic": _capture("carabic", publisher="صوت الوادي", published="2031-05-09", language="ar"),
            "ctotal": _capture("ctotal", publisher="A monitor"),
        },
        "texts": dict(TEXTS), "as_of": "2031-06-02T10:00:00Z",
    }  # fmt: skip
    return Dossier(**(fields | changes))  # type: ignore[arg-type]
