# ruff: noqa: INP001, S603, E402 - a script, not a package: it starts Python and LibreOffice
"""What goes wrong with nkdocs, and with the bare libraries on the same input.

Run `python benchmarks/reliability.py [--trials 500] [--strings blns.json] [--pdfs 900] [--write]`
from a checkout with the extra `test`. It prints the table of docs/reliability.md; with --write it
puts it there. Every figure is counted in this run; what cannot be run here says so.
"""

import argparse
import datetime as dt
import io
import json
import random
import subprocess
import sys
import tempfile
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import docx
import docxtpl
import yaml
from reliability_files import (
    SECONDS,
    Row,
    apart,
    counted,
    exhibits,
    leaks,
    leftovers,
    requests,
)

from nkdocs import _yaml
from nkdocs.convert.office import Office, find_office
from nkdocs.diagnostics import State
from nkdocs.documents.apart import Limits, filled_apart
from nkdocs.documents.fill import Setting, fill
from nkdocs.errors import NkdocsError, TemplateError
from nkdocs.kinds.kind import KindError, clean
from tests.documents.letters import DAY, Registry, answers, filled, law, said, template
from tests.documents.test_hostile_templates import BOMBS

PAGE = ROOT / "docs/reliability.md"
START, END = "<!-- table -->\n", "<!-- end of table -->\n"
BARE_YAML = yaml.safe_load  # noqa: TID251 - what is measured

OWN_STRINGS = [
    *map(chr, [*range(0x20), 0x7F, 0x85, 0xAD, 0x200B, 0x202E, 0x2028, 0xFEFF, 0xD800, 0xDFFF,
               0xFFFE, 0xFFFF, 0xE000]),
    "Smith & Jones", "a < b", "income <50% of FPL", "<select>", "AT&T; Co", "&unknown;", "]]>",
    "</w:t></w:r></w:p><w:p><w:r><w:t>FORGED", "<w:p/>", "p1\ap2", "a\fb", "a\r\nb", "x\ud800y",
    "{{ 7*7 }}", "{% for a in b %}", "{# x #}", "{%p if true %}", "{{", "}} %} {%", "{_{ x }_}",
    "{_% x %_}", "{{p x }}", "{{r x }}", "{%tr x %}", "{%- x -%}", "서윤희", "\u1109\u1165", "0123",
]  # fmt: skip
PAYLOADS = {
    "{{ cycler.__init__.__globals__.os.system('touch TOUCH') }}": "",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}": "<class",
    "{{ cycler.__init__.__globals__.__builtins__.open('/etc/hostname').read() }}": "HOST",
    "{{ cycler.__init__.__globals__.os.getpid() }}": "PID",
    "{{ lipsum.__globals__ }}": "__builtins__",
    "{{ ('{0.__class__.__mro__}'|attr('format'))(1) }}": "class 'int'",
    "{{ '{0.__class__.__mro__}'.format(office) }}": "class",
    "{{ office.clear() }}{{ office.name|default('GONE') }}": "GONE",
}
FACTS = {
    "NO": "NO", "no": "no", "on": "on", "0123456": "0123456", "123_456_789": "123_456_789",
    "12:30": "12:30", "1.2e+3": "1.2e+3", "1990-02-03": "1990-02-03", "1990-02-30": "1990-02-30",
    "~": "~", "null": "null", "0x1F": "0x1F", "1_0": "1_0", "+15": "+15", ".5": ".5",
    "2.50": "2.50", "190:20:30": "190:20:30", "2026-11-20 09:00:00": "2026-11-20 09:00:00",
    ".inf": ".inf", "SEO": "SEO", "A000-000-021": "A000-000-021", "winter 2006": "winter 2006",
}  # fmt: skip


