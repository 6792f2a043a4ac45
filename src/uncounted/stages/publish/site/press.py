"""How a page is made: from a sheet of values alone, in each language, in a frame that pages of a section share."""

import hashlib
import re
from collections.abc import Callable, Iterator
from functools import cache, cached_property, partial
from importlib.resources import files
from typing import Any, NamedTuple

import jinja2
import msgspec
from markupsafe import Markup

from uncounted import __version__
from uncounted.stages.publish import steps
from uncounted.stages.publish.indented import Indented
from uncounted.stages.publish.marks import Mark, direction, marked, marks_of
from uncounted.stages.publish.site.index import label, part_name
from uncounted.stages.publish.site.sheets import Card
from uncounted.stages.publish.words import Words, spoken

SECTIONS = (
    ("index.html", "Toll"),
    ("incidents/index.html", "Incidents"),
    ("map.html", "Map and time"),
    ("names.html", "Names"),
    ("captures/index.html", "Reports"),
    ("coverage.html", "Coverage"),
    ("methodology.html", "Methods"),
    ("downloads.html", "Downloads"),
    ("verify.html", "Verify"),
)
PLACES = TITLE, HERE, MAIN, HEAD = "\1title\1", "\1here\1", "\1main\1", "\1head\1"
"""Places in a frame that each page fills; a frame's own texts are cleared of this control character."""


Sheet = dict[str, Any]
"""The named values that a page is made from."""


class Shared(msgspec.Struct, frozen=True, kw_only=True):
    """What every page of a release says. ``address`` is where it will be published, ending in a slash, if known."""

    title: str
    invented: bool
    policy: str
    languages: tuple[str, ...]
    address: str | None = None


class Leaf(msgspec.Struct, frozen=True):
    """One file of a release: its path, a digest of all that it is made from, and how to make its bytes."""

    path: str
    key: bytes
    made: Callable[[], bytes]


_SAID = re.compile(r"""\{\{ t\("([^"\\]*)"\) \}\}""")


class _Spoken(jinja2.PackageLoader):
    """Templates with their plain messages filled in for one language when they are read, not on every page."""

    def __init__(self, words: Words) -> None:
        super().__init__("uncounted.stages.publish")
        self.words = words

    def get_source(self, environment: jinja2.Environment, template: str) -> tuple[str, str, Callable[[], bool] | None]:
        """The source of a template in this language."""
        source, name, fresh = super().get_source(environment, template)
        return _SAID.sub(lambda found: str(Markup.escape(self.words.t(found[1]))), source), name, fresh


class _Compiled(jinja2.BytecodeCache):
    """Compiled templates of one language, kept while the program runs: a case may be published again and again."""

    def __init__(self) -> None:
        self._held: dict[str, bytes] = {}

    def load_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        """Lend what was compiled before, where it is of the same source."""
        if bucket.key in self._held:
            bucket.bytecode_from_string(self._held[bucket.key])

    def dump_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        """Keep what was compiled."""
        self._held[bucket.key] = bucket.bytecode_to_string()


@cache
def _compiled(language: str) -> _Compiled:
    """The compiled templates of a language."""
    return _Compiled()


class _Page(NamedTuple):
    """Where a page stands: ``path`` is the same in every language, ``own`` the language's."""

    path: str
    own: str
    language: str
    template: str
    script: str

    @property
    def root(self) -> str:
        """The way up to the language's first page."""
        return "../" * self.path.count("/")

    @property
    def top(self) -> str:
        """The way up to the release's folder."""
        return "../" * self.own.count("/")


class _Sheet(NamedTuple):
    """What a page is made from, before a language is chosen."""

    path: str
    template: str
    named: Callable[[Words], str]
    sheet: Callable[[], Sheet]
    script: str


