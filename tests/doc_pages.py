"""The pages that are made from data: the checks, the law behind the papers, the help.

After a change of findings, questions, templates, the registry or the commands, from the top of the
repository: `python -m tests.doc_pages`. A test fails while a page is stale.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from typer.testing import CliRunner

from nkdocs import authorities
from nkdocs._resources import shipped
from nkdocs.authorities import Authority
from nkdocs.checks import run
from nkdocs.checks.run import Wording
from nkdocs.cli.app import app
from nkdocs.interview import load
from nkdocs.interview.spec import Catalogue, Document
from nkdocs.packet import reasons

ROOT = Path(__file__).resolve().parents[1]
TEMPLATES = shipped("templates")

_FAMILIES = {
    "L0": "Identity and form",
    "L1": "Deadlines",
    "L2": "Safety of a request for discretion",
    "L3": "Supervisory review",
    "L4": "Declarations and the I-589",
    "L5": "Between documents",
    "L6": "Exhibits",
    "L7": "Authorities",
    "L8": "Confidentiality",
}
_MARKS = {
    "A": "its text or official page was read",
    "B": "a reputable page stating it was read",
    "B-": "secondary pages only, some partisan",
    "C": "general knowledge, text not read",
    "X": "looked for, not found",
}
_CHECKS_HEAD = """# The checks

*Made from `templates/shared/findings.yaml` by `python -m tests.doc_pages`. Change words and
weights there.*

Nothing stops a draft. From the state named under **from**, an ERROR stops the papers (exit 6)
unless the attorney accepts that one finding with a reason; a finding marked **block** cannot be
accepted. A WARN never stops; an INFO is shown with `--all`. An acceptance names one finding and
is void when the facts it read change. The checks find some faults, not all: no finding is not an
approval.

`nkdocs check CASE` runs them; `nkdocs why CODE` explains one.
"""
_LAW_HEAD = """# The law behind the papers

*Made from the registry (`templates/shared/authorities.yaml`), the questions and the templates by
`python -m tests.doc_pages`.*

This is **not legal advice**. No attorney has signed for any entry: every `verified` in the
registry ships empty. You confirm the law on the live page, for the day the papers carry, before
anything is filed.

How it works:

- A template cites an authority by its id and prints it only when it stands **confirmed**: the
  registry says `in_force` on the day of the papers (`meta.as_of`) and it was established by
  reading (marks A and B), or you noted in the case that you read it: `nkdocs authorities CASE
  --confirm ID --by NAME --source WHERE`. Otherwise the paper prints neutral wording. For a
  request to ICE that is the office's longstanding authority to decide case by case, with no memo
  and no rule named.
- What a paper asked for and nobody confirmed is listed in one line a paper (L703). Fallen law
  cited as if it stood stops the paper (L702, L213, L305).
- Sworn text carries no law at all.
- An office may keep its own registry, findings and venues in `templates/shared/` beside
  `office.yaml`; they shadow these.

Marks: {marks}.
"""
_CONFIRM = """## Confirm before filing, in every case

1. **Guidance on discretion on the day of the letter.** Rows overlap, and from 2025 on none is
   confirmed: `nkdocs authorities --on DAY --kind guidance`.
2. **8 CFR 1003.18** (administrative closure, termination): whether it was amended after 2024.
3. **Expedited removal**: the state of *Make the Road*, *CHIRLA* and the designation, before
   dismissal or termination is asked.
4. **Filing times**: the judge's order wins; the figures of the Practice Manual were not
   confirmed.
5. **Controlling circuit**: it follows the court where venue lies today; a transfer changes it.
6. **Firm resettlement**: the text of 8 CFR 208.15 printed online is that of an enjoined rule;
   use the wording before 2021.
7. **Fees** under Pub. L. 119-21: amounts and due dates change; none is written in this program.
8. **The addressee**: no address or mailbox of an office ships; its profile must have been
   verified lately.