def main() -> None:
    """Measure, print, and with --write put the table into the page."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--trials", type=int, default=60)
    ask.add_argument("--strings", type=Path)
    ask.add_argument("--pdfs", type=int, default=300)
    ask.add_argument("--write", action="store_true")
    told = ask.parse_args()
    strings = json.loads(told.strings.read_text("utf-8")) if told.strings else []
    wanted: list[tuple[str, Callable[[], list[Row]]]] = [
        ("answers in a letter", lambda: naughty([s for s in strings if s.strip()], "listed")),
        ("answers in a letter", lambda: naughty(OWN_STRINGS, "own")),
        ("templates that attack", payloads),
        ("answers files", facts),
        ("kill -9 while saving", lambda: kills(told.trials)),
        ("exhibits", lambda: exhibits(told.pdfs)),
        ("metadata", leaks),
        ("LibreOffice", requests),
        ("LibreOffice", leftovers),
    ]
    rows: list[tuple[str, list[Row]]] = []
    for subject, measured in wanted:
        rows.append((subject, measured()))
        for row in rows[-1][1]:  # it takes half an hour: what is known is said
            sys.stderr.write(f"{subject}: {'; '.join(row)}\n")
    text = table(rows)
    sys.stdout.write(text)
    if told.write:
        page = PAGE.read_text("utf-8")
        before, after = page.split(START)[0], page.split(END)[1]
        PAGE.write_text(f"{before}{START}{text}{END}{after}", "utf-8")


def table(rows: Sequence[tuple[str, list[Row]]]) -> str:
    """Return the table in Markdown, and what it was measured with."""
    out = ["| what | with | came out |", "|---|---|---|"]
    for subject, lines in rows:
        out += [f"| {subject}: {what} | {way} | {figure} |" for what, way, figure in lines]
    names = ("docxtpl", "pyyaml", "pypdf", "pikepdf")
    used = ", ".join(f"{name} {version(name)}" for name in names)
    office = find_office()
    used += f", {Office(office).name}" if office else ", no LibreOffice"
    day = dt.datetime.now(tz=dt.UTC).date()
    return "\n".join(out) + f"\n\nMeasured {day} on {sys.platform} with {used}.\n"


# Answers in a letter


def naughty(strings: Sequence[str], which: str) -> list[Row]:
    """Print each string in a letter of three paragraphs."""
    if not strings:
        return []
    what = {"listed": "Big List of Naughty Strings", "own": "control characters, XML, tags"}[which]
    order = ("exact", "refused by name", "altered without a word", "rest of the letter lost")
    bare = _bare_letter()
    rows: list[Row] = []
    for way, escape in (("docxtpl", False), ("docxtpl, autoescape", True)):
        found: Counter[str] = Counter(_by_docxtpl(bare, s, escape=escape) for s in strings)
        rows.append((f"{what} ({len(strings)})", way,
                     counted(found, (*order[:1], "traceback", *order[2:]))))  # fmt: skip
    word = template("Before.", "{{ office.name }}", "After.")
    ours = Counter(_by_us(word, s) for s in strings)
    return [*rows, (f"{what} ({len(strings)})", "nkdocs", counted(ours, (*order, "traceback")))]


def _bare_letter() -> bytes:
    out = io.BytesIO()
    document = docx.Document()
    for line in ("Before.", "{{ name }}", "After."):
        document.add_paragraph(line)
    document.save(out)
    return out.getvalue()


def _by_docxtpl(bare: bytes, text: str, *, escape: bool) -> str:
    out = io.BytesIO()
    try:
        word = docxtpl.DocxTemplate(io.BytesIO(bare))
        word.render({"name": text}, autoescape=escape)
        word.save(out)
        lines = [p.text for p in docx.Document(out).paragraphs]
    except Exception:  # noqa: BLE001 - whatever it is, it is what the user sees
        return "traceback"
    if lines[-1:] != ["After."]:
        return "rest of the letter lost"
    return "exact" if lines == ["Before.", text, "After."] else "altered without a word"


def _by_us(word: bytes, text: str) -> str:
    try:
        wanted = clean(text)
        lines = [t for t in said(filled(word, _yaml.dump({"office": {"name": wanted}})).docx) if t]
    except (KindError, NkdocsError):
        return "refused by name"
    except Exception:  # noqa: BLE001
        return "traceback"
    if lines[-1:] != ["After."]:
        return "rest of the letter lost"
    plain = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    plain = unicodedata.normalize("NFC", plain)  # the same letters to a reader
    kept = ["Before.", *([plain] if plain else []), "After."]
    return "exact" if lines == kept else "altered without a word"


# Templates that attack


def payloads() -> list[Row]:
    """Fill templates that run code, read files, or never end."""
    what = f"code, files, objects ({len(PAYLOADS)})"
    endless = f"without end ({len(BOMBS)}; stopped after {SECONDS:.0f} s)"
    with tempfile.TemporaryDirectory() as folder:
        touch = Path(folder) / "touched"
        bare = [_attacked(source, sign, touch, ours=False) for source, sign in PAYLOADS.items()]
        own = [_attacked(source, sign, touch, ours=True) for source, sign in PAYLOADS.items()]
    bombs = [apart(lambda s=s: _rendered(s)) for s in BOMBS.values()]
    return [
        (what, "docxtpl", f"ran {bare.count(True)}"),
        (what, "nkdocs", f"ran {own.count(True)}"),
        (endless, "docxtpl", f"hung {bombs.count('hang')}, died {bombs.count('died')}"),
        (endless, "nkdocs", f"hung or died {sum(not _stopped(s) for s in BOMBS.values())}"),
    ]


def _attacked(source: str, sign: str, touch: Path, *, ours: bool) -> bool:
    touch.unlink(missing_ok=True)
    source = source.replace("TOUCH", str(touch))
    text = apart(lambda: _filled_text(source) if ours else _rendered(source), 60)
    signs = {"HOST": Path("/etc/hostname").read_text("utf-8").strip(), "PID": ""}
    if sign == "PID":
        return str(text).strip().isdecimal()
    return touch.exists() or (bool(sign) and signs.get(sign, sign) in str(text))


def _rendered(source: str) -> str:
    out = io.BytesIO()
    document = docx.Document()
    document.add_paragraph(source)
    document.save(out)
    word = docxtpl.DocxTemplate(out)
    try:
        word.render({"office": {"name": "Larch Street"}, "client": {"name": "x"}}, autoescape=True)
    except Exception:  # noqa: BLE001
        return "error"
    return "\n".join(p.text for p in word.docx.paragraphs)


def _filled_text(source: str) -> str:
    try:
        return "\n".join(said(filled(template(source), "office: {name: Larch Street}\n").docx))
    except TemplateError:
        return "refused"


def _stopped(source: str) -> bool:
    setting = Setting(Registry(law(), DAY), State.DRAFT)
    told = answers("office: {name: Larch Street}\n")
    try:
        filled_apart(lambda: fill(template(source), told, setting, name="a", title="A"), "a",
                     Limits(SECONDS))  # fmt: skip
    except TemplateError:
        return True
    return False


# Answers files


def facts() -> list[Row]:
    """Read facts as a person types them."""

    def changed(read: Callable[[str], Any]) -> Counter[str]:
        found: Counter[str] = Counter()
        for typed, meant in FACTS.items():
            try:
                got = read(f"fact: {typed}\n")["fact"]
            except (ValueError, yaml.YAMLError):
                found["traceback"] += 1
            else:
                found["as typed" if got == meant else "changed without a word"] += 1
        return found

    order = ("as typed", "changed without a word", "traceback")
    what = f"facts as a person types them ({len(FACTS)})"
    return [
        (what, "PyYAML, safe_load", counted(changed(BARE_YAML), order)),
        (what, "nkdocs", counted(changed(lambda t: _yaml.load(t).data), order)),
    ]


NAIVE = """
import sys, yaml
data = yaml.safe_load(open(sys.argv[2]))
print("ready", flush=True)
while True:
    yaml.safe_dump(data, open(sys.argv[1], "w"))
