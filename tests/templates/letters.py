"""The letters to ICE and their companions, filled from the demo case with answers changed."""

import re
import shutil
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from msgspec.structs import replace

from nkdocs._resources import shipped
from nkdocs.answers.load import load
from nkdocs.diagnostics import State
from nkdocs.documents.wordfile import BODY, WordFile, text_of
from nkdocs.documents.wordfile import paragraphs as paragraphs_of
from nkdocs.packet.desk import Desk, open_desk
from nkdocs.packet.papers import Circumstances, make

FORMS = "forms: [admin_closure, stipulate_issues, continuance]\n  primary: admin_closure"
RIDER = re.compile(r"- id: han-ji\n(?:  .*\n)+")


@cache
def demo() -> Desk:
    """Return the demo case, where it ships."""
    return open_desk(shipped("answers") / "demo")


def case(*changes: tuple[str, str], desk: Desk | None = None, alone: bool = False) -> Desk:
    """Return the demo case with texts of its answers replaced; *alone* without the rider."""
    desk = desk or demo()
    text = RIDER.sub("", desk.file.text) if alone else desk.file.text
    for old, new in changes:
        assert text.count(old) == 1, (old, text.count(old))
        text = text.replace(old, new)
    file = load(text, "answers.yaml", desk.case.office_text(), "office.yaml")
    assert not file.faults, file.faults
    return replace(desk, file=file)


def asks(*forms: str, office: str = "", grounds: str = "") -> tuple[str, str]:
    """Return the change that makes the request ask for *forms*, the first one first."""
    more = "".join(f"\n  {k}: {v}" for k, v in (("addressee_office", office), ("grounds", grounds))
                   if v)  # fmt: skip
    return FORMS, f"forms: [{', '.join(forms)}]\n  primary: {forms[0]}{more}"


def paragraphs(desk: Desk, name: str = "pd-request", state: State = State.FINAL) -> list[str]:
    """Return what a paper says, paragraph by paragraph, no-break spaces made plain."""
    document = next(d for d in desk.catalogue.documents.values()
                    if f"{name}.docx" in [f.file for f in d.files])  # fmt: skip
    paper = make(desk, document, document.file(f"{name}.docx"), Circumstances(state))
    texts = (text_of(p) for p in paragraphs_of(WordFile.read(paper.docx, name).tree(BODY)))
    return [t.strip().replace("\u00a0", " ") for t in texts if t.strip()]


def said(desk: Desk, name: str = "pd-request", state: State = State.FINAL) -> str:
    """Return what a paper says."""
    return "\n".join(paragraphs(desk, name, state))


def recorded(folder: Path, *papers: Mapping[str, object]) -> Desk:
    """Return the demo case in *folder*, without its exhibits, after *papers* were sent."""
    for name in ("answers.yaml", "office.yaml"):
        shutil.copy(shipped("answers") / "demo" / name, folder / name)
    desk = open_desk(folder)
    for paper in papers:
        desk.case.record([{"kind": "sent", "path": f"../served/{paper['filing']}.pdf", **paper}])
    return desk
