"""Gather the desk's words, update the catalogues and compile them: ``python scripts/translate.py``.

``src/uncounted/web/locale/LANGUAGE/LC_MESSAGES/desk.po`` is what a translator edits; the ``.mo`` beside it is what the
desk reads. With ``--check`` nothing is written, and the exit status is 1 when a word has no translation.
"""

import io
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

WEB = Path(__file__).resolve().parents[1] / "src" / "uncounted" / "web"
METHODS = [("templates/**.html", "jinja2.ext:babel_extract"), ("**.py", "python")]
OPTIONS = {"templates/**.html": {"trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"}}
KEYWORDS = {"_": None, "N_": None, "gettext": None}


def gathered() -> Catalog:
    """Every word of the desk that is to be translated, without line numbers, which would change with each edit."""
    found = Catalog(project="uncounted", charset="utf-8", fuzzy=False)
    for file, _line, message, comments, context in extract_from_dir(WEB, METHODS, OPTIONS, keywords=KEYWORDS):
        if message:
            found.add(message, locations=[(f"web/{file}", 0)], auto_comments=comments, context=context)
    return found


def main() -> int:
    """Update and compile every catalogue; returns the exit status."""
    check, missing = "--check" in sys.argv, 0
    for path in sorted(WEB.glob("locale/*/LC_MESSAGES")):
        source = path / "desk.po"
        known = read_po(io.BytesIO(source.read_bytes() if source.is_file() else b""), locale=path.parent.name)
        known.update(gathered(), no_fuzzy_matching=True)
        known.obsolete.clear()
        untold = [message.id for message in known if message.id and not message.string]
        missing += len(untold)
        for said in untold:
            print(f"{path.parent.name}: {said!r} has no translation", file=sys.stderr)
        if not check:
            with source.open("wb") as stream:
                write_po(stream, known, sort_output=True, no_location=True, omit_header=False, width=120)
            with (path / "desk.mo").open("wb") as stream:
                write_mo(stream, known)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
