# ruff: noqa: INP001 - part of a script, not a package
"""The office, cases and peers of the night run: everybody's letters say the same.

The letter is the one of `bench_fill.py`: three pages as Word leaves them, 35 kB of body, 48 tags,
loops, a table, header and footer. A client's answers are 200 lines and 5 kB of YAML. The peers
read as many lines of their own: what the letter prints, ready to print under flat names, and
what it does not print as it was answered; they work out no date, pronoun or form of a name.
"""

import io
import random
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml
from bench_fill import LETTER, NAMES, like_word, plain

from nkdocs._resources import shipped
from nkdocs.answers import load
from nkdocs.answers.view import Answers
from nkdocs.interview import load as interviews
from tests.word_source import build

INTERVIEW = """document: letter
title: A letter
audience: court
use: [meta, office, counsel, respondents, identity, matter, hearing, family, arrival, dprk, china, events]
files:
- {file: letter.docx, title: A letter, audience: court}
questions: []
"""  # noqa: E501 - one line of YAML
OFFICE = """office:
  name: A Legal Clinic
  address: 410 Larch Street, Suite 6, Fairmont, NY 00010
  phone: 000-555-0100
  email: office@clinic.example.org
  website: clinic.example.org
counsel:
  name: Miriam Okafor
  role: attorney
  eoir_id: ZZ000021
  bar_number: "0000021"
  bar_state: New York
  phone: 000-555-0101
  email: mokafor@clinic.example.org
"""
#: One client, whose story is nobody else's.
CASE = """answers: 1
meta:
  as_of: 2026-11-20
appearance:
  form: eoir-28
case:
  proceeding: removal_240
  stage: individual_set
  court: eoir-new-york-federal-plaza
  circuit: ca2
  judge: R. Castellane
  pleadings: denied
  nta_date: 2021-10-05
  charges: [a6]
  detained: no
  next_hearing:
    kind: individual
    when: 2027-02-11 09:00
    how: in person
  filing_deadline:
    date: 2027-01-12
  i589:
    filed: yes
    filed_on: 2023-01-19
    received_by: court
    withholding_only: no
  biometrics:
    done: yes
    on: 2023-04-02
  pending_motions: []
  history:
{history}
respondents:
- id: r{number}
  lead: yes
  name:
    legal: SEO Number{number} & Usim
    native: 서윤희
  a_number: {digits}
  pronoun: she
  i589: own
  born: about 1986
  sex: female
  address: 77 Alder Court, Fairmont, NY 00010
  phone: 000-555-0133
  birth_place:
    place: Musan County
    country: KP
  language: Korean
  understands_english: no
  reads_english: no
  reads_hangul: yes
  nationality:
  - id: dprk
    country: KP
    basis: birth
  - id: rok
    country: KR
    basis: law
    acquired: spring 2012
    passport: yes
    renounced: no
  entries:
  - id: e1
    when: autumn 2021
    where: near Otay Mesa
    manner: without inspection
    last: yes
family:
{family}
dprk:
  lived: yes
  province: North Hamgyong Province
  childhood: '{childhood}'
  occupation: I worked in a food workshop.
  party: no
  exit_when: winter 2008
  exit_reason: '{reason}'
china:
  lived: yes
  entered: winter 2008
  left: summer 2011
  life: '{life}'
  sold: yes
  sold_price: CNY 8000
  children: []
  returns: []
events:
{events}
_done: [respondents, family, events, case.history]
"""
STEPS = ("Notice to Appear served", "Notice to Appear filed", "Appearance of counsel",
         "Form I-589 received", "First request declined", "Hearing set")  # fmt: skip
RELATIONS = (("mother", "does not know", "KP"), ("father", "dead", "KP"),
             ("uncle", "does not know", "KP"), ("aunt", "does not know", "KP"))  # fmt: skip
SYLLABLES = "ba de fi go hu ka le mi no pu ra se ti vo wu".split()
LOOP = """
import sys, pathlib, yaml
from docxtpl import DocxTemplate
out = pathlib.Path(sys.argv[2]); out.mkdir()
for file in sorted(pathlib.Path(sys.argv[1]).glob("*.yaml")):
    answers = yaml.safe_load(file.read_text("utf-8"))
    word = DocxTemplate(sys.argv[3])
    word.render(answers, autoescape=True)
    word.save(out / (file.stem + ".docx"))
"""


class Stories:
    """The words of one client, nobody else's, the same in every run."""

    def __init__(self, number: int) -> None:
        """Begin."""
        self._own = random.Random(number)  # noqa: S311 - no secret

    def words(self, count: int) -> str:
        """Return a sentence of *count* words."""
        return " ".join("".join(self._own.choices(SYLLABLES, k=3)) for _ in range(count)) + "."