"""
OURS = """
import pathlib, sys
from nkdocs import _atomic
path, data = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]).read_bytes()
print("ready", flush=True)
while True:
    _atomic.save(path, data, backup=True)
"""


def kills(trials: int) -> list[Row]:
    """Kill a program that saves, at a random moment; is the file whole?"""
    what = f"an answers file ({trials} kills each)"
    return [
        (what, "PyYAML, safe_dump to the open file", f"corrupt {_killed(NAIVE, trials)}"),
        (what, "nkdocs", f"corrupt {_killed(OURS, trials)}"),
    ]


def _killed(code: str, trials: int) -> int:
    dice, broken = random.Random(7), 0  # noqa: S311 - the same moments in every run
    whole = {f"answer-{n}": f"text number {n} " * 4 for n in range(60)}
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "in.yaml", Path(folder) / "answers.yaml"
        source.write_text(yaml.safe_dump(whole), "utf-8")
        target.write_bytes(source.read_bytes())
        for _ in range(trials):
            command = [sys.executable, "-c", code, str(target), str(source)]
            with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT) as process:
                assert process.stdout is not None  # noqa: S101 - a pipe was asked for
                process.stdout.readline()
                time.sleep(dice.random() * 0.05)
                process.kill()
            try:
                broken += BARE_YAML(target.read_bytes()) != whole
            except yaml.YAMLError:
                broken += 1
            target.write_bytes(source.read_bytes())
    return broken


if __name__ == "__main__":
    main()
