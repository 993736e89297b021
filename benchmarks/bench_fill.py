# ruff: noqa: INP001 - a script, not a package
"""What a letter costs: the compiled template against docxtpl as its documentation shows it.

Run `python benchmarks/bench_fill.py [LETTERS] [ROUNDS]`. The ways take turns in one process; quote
the ratios of the medians (CPU time), never the times: they belong to the machine. Before anything
is measured the letters of both are compared, paragraph by paragraph.

The template is like one that was written in Word: three pages, 53 tags, loops, conditions, a
table, header and footer; runs split and numbered as Word does, 40 KB of XML. docxtpl is handed
plain texts, ready to print; ours is handed the answers as they stand in the file, and reads,
checks and words them.
"""

import io
import itertools
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import docx as docx_package
import docxtpl
from lxml import etree
from msgspec.structs import replace

from nkdocs import authorities
from nkdocs._resources import shipped
from nkdocs.answers import load
from nkdocs.answers.load import CaseFile
from nkdocs.answers.view import Answers
from nkdocs.authorities import Registry
from nkdocs.diagnostics import State
from nkdocs.documents import compiled
from nkdocs.documents.fill import Setting, as_draft, fill
from nkdocs.documents.wordfile import W, WordFile, paragraphs, text_of
from nkdocs.interview import load as interviews
from nkdocs.kinds import registry as registry_of_kinds
from tests.documents.letters import DAY, members
from tests.word_source import build

AUDIENCE = "court"
#: What the template names: of each group its names, of each list those of its items.
NAMES: dict[str, Any] = {
    "office": {"name": 0, "phone": 0, "email": 0, "website": 0, "address": {"line": 0}},
    "counsel": {"name": 0, "eoir_id": 0, "bar_number": 0, "bar_state": 0, "phone": 0, "email": 0},
    "today": 0,
    "client": {
        "name": {"legal": 0, "native": 0, "surname": 0}, "a_number": 0, "born": 0, "language": 0,
        "birth_place": {"place": 0, "country": 0}, "formal": 0, "they": 0, "them": 0, "their": 0,
        "They": 0, "Their": 0, "entries": [{"when": 0, "where": 0, "manner": 0}],
    },
    "case": {
        "court": 0, "judge": 0, "nta_date": 0, "circuit": 0, "next_hearing": {"when": 0, "kind": 0},
        "i589": {"filed_on": 0}, "history": [{"when": 0, "what": 0}],
    },
    "dprk": {"lived": bool, "province": 0, "exit_when": 0, "occupation": 0},
    "china": {"lived": bool, "entered": 0, "left": 0, "sold": bool},
    "events": [{"when": 0, "where": 0, "who": 0}],
    "family": [{"relation": 0, "status": 0, "country": 0}],
}  # fmt: skip
LETTER = Path(__file__).with_name("letter.txt").read_text("utf-8")


def like_word(docx: bytes) -> bytes:
    """Return the letter as Word leaves it: in the package Word makes, its runs split and numbered.

    The package (styles, theme, fonts, settings) is the one that python-docx carries, made by Word.
    """
    parts = members(docx)
    number = itertools.count(0x00A10000)
    look = (
        '<w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" '
        'w:cs="Times New Roman"/><w:lang w:val="en-US"/></w:rPr>'
    )

    def split(found: re.Match[str]) -> str:
        pieces = re.findall(r"\{\{.*?\}\}|\{%.*?%\}|(?:(?!\{\{|\{%).){1,60}", found[1], re.DOTALL)
        return "".join(
            f'<w:r w:rsidR="{next(number):08X}">{look}<w:t xml:space="preserve">{piece}</w:t></w:r>'
            for piece in pieces
        )

    def moved(name: str, into: Any, inner: str = "") -> None:  # noqa: ANN401 - lxml element
        text = re.sub(
            r'<w:r><w:t(?: xml:space="preserve")?>([^<]*)</w:t></w:r>', split, parts[name].decode()
        )
        root = etree.fromstring(text.encode())
        into[:] = [e for e in (root.find(inner) if inner else root) if e.tag != f"{W}sectPr"]

    made = docx_package.Document()
    section = made.sections[0]
    last = made.element.body.sectPr
    section.header.is_linked_to_previous = section.footer.is_linked_to_previous = False
    moved("word/header2.xml", section.header._element)  # noqa: SLF001 - whole parts are moved
    moved("word/footer2.xml", section.footer._element)  # noqa: SLF001
    moved("word/document.xml", made.element.body, f"{W}body")
    made.element.body.append(last)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def plain(view: Any, names: Mapping[str, Any]) -> dict[str, Any]:  # noqa: ANN401 - of views
    """Return what a template names as plain texts, ready to print."""
    found: dict[str, Any] = {}
    for name, below in names.items():
        value = view[name] if isinstance(view, dict) else view.lookup(name)
        if isinstance(below, dict):
            found[name] = plain(value, below)
        elif isinstance(below, list):
            found[name] = [plain(item, below[0]) for item in value]
        else:
            found[name] = bool(value) if below is bool else str(value)
    return found


def say(text: str) -> None:
    """Say a line."""
    sys.stdout.write(text + "\n")


def said(docx: bytes) -> list[str]:
    """Return what every paragraph says."""
    word = WordFile.read(docx, "x")
    return [text_of(p) for part in word.story_parts() for p in paragraphs(word.tree(part))]


