"""The Word templates that ship: their sources, their styles, their tags, their silence."""

import io
import re
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from nkdocs._resources import shipped
from nkdocs.interview.load import load
from nkdocs.interview.spec import ITEM, Catalogue, Pattern, Question
from tests import word_style
from tests.word_source import SourceError, build, dump

W = f"{{{word_style.W}}}"
TEMPLATES = sorted(shipped("templates").glob("*/*.docx"))
ALLOWED = re.compile(r"\{\{ .+? \}\}|\{%p? .+? %\}|\{%tr .+? %\}")
every_template = pytest.mark.parametrize(
    "template", [pytest.param(t, id=f"{t.parent.name}-{t.stem}") for t in TEMPLATES]
)


def _parts(docx: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(docx)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def _paragraphs(template: Path) -> list[str]:
    """Return the text of every paragraph of the body, headers and footers."""
    parts = _parts(template.read_bytes())
    trees = [etree.fromstring(parts[n]) for n in parts if re.match(r"word/(doc|head|foot)", n)]
    paragraphs = [p for tree in trees for p in tree.iter(f"{W}p")]
    return ["".join(t.text or "" for t in p.iter(f"{W}t")) for p in paragraphs]


def test_every_template_has_its_source_beside_it() -> None:
    """No template ships without the text it is made from, and no text without its template."""
    folder = shipped("templates")

    sources = sorted(p.with_suffix(".docx") for p in folder.glob("*/*.txt"))

    assert sources == TEMPLATES
    assert sources


@every_template
def test_a_template_says_what_its_source_says(template: Path) -> None:
    """A template never changes without its source."""
    source = template.with_suffix(".txt").read_text(encoding="utf-8")

    said = dump(template.read_bytes())

    assert said == source


@every_template
def test_a_template_is_what_its_source_builds(template: Path) -> None:
    """Every part of a template, its styles too, comes from its source and the house style."""
    source = template.with_suffix(".txt").read_text(encoding="utf-8")

    built = build(source)

    assert _parts(built) == _parts(template.read_bytes())


@every_template
def test_a_template_uses_only_styles_of_the_house(template: Path) -> None:
    """Every paragraph and table names a style that exists, and the house style is in the file."""
    parts = _parts(template.read_bytes())
    styles = etree.fromstring(parts["word/styles.xml"])
    known = {s.get(f"{W}styleId") for s in styles.iter(f"{W}style")}
    body = etree.fromstring(parts["word/document.xml"])

    used = {e.get(f"{W}val") for tag in ("pStyle", "tblStyle") for e in body.iter(f"{W}{tag}")}

    assert used <= known
    assert {word_style.style_id(n) for n in word_style.PARAGRAPHS} <= known


@every_template
def test_a_template_carries_no_author_and_no_history(template: Path) -> None:
    """No person, program, revision, comment or change of an earlier case travels with it."""
    parts = _parts(template.read_bytes())

    whole = b"".join(parts.values())

    assert b"<dc:creator></dc:creator>" in parts["docProps/core.xml"]
    secrets = rb"rsid|lastModifiedBy|python-docx|w:comment|w:ins |w:del |vanish|customXml|thumbnail"
    assert not re.search(secrets, whole)
    assert not [n for n in parts if re.search(r"comments|custom|app\.xml|media/", n)]


@every_template
def test_a_template_uses_only_the_tags_that_stay_whole(template: Path) -> None:
    """Only `{{ }}`, `{% %}`, `{%p %}` and `{%tr %}`, each closed in the paragraph it opens in."""
    left = [ALLOWED.sub("", text) for text in _paragraphs(template)]

    assert not [text for text in left if re.search(r"\{[{%#]|[}%#]\}", text)]


@every_template
def test_a_paragraph_tag_stands_alone(template: Path) -> None:
    """`{%p … %}` and `{%tr … %}` swallow their paragraph or row, so nothing else stands there."""
    tags = [t for t in _paragraphs(template) if re.search(r"\{%(p|tr) ", t)]

    assert not [t for t in tags if not re.fullmatch(r"\{%(p|tr) [^{}]+ %\}", t)]


@every_template
def test_a_template_opens_no_loop_it_does_not_close(template: Path) -> None:
    """Opening and closing tags are balanced in each paragraph's kind."""
    text = "\n".join(_paragraphs(template))

    counts = {
        f"{mark}{word}": (
            len(re.findall(rf"\{{%{mark} {word} ", text)),
            len(re.findall(rf"\{{%{mark} end{word} ", text)),
        )
        for mark in ("", "p", "tr")
        for word in ("if", "for")
    }

    assert not {name: pair for name, pair in counts.items() if pair[0] != pair[1]}


OUTSIDE = [
    pytest.param(document.folder / file.file, file.audience, document.each, id=file.file)
    for document in load([shipped("templates")]).documents.values()
    for file in document.files
    if file.audience != "internal"
]


@pytest.mark.parametrize(("template", "audience", "each"), OUTSIDE)
def test_a_template_reaches_only_what_its_audience_may_see(
    template: Path, audience: str, each: Pattern
) -> None:
    """Every answer named in a tag, a loop or a condition may be seen by whom the paper is for."""
    text = "\n".join(_paragraphs(template))
    catalogue = load([shipped("templates")])

    item = {catalogue.questions[each].singular: {(*each, ITEM)}} if each else {}

    reached = [q for chain in _chains(text, item) if (q := _question(catalogue, chain))]

    assert len(reached) > 5
    assert not [q.path for q in reached if audience not in q.audience]


def _chains(text: str, item: dict[str, set[Pattern]]) -> set[Pattern]:
    """Return the dotted names in the tags of *text*, *item* and loop variables as list items."""
    tags = " ".join(re.findall(r"\{[{%].+?[%}]\}", text))
    tags = re.sub(r"'[^']*'", "", tags)
    loops: dict[str, set[Pattern]] = {"client": {("respondents", ITEM)}, **item}
    for name, chain in re.findall(r"for (\w+) in ([a-z_]\w*(?:\.\w+)*)", tags):
        first, *rest = chain.split(".")
        starts = loops.get(first, {(first,)})
        loops.setdefault(name, set()).update({(*start, *rest, ITEM) for start in starts})
    chains = (c.split(".") for c in re.findall(r"[A-Za-z_]\w*(?:\.\w+)*", tags))
    return {(*s, *rest) for first, *rest in chains for s in loops.get(first, {(first,)})}


def _question(catalogue: Catalogue, chain: tuple[str, ...]) -> Question | None:
    """Return the question whose answer *chain* names, the longest that fits."""
    ends = range(len(chain), 0, -1)
    return next((q for e in ends if (q := catalogue.questions.get(chain[:e]))), None)


def test_the_sworn_text_carries_no_law_and_no_cite() -> None:
    """The declaration names no statute, authority or tab (PRACTICE.md 5)."""
    declaration = next(t for t in TEMPLATES if t.stem == "asylum-declaration")

    text = "\n".join(_paragraphs(declaration))

    assert not re.search(r"authority\(|cite\(|\.tab\b|§|C\.F\.R\.|U\.S\.C\.|I&N", text)


def test_what_arises_at_signing_is_never_printed_from_answers() -> None:
    """Read-back, dates and place of signing are ruled blanks; only the country is asked."""
    declaration = next(t for t in TEMPLATES if t.stem == "asylum-declaration")

    asked = re.findall(r"(?:readback|signing)\.\w+", "\n".join(_paragraphs(declaration)))

    assert set(asked) == {"signing.place_country"}


@pytest.mark.parametrize("name", ["pd-request", "supervisory-review"])
def test_a_letter_to_opla_names_no_authority_unasked(name: str) -> None:
    """Every authority that a letter prints is asked first whether it is confirmed."""
    letter = next(t for t in TEMPLATES if t.stem == name)
    text = "\n".join(_paragraphs(letter))

    printed = set(re.findall(r"authority\('([\w-]+)'\)\.(?:cite|quote)", text))

    assert printed
    assert printed <= set(re.findall(r"authority\('([\w-]+)'\)\.confirmed", text))
    assert not re.search(r"C\.F\.R\.|U\.S\.C\.|I&N|F\.\dd", text)


SWORN = [t for t in TEMPLATES if t.stem.endswith("-declaration")]
COURT = [
    t for t in TEMPLATES
    if t.parent.name in {"court-papers", "late-filing-motion", "prehearing-statement"}
]  # fmt: skip


@pytest.mark.parametrize("sworn", [pytest.param(t, id=t.stem) for t in SWORN])
def test_no_ground_and_no_argument_reaches_sworn_text(sworn: Path) -> None:
    """Groups, grounds and theories stand in the pre-hearing statement alone (PRACTICE.md 5)."""
    earlier = r"statement\.(?!kind|when|language|correction)"  # of a loop over what was said before
    tags = " ".join(re.findall(r"\{[{%].+?[%}]\}", "\n".join(_paragraphs(sworn))))

    assert not re.search(rf"\b({earlier}|grounds|psg|shown)", tags)


@pytest.mark.parametrize("paper", [pytest.param(t, id=t.stem) for t in COURT])
def test_a_paper_for_the_court_names_no_authority_unasked(paper: Path) -> None:
    """Every authority is asked whether it is confirmed, and no citation stands in the text."""
    text = "\n".join(_paragraphs(paper))

    printed = set(re.findall(r"authority\('([\w-]+)'\)\.(?:cite|quote)", text))

    assert printed <= set(re.findall(r"authority\('([\w-]+)'\)\.confirmed", text))
    assert not re.search(r"C\.F\.R\.|U\.S\.C\.|I&N|F\.\dd|§", text)
    assert not re.search(r"\b(?:readback|signing)\.", text)


def test_a_source_and_its_template_turn_into_each_other() -> None:
    """Marks, tables, tags, fields and spanning rows survive the way there and back."""
    source = (
        "[title A trial]\n\n[first header]\nLetterhead Name| Office\n\n[footer]\n"
        "Footer| Page <page> of <pages>\n\n[body]\n{%p if case.court %}\n"
        "Body| Plain <b>bold <i>both</i></b>, <u>line</u><line>next<tab>한국어 & “q”\n"
        "{%p endif %}\n[table Ruled Table: 1000 2000]\n[head]\nTable Head| A\n[cell]\n"
        "Table Head| B\n{%tr for e in events %}\n[row]\nTable Text| {{ e.when }}\n[cell]\n"
        "Table Text| {{ e.told }}\nTable Text|\n{%tr endfor %}\n[end]\n"
    )

    back = dump(build(source))

    assert back == source


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        pytest.param("No style at all", "no style", id="no-style"),
        pytest.param("Fancy| text", "no style", id="unknown-style"),
    ],
)
def test_a_source_without_a_known_style_is_refused(line: str, reason: str) -> None:
    """A paragraph must name a style of the house."""
    with pytest.raises(SourceError, match=reason):
        build(f"[title A trial]\n[body]\n{line}\n")


def test_a_template_formatted_by_hand_is_refused() -> None:
    """What a source cannot say is named, not lost."""
    docx = build("[title A trial]\n[body]\nBody| text\n")
    parts = _parts(docx)
    by_hand = parts["word/document.xml"].replace(b"</w:pPr>", b'<w:jc w:val="center"/></w:pPr>', 1)
    changed = io.BytesIO()
    with zipfile.ZipFile(changed, "w") as packed:
        for name, data in (parts | {"word/document.xml": by_hand}).items():
            packed.writestr(name, data)

    with pytest.raises(SourceError, match="cannot say"):
        dump(changed.getvalue())