class Press:
    """Makes pages. A page follows from its sheet, its language and what all pages share, and from nothing else."""

    def __init__(self, shared: Shared) -> None:
        self.shared = msgspec.structs.replace(shared, title=shared.title.replace("\1", ""))
        self._frames: dict[tuple[str, str, int, str], list[str]] = {}
        self._environments = {language: self._environment(language) for language in shared.languages}
        self._templates: dict[tuple[str, str], jinja2.Template] = {}
        self._memo: dict[str, Markup] = {}
        self._memo_of = ""
        self._sheet: Sheet = {}
        self.keys: dict[str, bytes] = {}
        """The key of each page made so far, for files that follow from the same values."""

    @cached_property
    def _state(self) -> bytes:
        """All that enters every page: this program's version, its templates and words, and what pages share."""
        found = hashlib.blake2b(__version__.encode() + msgspec.msgpack.encode(self.shared), digest_size=16)
        package = files("uncounted.stages.publish")
        for folder in ("templates", "wording"):
            for one in sorted(package.joinpath(folder).iterdir(), key=lambda item: item.name):
                if one.name.endswith((".html", ".toml")):
                    found.update(one.name.encode() + one.read_bytes())
        return found.digest()

    def leaves(
        self, path: str, template: str, named: Callable[[Words], str], *, script: str = "", **sheet: Any
    ) -> Iterator[Leaf]:
        """The page of a path in each language of the release.

        ``named`` gives the page's title in a language, ``sheet`` holds the values it is made from; ``script`` names
        the page's only script, in the same folder.
        """
        return self._of(_Sheet(path, template, named, lambda: sheet, script), sheet)

    def later(
        self, path: str, template: str, named: Callable[[Words], str], made_from: object, sheet: Callable[[], Sheet]
    ) -> Iterator[Leaf]:
        """The page of a path in each language, whose sheet is gathered only when the page is made.

        Whatever the sheet follows from must be in ``made_from``: a page is made again when that changed, and only then.
        """
        return self._of(_Sheet(path, template, named, sheet, ""), made_from)

    def _of(self, of: "_Sheet", made_from: object) -> Iterator[Leaf]:
        path, template, script = of.path, of.template, of.script
        held = hashlib.blake2b(self._state, digest_size=16)
        held.update(msgspec.msgpack.encode([path, template, script, made_from]))
        key = held.digest()
        self.keys[path] = key
        for language in self.shared.languages:
            own = path if language == self.shared.languages[0] else f"{language}/{path}"
            yield Leaf(own, key, partial(self._made, of, own, language))

    def _made(self, of: "_Sheet", own: str, language: str) -> bytes:
        page = _Page(of.path, own, language, of.template, of.script)
        if self._memo_of != page.path:
            self._memo, self._memo_of, self._sheet = {}, page.path, of.sheet()
        template = self._template(page.language, page.template)
        main = template.render(self._sheet, root=page.root, top=page.top, path=page.path)
        return self._framed(page, str(of.named(spoken(page.language))), main).encode()

    def _framed(self, page: _Page, title: str, main: str) -> str:
        path, own, language, _, script = page
        section = path.split("/", maxsplit=1)[0]
        here = next((to for to, _ in SECTIONS if to == path or to.split("/")[0] == section), None)
        here = here or ("index.html" if section == "toll" else "")
        place = (language, here if path not in dict(SECTIONS) else path + "!", own.count("/"), script)
        if place not in self._frames:
            whole = self._template(language, "base.html").render(
                shared=self.shared, sections=SECTIONS, here=here, current=path in dict(SECTIONS), script=script,
                language=language, root=page.root, top=page.top, spoken=spoken,
                places={place.strip("\1"): Markup(place) for place in PLACES},  # noqa: S704 - our own marks
            )  # fmt: skip
            self._frames[place] = _cut(whole)
        escaped = str(Markup.escape(title))
        filled = {TITLE: escaped, HERE: path, MAIN: main, HEAD: self._preview(own, escaped)}
        return "".join(filled.get(piece, piece) for piece in self._frames[place])

    def _preview(self, own: str, title: str) -> str:
        """What a link to the page shows elsewhere (Open Graph); addresses only where the release's own is known."""
        said = f'<meta property="og:title" content="{title}">\n'
        if self.shared.address:
            base = Markup.escape(self.shared.address)
            said += f'<link rel="canonical" href="{base}{own}">\n<meta property="og:url" content="{base}{own}">\n'
            said += f'<meta property="og:image" content="{base}preview.png">\n'
        return said

    def _template(self, language: str, name: str) -> jinja2.Template:
        if (language, name) not in self._templates:
            self._templates[language, name] = self._environments[language].get_template(name)
        return self._templates[language, name]

    def _environment(self, language: str) -> jinja2.Environment:
        """The templates; a name that one does not have is a fault, never an empty place on a page."""
        made = jinja2.Environment(
            loader=_Spoken(spoken(language)), autoescape=True, auto_reload=False, undefined=jinja2.StrictUndefined,
            trim_blocks=True, lstrip_blocks=True, extensions=[Indented], bytecode_cache=_compiled(language),
        )  # fmt: skip
        words = spoken(language)
        made.globals.update(
            w=words, t=words.t, n=words.n, direction=direction, words_of=self._words_of, marked_part=self._marked_part,
            reason_in=lambda said: steps.put(said, words), origin_named=lambda name: steps.origin_named(name, words),
            label=lambda cell: label(cell, words), part_name=lambda by, value: part_name(by, value, words),
        )  # fmt: skip
        return made

    def _words_of(self, card: Card) -> Markup:
        """A claim's words in their surroundings, marked; made once for all languages of a page."""
        name = card.claim.id
        if name not in self._memo:
            self._memo[name] = marked(card.words, _moved(marks_of(card.claim), card.offset))
        return self._memo[name]

    def _marked_part(self, text: str, offset: int, claims: list[Any]) -> Markup:
        """A stretch of a report with all its claims marked, each with its anchor."""
        if "" not in self._memo:
            marks = [
                mark
                for claim in claims
                for mark in _moved(marks_of(claim, anchor=claim.passage.start >= offset), offset)
            ]
            self._memo[""] = marked(text, marks)
        return self._memo[""]


def _moved(marks: tuple[Mark, ...], offset: int) -> list[Mark]:
    return [Mark(mark.start - offset, mark.end - offset, mark.role, mark.anchor) for mark in marks]


def _cut(whole: str) -> list[str]:
    """A frame cut at the places that pages fill."""
    pieces = [whole]
    for place in PLACES:
        pieces = [
            piece
            for part in pieces
            for at, text in enumerate(part.split(place) if part not in PLACES else [part])
            for piece in ((place, text) if at else (text,))
        ]
    return pieces
