"""The chain behind a claim runs from the publisher to whoever told it first, in the words of the text."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uncounted.model.claims import Claim, Document, Passage
from uncounted.stages.read.chains import chains


def claim(text: str, said: str) -> Claim:
    start = text.index(said)
    return Claim(document="d", id=f"d#{start}", harm="killed", passage=Passage(said, start, start + len(said)))


def chained(text: str, said: str, publisher: str | None = "The Courier") -> Claim:
    (found,) = chains(Document(id="d", text=text, publisher=publisher), (claim(text, said),))
    return found


def chain(text: str, said: str) -> list[str]:
    """The nodes after the publisher, as ``name/kind``."""
    found = chained(text, said)
    first = found.attribution[0]
    assert (first.name, first.kind, first.text) == ("The Courier", "publisher", None)
    return [f"{node.name}/{node.kind}" for node in found.attribution[1:]]


NONE = ["The Courier/document"]
CHAINS = [
    # one speaker, before or after what is said
    ("Nine people died, the district hospital said.", "Nine people died", ["the district hospital/medical"]),
    ("The district hospital said nine people died.", "nine people died", ["The district hospital/medical"]),
    ("The district hospital said that nine people died.", "nine people died", ["The district hospital/medical"]),
    ("According to the district hospital, nine people died.", "nine people died", ["the district hospital/medical"]),
    ("Nine people died, according to the district hospital.", "Nine people died", ["the district hospital/medical"]),
    ("Nine people died in the fire, police said on Friday.", "Nine people died", ["police/official"]),
    ("Police confirmed that nine people died.", "nine people died", ["Police/official"]),
    ("A military spokesman said nine rebels died.", "nine rebels died", ["A military spokesman/belligerent"]),
    ("A spokesman for the army said nine rebels were killed.", "nine rebels were killed",
     ["A spokesman for the army/belligerent"]),
    ("The coalition denied that its jets killed nine people.", "killed nine people", ["The coalition/belligerent"]),
    ("The army admitted that nine people were killed.", "nine people were killed", ["The army/belligerent"]),
    ("Witnesses said nine people were killed.", "nine people were killed", ["Witnesses/witness"]),
    ("Two residents said nine people were killed.", "nine people were killed", ["Two residents/witness"]),
    ("Local sources reported that nine people were killed.", "nine people were killed", ["Local sources/anonymous"]),
    ("Medical sources said nine people were killed.", "nine people were killed", ["Medical sources/medical"]),
    ("State media reported that nine people were killed.", "nine people were killed", ["State media/press"]),
    ("The governor of Aldo said nine people died.", "nine people died", ["The governor of Aldo/official"]),
    ("His mother said nine people were killed.", "nine people were killed", ["His mother/relative"]),
    ("A cousin of the dead man said nine people were killed.", "nine people were killed",
     ["A cousin of the dead man/relative"]),
    ("UNICEF said nine children were killed.", "nine children were killed", ["UNICEF/agency"]),
    ("The Nahr Observatory documented the killing of nine people.", "the killing of nine people",
     ["The Nahr Observatory/monitor"]),
    ("A Telegram channel reported that nine people were killed.", "nine people were killed",
     ["A Telegram channel/social"]),
    ("The interior ministry announced that nine people died.", "nine people died", ["The interior ministry/official"]),
    ("Rescue workers said nine bodies were found.", "nine bodies were found", ["Rescue workers/medical"]),
    ("At least nine people were killed near Aldo, local officials said on Monday.", "nine people were killed",
     ["local officials/official"]),
    ("Nine people died, local officials and medics said on Monday.", "Nine people died", ["medics/medical"]),
    ("A US defence official said nine fighters died.", "nine fighters died", ["A US defence official/belligerent"]),
    ("WHO said nine people died.", "nine people died", ["WHO/agency"]),
    ("The army said two men died. The communique adds that nine people were hurt.", "nine people were hurt",
     ["The army/belligerent"]),
    # quoted speech
    ('"Nine people died," said Omar Selim.', "Nine people died", ["Omar Selim/unknown"]),
    ('"Nine people died," Omar Selim said.', "Nine people died", ["Omar Selim/unknown"]),
    ('Omar Selim said: "Nine people died."', "Nine people died", ["Omar Selim/unknown"]),
    ('"Nine people died," said a doctor at the clinic.', "Nine people died", ["a doctor at the clinic/medical"]),
    ('"We ran," said Omar Selim, a resident of Aldo. "Nine people died."', "Nine people died", ["Omar Selim/witness"]),
    ("“Nine people died,” said Omar Selim.", "Nine people died", ["Omar Selim/unknown"]),
    # a name with its office
    ("Dr. Lina Haddad, director of the Nahr hospital, said nine people died.", "nine people died",
     ["Dr. Lina Haddad/medical"]),
    ("Omar Selim, a resident of Aldo, said nine people died.", "nine people died", ["Omar Selim/witness"]),
    ("Colonel Juan Reyes said nine guerrillas died.", "nine guerrillas died", ["Colonel Juan Reyes/belligerent"]),
    # one passes on what another said
    ("Reuters quoted a doctor as saying that nine people died.", "nine people died",
     ["Reuters/agency", "a doctor/medical"]),
    ("Reuters reported that a doctor said nine died.", "nine died", ["Reuters/agency", "a doctor/medical"]),
    ("State television reported that the governor said nine people died.", "nine people died",
     ["State television/press", "the governor/official"]),
    ("The health ministry, citing hospitals, said nine people died.", "nine people died",
     ["The health ministry/official", "hospitals/medical"]),
    ("Nine people died, the Nahr Observatory reported, citing local residents.", "Nine people died",
     ["the Nahr Observatory/monitor", "local residents/witness"]),
    ("A nurse told Reuters that nine people died.", "nine people died", ["Reuters/agency", "A nurse/medical"]),
    ("Nine people died, a nurse told the Sahel news agency.", "Nine people died",
     ["the Sahel news agency/agency", "a nurse/medical"]),
    ("A nurse told reporters that nine people died.", "nine people died", ["A nurse/medical"]),
    ("The ministry was quoted by Reuters as saying nine people died.", "nine people died",
     ["Reuters/agency", "The ministry/official"]),
    ("In a statement carried by the Sahel news agency, the coalition said nine fighters died.", "nine fighters died",
     ["the Sahel news agency/agency", "the coalition/belligerent"]),
    # what points back
    ("The Nahr Observatory said two died. The group said nine people were hurt.", "nine people were hurt",
     ["The Nahr Observatory/monitor"]),
    ("The Nahr Observatory said two died. It added that nine people were hurt.", "nine people were hurt",
     ["The Nahr Observatory/monitor"]),
    ("A doctor said two died. He said nine people were hurt.", "nine people were hurt", ["A doctor/medical"]),
    ("A doctor said two died. She added that nine people were hurt.", "nine people were hurt", ["A doctor/medical"]),
    ("A security source said two died. The same source said nine people were hurt.", "nine people were hurt",
     ["A security source/belligerent"]),
    ("The Sahel news agency said two died. The agency said nine people were hurt.", "nine people were hurt",
     ["The Sahel news agency/press"]),
    ("Colonel Juan Reyes said two died. Reyes said nine people were hurt.", "nine people were hurt",
     ["Colonel Juan Reyes/belligerent"]),
    ("The Nahr Centre for Human Rights said two died. NCHR said nine people were hurt.", "nine people were hurt",
     ["The Nahr Centre for Human Rights/monitor"]),
    ("The health ministry said two died. The ministry said nine people were hurt.", "nine people were hurt",
     ["The health ministry/official"]),
    ("Witnesses said two died. They said nine people were hurt.", "nine people were hurt", ["Witnesses/witness"]),
    ("A doctor said two died. Police said nine people were hurt.", "nine people were hurt", ["Police/official"]),
    ("A doctor said two died. Sources said nine people were hurt.", "nine people were hurt", ["Sources/anonymous"]),
    ("Sources close to the families told our correspondent that nine people died.", "nine people died",
     ["our correspondent/press", "Sources close to the families/anonymous"]),
    # protection
    ("An official who spoke on condition of anonymity said nine people died.", "nine people died",
     ["An official/anonymous"]),
    ("Nine people died, said an aid worker who asked not to be named.", "Nine people", ["an aid worker/anonymous"]),
    ("Nine people died, it was reported on Monday by the interior ministry.", "Nine people died",
     ["the interior ministry/official"]),
    ("Initially Reuters reported that nine people died.", "nine people died", ["Reuters/press"]),
    ("MONSIGNOR PABLO RUIZ TODAY SAID THAT NINE PEOPLE DIED.", "NINE PEOPLE DIED", ["MONSIGNOR PABLO RUIZ/unknown"]),
    # nobody
    ("The strike was also reported to have killed nine people.", "killed nine people", NONE),
    ("The ministry did not say whether nine people died.", "nine people died", NONE),
    ("It was reported that nine people died.", "nine people died", NONE),
    ("Nine people died in a fire.", "Nine people died", NONE),
    ("An estimated 50,000 people have died.", "An estimated 50,000 people have died", NONE),
    ("Nine people reportedly died.", "Nine people reportedly died", NONE),
    ("Nine people died. Police said the road was closed.", "Nine people died", NONE),
    ("The army attacked the village and killed nine people.", "killed nine people", NONE),
    # two speakers, each with their own
    ("Two people died, police said, while witnesses said nine people died.", "Two people died", ["police/official"]),
    ("Two people died, police said, while witnesses said nine people died.", "nine people died", ["witnesses/witness"]),
    # a headline
    ("Shelling kills nine in Aldo: monitor\n\nA house was hit.", "kills nine", ["monitor/monitor"]),
    ("Shelling kills nine in Aldo - officials\n\nA house was hit.", "kills nine", ["officials/official"]),
    # a speaker who is protected, and the outlet that was told
    ("Nine people died in the fire, a doctor who asked not to be named told Reuters.", "Nine people died",
     ["Reuters/agency", "a doctor/anonymous"]),
    ("Nine people died, a senior nurse told Reuters on condition of anonymity.", "Nine people died",
     ["Reuters/agency", "a senior nurse/anonymous"]),
    # whom an outlet cites before its own name
    ("Citing hospital officials, the newspaper Al-Orva said that nine people died.", "nine people died",
     ["the newspaper Al-Orva/press", "hospital officials/medical"]),
    # words in a name that look like words of telling
    ("Orvan state media said nine people died.", "nine people died", ["Orvan state media/press"]),
    ("Nine people died, according to Orvan state media.", "Nine people died", ["Orvan state media/press"]),
    ("Hospital records seen by Reuters show that nine people died.", "nine people died",
     ["Reuters/agency", "Hospital records/document"]),
    # how a speaker was reached is no part of its name
    ("Witnesses contacted by phone said that nine people died.", "nine people died", ["Witnesses/witness"]),
    ("Nine people died, residents reached by telephone told Reuters.", "Nine people died",
     ["Reuters/agency", "residents/witness"]),
    # a phrase that an owner's word does not end, and "he" for it
    ("The director of the town's only hospital said nine people died.", "nine people died",
     ["The director of the town's only hospital/medical"]),
    ("The director of the town's only clinic said nine people died. He added that four were hurt.", "four were hurt",
     ["The director of the town's only clinic/medical"]),
    # a speaker between two marks speaks for the rest of the sentence
    ("Four men were hurt, the clinic said on Thursday, after nine people died in the fire.", "nine people died",
     ["the clinic/medical"]),
    ("The figure comes from the regional hospital, which said that nine people died.", "nine people died",
     ["the regional hospital/medical"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "said", "expected"), CHAINS)
def test_a_chain_ends_with_whoever_told_first(text: str, said: str, expected: list[str]) -> None:
    assert chain(text, said) == expected


def test_what_points_back_keeps_its_own_words() -> None:
    text = "The Nahr Observatory said two died. The group said nine people were hurt."
    node = chained(text, "nine people were hurt").attribution[-1]
    assert (node.name, node.text) == ("The Nahr Observatory", "The group")
    assert text[node.start : node.end] == "The group"


def test_of_two_named_together_the_first_hand_one_is_in_the_chain_and_the_other_flagged() -> None:
    found = chained("The ministry and witnesses said nine people died.", "nine people died")
    assert [node.name for node in found.attribution[1:]] == ["witnesses"]
    assert found.flags == ("co-source: The ministry",)


def test_without_a_publisher_the_chain_begins_with_the_speaker() -> None:
    found = chained("Nine people died, police said.", "Nine people died", publisher=None)
    assert [node.name for node in found.attribution] == ["police"]


def test_nothing_but_an_unnamed_document_ends_at_its_id() -> None:
    found = chained("Nine people died.", "Nine people died", publisher=None)
    assert [(node.name, node.kind, node.text) for node in found.attribution] == [("d", "document", None)]


def test_claims_stay_in_order_and_are_otherwise_untouched() -> None:
    text = "Nine people died, police said. Two children died, a doctor said."
    before = (claim(text, "Two children died"), claim(text, "Nine people died"))
    after = chains(Document(id="d", text=text), before)
    assert [one.attribution[-1].name for one in after] == ["a doctor", "police"]
    assert [one.passage for one in after] == [one.passage for one in before]
    assert chains(Document(id="d", text=text), ()) == ()


@given(
    st.text(alphabet=st.sampled_from('the army said that "nine died," he \u202b\u0301\r\n.’\U0001f600قال'), min_size=1)
)
def test_every_span_is_verbatim_and_reading_is_deterministic(text: str) -> None:
    given_ = (Claim(document="d", id="1", harm="killed", passage=Passage(text[:9], 0, len(text[:9]))),)
    (found,) = chains(Document(id="d", text=text), given_)
    for node in found.attribution:
        assert node.text is None or node.text == text[node.start : node.end]
    assert chains(Document(id="d", text=text), given_) == (found,)


def test_the_cost_grows_with_the_length_not_with_its_square() -> None:
    def cost(copies: int) -> float:
        text = "The Nahr Observatory said nine people died. It added that two were hurt.\n" * copies
        claims = (claim(text, "nine people died"),) * 10
        best = float("inf")
        for _ in range(3):
            begun = time.process_time()
            chains(Document(id="d", text=text), claims)
            best = min(best, time.process_time() - begun)
        return best

    cost(10)
    assert cost(400) < 8 * 3 * cost(50)


def nodes_of(text: str, said: str, publisher: str) -> list[tuple[str, str, str | None]]:
    return [(node.name, node.kind, node.text) for node in chained(text, said, publisher).attribution]


@pytest.mark.parametrize(
    "text", ["Nine people died, Fen Watch said.", "Nine people died, the Fen Watch said on Friday."]
)
def test_a_publisher_that_speaks_itself_stands_once_with_its_words(text: str) -> None:
    ((name, kind, said),) = nodes_of(text, "Nine people died", "Fen Watch")
    assert (name, kind) == ("Fen Watch", "publisher")
    assert said is not None
    assert said.endswith("Fen Watch")


def test_a_date_is_no_teller() -> None:
    text = "Lily Clinic, Orvale, 3 March: nine people died in the night."
    assert "3 March" not in [name for name, _, _ in nodes_of(text, "nine people died", "Lily Clinic")]


@pytest.mark.parametrize(
    "text",
    [
        "Nine people died, the Lily Clinic said, the Blue Heron Agency reports.",
        "The Blue Heron Agency reported that the Lily Clinic said nine people died.",
        "*From the Blue Heron Agency*\n\nNine people died, according to the Lily Clinic.",
        "ORVALE, May 3 (Blue Heron Agency) - Nine people died, the Lily Clinic said.",
    ],
)
def test_a_wire_agency_stands_between_publisher_and_speaker(text: str) -> None:
    said = "Nine people died" if "Nine people died" in text else "nine people died"
    publisher, wire, clinic = nodes_of(text, said, "The Courier")
    assert publisher[1] == "publisher"
    assert wire[1] == "agency"
    assert wire[0].endswith("Blue Heron Agency")
    assert clinic[1] == "medical"


def test_an_agency_that_publishes_its_own_dateline_stands_once() -> None:
    text = "ORVALE, May 3 (Blue Heron Agency) - Nine people died, the Lily Clinic said."
    assert [kind for _, kind, _ in nodes_of(text, "Nine people died", "Blue Heron Agency")] == ["publisher", "medical"]


def test_a_rescue_service_is_official() -> None:
    assert chain("Nine people died, the Hill Rescue Service said.", "Nine people died") == [
        "the Hill Rescue Service/official"
    ]