def cases(count: int) -> list[CaseFile]:
    """Return the demo case for *count* clients of different names, days and numbers."""
    folder = shipped("answers") / "demo"
    texts = [(folder / name).read_text("utf-8") for name in ("answers.yaml", "office.yaml")]
    made = []
    for number in range(count):
        own = texts[0].replace("SEO Yun Hui", f"SEO Yun Hui {number} & Usim")
        own = re.sub(r"A000-000-0(\d\d)", rf"A000-{number:03d}-0\1", own)
        own = re.sub(
            r"(\d{4}-\d\d)-(\d\d)\b",
            lambda day, more=number: f"{day[1]}-{1 + (int(day[2]) + more) % 28:02d}",
            own,
        )
        made.append(load.load(own, "answers.yaml", texts[1], "office.yaml"))
    return made


def measured(ways: Mapping[str, Callable[[int], object]], letters: int, rounds: int) -> None:
    """Print what each way costs against the first."""
    times: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, way in ways.items():
            start = time.process_time()
            for number in range(letters):
                way(number)
            times[name].append(time.process_time() - start)
    first = statistics.median(times[next(iter(ways))])
    for name, all_ in times.items():
        each = statistics.median(all_) / letters * 1000
        say(f"{first / statistics.median(all_):7.1f} x  {each:7.2f} ms  {name}")


def processes(rounds: int, template: bytes) -> None:
    """Print what one letter costs in a process of its own, against an empty Typer command."""
    with tempfile.TemporaryDirectory() as place:
        empty, letter = Path(place) / "empty.py", Path(place) / "letter.py"
        (Path(place) / "letter.docx").write_bytes(template)
        empty.write_text("import typer\napp = typer.Typer()\n@app.command()\ndef main() -> None:\n"
                         "    pass\napp()\n")  # fmt: skip
        letter.write_text(
            "import sys\nfrom nkdocs.documents import compiled\n"
            "data = open(sys.argv[1], 'rb').read()\n"
            "names = eval(open(sys.argv[2]).read())\n"
            "made = compiled.fill(data, names, str, name='letter.docx', keep=True)\n"
            "open(sys.argv[3], 'wb').write(made.data())\n"
        )
        names = Path(place) / "names.txt"
        answers = Answers(cases(1)[0], interviews.load([shipped("templates")]))
        names.write_text(repr(plain(answers.names(), NAMES)))
        run = [sys.executable, str(letter), f"{place}/letter.docx", str(names), f"{place}/out.docx"]
        subprocess.run(run, check=True)  # noqa: S603 - compiles, and keeps it
        times: dict[str, list[float]] = {"empty": [], "letter": []}
        for _ in range(rounds):
            for name, command in {"empty": [sys.executable, str(empty)], "letter": run}.items():
                times[name].append(_spent(command))
        ratio = statistics.median(times["letter"]) / statistics.median(times["empty"])
        say(f"{ratio:7.2f} x  one letter in its own process, kept on disk; empty Typer command 1")


def _spent(command: Sequence[str]) -> float:
    """Return the CPU time that a command takes."""
    import resource

    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True)  # noqa: S603 - our own scripts
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main(letters: int, rounds: int) -> None:
    """Measure."""
    template = like_word(build(LETTER))
    catalogue = interviews.load([shipped("templates")])
    registry = Registry(authorities.load([shipped("templates")]), DAY)
    files = cases(letters)
    texts = [plain(Answers(f, catalogue).names(), NAMES) for f in files]
    setting = Setting(registry, State.FINAL, (), (), None, DAY)

    def theirs(number: int) -> bytes:
        document = docxtpl.DocxTemplate(io.BytesIO(template))
        document.render(texts[number % len(texts)], autoescape=True)
        out = io.BytesIO()
        document.save(out)
        return out.getvalue()

    def ours(number: int) -> bytes:
        if not number:
            registry_of_kinds._kept.clear()  # noqa: SLF001 - each round reads every answer anew
        answers = Answers(files[number % len(files)], catalogue, AUDIENCE)
        return fill(template, answers, setting, name="letter.docx", title="A letter").docx

    def draft(number: int) -> bytes:
        if not number:
            registry_of_kinds._kept.clear()  # noqa: SLF001 - as above
        answers = Answers(files[number % len(files)], catalogue, AUDIENCE)
        as_drafted = replace(setting, state=State.DRAFT)
        made = fill(template, answers, as_drafted, name="letter.docx", title="A letter")
        return as_draft(made.members, [], "A letter")

    def bare(number: int) -> bytes:
        return compiled.fill(template, texts[number % len(texts)], str, name="x").data()

    if not said(theirs(3)) == said(ours(3)) == said(bare(3)):
        say("The letters differ: nothing is measured.")
        return
    size = len(members(template)["word/document.xml"])
    tags = {t for n, d in members(template).items() if n.endswith(".xml")
            for t in re.findall(r"\{\{.*?\}\}", d.decode())}  # fmt: skip
    say(f"{letters} letters, {rounds} rounds; {size} bytes of body, {len(tags)} different tags, "
          f"{len(said(ours(0)))} paragraphs filled")  # fmt: skip
    measured(
        {
            "docxtpl, as its documentation shows it": theirs,
            "whole: answers read, cleaned, worded; the compiled template; the proof": ours,
            "whole, and marked as a draft on every page": draft,
            "the compiled part alone: plain texts in, the file out": bare,
        },
        letters,
        rounds,
    )
    start = time.process_time()
    compiled.compiled.cache_clear()
    compiled.compiled(template, "x")
    say(f"         {(time.process_time() - start) * 1000:7.2f} ms  compiling the template, once")
    processes(rounds, template)


if __name__ == "__main__":
    asked = [int(text) for text in sys.argv[1:]]
    main(*(asked + [100, 5][len(asked) :]))
