"""Templates are indented; pages are not, and the one program that a page prints keeps its own indentation and runs."""

import html
import re
import subprocess
import sys
from pathlib import Path

import jinja2

from tests.stages.publish.invented import dossier
from uncounted.stages.publish import publish
from uncounted.stages.publish.indented import Indented


def test_the_indentation_of_a_template_is_not_on_the_page() -> None:
    made = jinja2.Environment(trim_blocks=True, lstrip_blocks=True, autoescape=True, extensions=[Indented])
    template = made.from_string("<ul>\n  {% for one in of %}\n    <li>{{ one }}</li>\n  {% endfor %}\n</ul>")
    assert template.render(of=["  a", "b\n  c"]) == "<ul>\n<li>  a</li>\n<li>b\n  c</li>\n</ul>"


def test_no_line_of_a_page_is_indented(tmp_path: Path) -> None:
    publish(dossier(), tmp_path)
    for page in tmp_path.rglob("*.html"):
        ours = re.sub(r"<pre.*?</pre>", "", page.read_text("utf-8"), flags=re.DOTALL)
        assert re.findall(r"^[ \t]{2,}", ours, re.MULTILINE) == [], page.name


def test_the_program_that_checks_the_words_of_a_release_runs_there_and_finds_a_changed_word(tmp_path: Path) -> None:
    publish(dossier(), tmp_path)
    printed = re.findall(r"<code>(import.*?)</code>", (tmp_path / "verify.html").read_text("utf-8"), re.DOTALL)
    program = [sys.executable, "-c", html.unescape(printed[0])]
    assert subprocess.run(program, cwd=tmp_path, check=False).returncode == 0
    words = tmp_path / "captures" / "cwire.txt"
    words.write_text(words.read_text("utf-8").replace("14 villagers", "41 villagers"), "utf-8")
    assert subprocess.run(program, cwd=tmp_path, check=False, capture_output=True).returncode == 1