def case(number: int) -> str:
    """Return the answers of one client: 200 lines, 5 kB."""
    words = Stories(number).words
    history = [f"  - id: h{n}\n    when: {2021 + n % 6}-{n + 1:02d}-05\n    what: {what}"
               for n, what in enumerate(STEPS)]  # fmt: skip
    family = [f"- id: {who}\n  relation: {who}\n  status: {how}\n  country: {where}\n"
              f"  harm: '{words(8)}'\n  at_risk: yes" for who, how, where in RELATIONS]  # fmt: skip
    events = [f"- id: v{n}\n  when: winter {2004 + n}\n"
              "  where:\n    country: KP\n    place: Musan\n"
              f"  whom: me\n  harm: [detention]\n  told: '{words(18)}'\n  who: '{words(6)}'\n"
              "  reported: no" for n in range(7)]  # fmt: skip
    return CASE.format(
        number=number, digits=f"A000-{number // 1000:03d}-{number % 1000:03d}",
        history="\n".join(history), family="\n".join(family), events="\n".join(events),
        childhood=words(14), reason=words(10), life=words(14),
    )  # fmt: skip


class Night:
    """A folder with an office, *number* cases, and the same for the peers.

    Attributes:
        cases: the clients' answers.
        flat: what the peers read.
        word, node: the peers' templates.
    """

    def __init__(self, folder: Path, number: int) -> None:
        """Write everything."""
        self.folder = folder
        self.cases, self.flat = folder / "cases", folder / "flat"
        own = folder / "templates" / "letter"
        for made in (own, self.cases, self.flat):
            made.mkdir(parents=True)
        (folder / "office.yaml").write_text(OFFICE, "utf-8")
        (own / "interview.yaml").write_text(INTERVIEW, "utf-8")
        letter = like_word(build(LETTER))
        (own / "letter.docx").write_bytes(letter)
        self.word, self.node = folder / "docxtpl.docx", folder / "docxtemplater.docx"
        self.word.write_bytes(_with_tags(letter, _flat_tag))
        self.node.write_bytes(_with_tags(letter, _node_tag))
        catalogue = interviews.load([own.parent, shipped("templates")])
        for n in range(number):
            text = case(n)
            (self.cases / f"{n:05d}.yaml").write_text(text, "utf-8")
            read = load.load(text, "answers.yaml", OFFICE, "office.yaml")
            told = _flat(plain(Answers(read, catalogue).names(), NAMES))
            told |= {"answered": read.data}
            short = yaml.safe_dump(told, allow_unicode=True, sort_keys=False, width=1000)
            (self.flat / f"{n:05d}.yaml").write_text(_as_long_as(text, short), "utf-8")


def _flat(told: dict[str, Any], above: str = "") -> dict[str, Any]:
    """Return the names of a letter without groups: client_name_legal."""
    found: dict[str, Any] = {}
    for name, value in told.items():
        here = f"{above}_{name}" if above else name
        found |= _flat(value, here) if isinstance(value, dict) else {here: value}
    return found


def _as_long_as(text: str, longer: str) -> str:
    """Return the peers' file with as many lines as ours: what is not printed is cut off."""
    return "\n".join(longer.splitlines()[: len(text.splitlines())]) + "\n"


_GROUPS = re.compile(r"\b(office|counsel|client|case|dprk|china)((?:\.\w+)+)")
_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}")


def _flat_tag(tag: str) -> str:
    """Return a tag of docxtpl with the flat names of the peers."""
    return _GROUPS.sub(lambda m: m[1] + m[2].replace(".", "_"), tag)


def _node_tag(tag: str) -> str:
    """Return a tag as docxtemplater writes it; names of an item stand by themselves in its loop."""
    said = re.sub(r"^\{[{%](p |tr )?\s*|\s*[%}]\}$", "", _flat_tag(tag))
    if said.startswith("end"):
        return "{/}"
    if said.startswith(("if ", "for ")):
        return f"{{#{said.rpartition(' ')[2]}}}"
    return f"{{{re.sub(r'^(event|person|step|entry)[.]', '', said)}}}"


def _with_tags(letter: bytes, worded: Callable[[str], str]) -> bytes:
    """Return the letter with every tag written anew by *worded*."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(letter)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for info in old.infolist():
            data = old.read(info)
            if b"{{" in data:
                text = data.decode()
                if worded is _node_tag and "{%tr " in text:
                    text = _loop_in_cells(text)
                data = _TAG.sub(lambda m: worded(m[0]), text).encode()
            new.writestr(info, data)
    return out.getvalue()


def _loop_in_cells(text: str) -> str:
    """Let a loop over rows begin in the row's first cell and end in its last one."""
    rows = re.compile(r"<w:tr\b(?:(?!</w:tr>).)*?(\{%tr (?:for|end).*?%\}).*?</w:tr>", re.DOTALL)
    begun, ended = (m[1].replace("%tr ", "% ") for m in rows.finditer(text))
    text = rows.sub("", text)
    text = text.replace("{{ person.relation }}", f"{begun}{{{{ person.relation }}}}")
    return text.replace("{{ person.country }}", f"{{{{ person.country }}}}{ended}")