9. **Korean text**: nobody has reviewed it by name yet.
"""


def checks_page() -> str:
    """Return docs/checks.md."""
    words = run.wordings([TEMPLATES])
    parts = [_CHECKS_HEAD]
    for family, title in _FAMILIES.items():
        own = {code: word for code, word in sorted(words.items()) if code.startswith(family)}
        if own:
            parts.append(f"## {title}\n")
            parts += [_check(code, word) for code, word in own.items()]
    parts.append("## Answers, files and templates\n")
    parts += [f"- **{code}** {text}" for code, text in sorted(reasons.all_codes().items())]
    return "\n".join(parts).rstrip() + "\n"


def _check(code: str, word: Wording) -> str:
    source = "; ".join([word.source] if isinstance(word.source, str) else word.source)
    told = [word.severity, f"from {word.counts}", word.kind, word.group, f"cure: {word.cure}"]
    why, follow = " ".join(word.why.split()), " ".join(word.next.split())
    weight = f"*{', '.join(filter(None, told))}*"
    lines = [f"Next: {follow}", f"Source: {source}" if source else ""]
    below = "\n".join(f"- {line}" for line in lines if line)
    return f"### {code}: {' '.join(word.message.split())}\n\n{weight}\n\n{why}\n\n{below}\n"


def law_page() -> str:
    """Return docs/law.md."""
    catalogue, law = load.load([TEMPLATES]), authorities.load([TEMPLATES])
    marks = "; ".join(f"**{mark}** {text}" for mark, text in _MARKS.items())
    parts = [_LAW_HEAD.format(marks=marks), _CONFIRM]
    parts += [_family(d, catalogue, law) for d in catalogue.documents.values()]
    parts += [_adverse(law.values()), _unverified(law.values())]
    return "\n".join(parts).rstrip() + "\n"


def _family(document: Document, catalogue: Catalogue, law: dict[str, Authority]) -> str:
    """Return the part on one document: what it may print, and what its questions rest on."""
    texts = [p.read_text("utf-8") for p in sorted(document.folder.glob("*.txt"))]
    named = sorted({n for t in texts for n in re.findall(r"authority\('([\w-]+)'\)", t)})
    asked = sorted({s for q in catalogue.asked(document) for s in q.source})
    lines = [f"## {document.title}", "", f"`{document.id}`, for: {document.audience}.", ""]
    if named:
        lines += ["It may print, once confirmed:", "", *_rows(law[n] for n in named), ""]
    else:
        lines += ["It prints no authority.", ""]
    lines += [f"Its questions name as their reasons: {'; '.join(asked)}.", ""]
    return "\n".join(lines)


def _rows(entries: Iterable[Authority]) -> Iterator[str]:
    yield "| Authority | Status | Mark | Where it was read |"
    yield "|---|---|---|---|"
    for a in entries:
        status = a.status.replace("_", " ")
        yield f"| {a.cite} (`{a.id}`) | {status} | {a.mark} | {a.source or 'not read'} |"


def _adverse(entries: Iterable[Authority]) -> str:
    call = "Citing the left one to a tribunal calls for the right one."
    lines = ["## Adverse authority", "", call, ""]
    lines += ["| Cited | Adverse | Followed in | Not followed in |", "|---|---|---|---|"]
    for a in entries:
        if a.adverse or a.followed or a.not_followed:
            told = (a.adverse, a.followed, a.not_followed)
            lines.append(f"| {a.cite} | {' | '.join(', '.join(names) for names in told)} |")
    return "\n".join([*lines, ""])


def _unverified(entries: Iterable[Authority]) -> str:
    rule = "Printed nowhere before an attorney confirms it in the case."
    lines = ["## Not verified", "", rule, ""]
    lines += ["| Authority | Mark | Note |", "|---|---|---|"]
    open_ = [a for a in entries if a.status == "unverified"]
    lines += [f"| {a.cite} (`{a.id}`) | {a.mark} | {a.note} |" for a in open_]
    return "\n".join([*lines, ""])


def help_page() -> str:
    """Return what `nkdocs --help` says in a terminal of eighty columns or more."""
    told = CliRunner().invoke(app, ["--help"], prog_name="nkdocs", env={"COLUMNS": "80"})
    return told.stdout


PAGES = {
    "docs/checks.md": checks_page,
    "docs/law.md": law_page,
    "nkdocs/cli/help.txt": help_page,
}


if __name__ == "__main__":
    for name, made in PAGES.items():
        (ROOT / name).write_text(made(), encoding="utf-8")
