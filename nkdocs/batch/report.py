"""What became of a batch: for the screen, as a table, as data, and as one page to read.

It names letters by number and where they come from, never by a client's name or answer.
"""

import csv
import io
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from html import escape

from nkdocs import _atomic
from nkdocs.batch.outcomes import KEPT, Outcome, Outcomes
from nkdocs.batch.run import Batch
from nkdocs.diagnostics import Finding, Severity, shown

PAGE, TABLE, DATA = "report.html", "report.csv", "report.json"
WHAT = ("written", "unchanged", "kept", "failed")
_WORDS = {
    "written": "written now",
    "unchanged": "unchanged since an earlier run",
    "kept": "kept: a letter was not written anew",
    "failed": "failed",
}
LEFT = "left over"
_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # wide ones too
_MOST = 2_000  # cases that the page lists; all of them are in the table
_REASONS = 6  # of one case
_NOTHING = "no paper of the document fits this case"
_OPEN, _NOT_TAKEN = "A004", frozenset({"A001", "A002", "A003"})


def counts(outcomes: Outcomes) -> dict[str, int]:
    """Return how many cases came out how, and how many need a person."""
    many = {what: outcomes.counts[what] for what in WHAT}
    return {"cases": len(outcomes), **many, "person": outcomes.people}


def why(outcome: Outcome) -> list[tuple[str, str]]:
    """Return why a case needs a person: each reason with the next step.

    Why a letter is kept comes first, then what was typed and could not be taken; what is open last.
    """
    said = [(outcome.message, outcome.hint)] if outcome.message else []
    kept = [f for f in outcome.findings if f.code in KEPT]
    bad = [f for f in outcome.findings if f.severity is Severity.ERROR and f not in kept]
    bad.sort(key=lambda f: (f.code == _OPEN, f.code not in _NOT_TAKEN))
    said += [(str(f), f.hint) for f in (*kept, *bad)]
    return said or [(_NOTHING, "")] if outcome.what == "kept" else said


def locked(outcomes: Outcomes) -> str:
    """Say how letters of locked cases come out, empty where there are none."""
    count = outcomes.locked
    if not count:
        return ""
    are = "is of a locked case" if count == 1 else "are of locked cases"
    return (
        f"letters that are age files: {count} {are}, sealed for the keys of the case; what was "
        "found in it is not told in the reports"
    )


def stopped(batch: Batch) -> str:
    """Say how far a run came that was stopped, empty where it came to its end."""
    if not batch.stopped:
        return ""
    done = f"{len(batch.outcomes)} of {_letters(batch.sources.total)}"
    return f"stopped: {done} are done; run the same command again, and it goes on from there"


def write(batch: Batch, notes: Sequence[str] = ()) -> None:
    """Write the three reports beside the letters, each whole or not at all.

    They are written piece by piece: none is held in memory.
    """
    folder = batch.journal.folder
    made = {PAGE: [page(batch, notes)], TABLE: table(batch), DATA: _json(batch, notes)}
    _atomic.save_all(
        {folder / name: (t.encode("utf-8") for t in texts) for name, texts in made.items()}
    )


# As data


def around(batch: Batch, notes: Sequence[str] = ()) -> dict[str, object]:
    """Return the report without the cases, and the empty list of letters where they stand."""
    return {
        "document": batch.order.document,
        "state": batch.order.state.value,
        "stopped": batch.stopped,
        "counts": counts(batch.outcomes),
        "letters": [],
        "alike": [
            {"case": number, "other": other, "code": f.code, "message": f.message, "next": f.hint}
            for number, other, f in batch.alike
        ],
        "alike_not_compared": batch.unlooked,
        "left": [{"file": name, "why": reason} for name, reason in batch.left],
        "notes": list(notes),
    }


def _json(batch: Batch, notes: Sequence[str]) -> Iterator[str]:
    """Yield the report as JSON, a case a line."""
    whole = json.dumps(around(batch, notes), ensure_ascii=False, indent=1)
    before, after = whole.split('"letters": []')  # an answer's quotes are written \"
    yield f'{before}"letters": ['
    between = "\n"
    for outcome in batch.outcomes:
        yield f"{between}  {json.dumps(case(outcome), ensure_ascii=False)}"
        between = ",\n"
    yield f"\n ]{after}\n"


def case(outcome: Outcome) -> dict[str, object]:
    """Return what became of one case, as it stands in the list of letters."""
    return {
        "case": outcome.number,
        "source": outcome.source,
        "what": outcome.what,
        "needs_a_person": outcome.person,
        "exit_code": outcome.code,
        "error": outcome.message,
        "next": outcome.hint,
        "files": list(outcome.files),
        "findings": [
            {"code": f.code, "severity": f.severity.value, "message": f.message,
             "place": str(f.place), "next": f.hint, "cure": f.cure}
            for f in outcome.findings
        ],
    }  # fmt: skip


# As a table


def table(batch: Batch) -> Iterator[str]:
    """Yield the report as CSV, with a byte order mark so that Excel reads Korean."""
    head = ["case", "source", "what", "needs a person", "why", "next step", "files", "alike"]
    yield "\ufeff" + _line(head)
    alike: dict[str, list[str]] = {}
    for number, other, f in batch.alike:
        alike.setdefault(number, []).append(f"{other} ({f.code})")
        alike.setdefault(other, []).append(f"{number} ({f.code})")
    for one in batch.outcomes:
        reasons = why(one)
        row = [one.number, one.source, one.what, "yes" if one.person else "no",
               "; ".join(r for r, _ in reasons), "; ".join(_steps(reasons)),
               "; ".join(one.files), "; ".join(alike.get(one.number, ()))]  # fmt: skip
        yield _line([plain(cell) for cell in row])
    if batch.stopped:
        said, _, step = stopped(batch).partition("; ")
        yield _line(["", "", "stopped", "yes", said, step, "", ""])
    for name, reason in batch.left:
        said, _, step = reason.partition(": ")
        yield _line(["", "", LEFT, "yes", said, step, plain(name), ""])


def _line(cells: Sequence[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(cells)
    return out.getvalue()


def plain(text: str) -> str:
    """Return text that no spreadsheet takes for a formula (TRUST R22)."""
    said = shown(text, breaks=True)
    return f"'{said}" if said.startswith(_FORMULAS) else said


def _steps(reasons: Sequence[tuple[str, str]]) -> list[str]:
    return list(dict.fromkeys(hint for _, hint in reasons if hint))


# As a page

_STYLE = """
body{font:16px/1.45 system-ui,sans-serif;color:#1a1a1a}
body{max-width:60rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.5rem}h2{font-size:1.2rem;margin-top:2rem}
table{border-collapse:collapse;width:100%}
th,td{text-align:left;vertical-align:top;padding:.35rem .6rem;border-bottom:1px solid #ccc}
td.n{text-align:right;font-variant-numeric:tabular-nums}
ul{margin:0;padding-left:1.1rem}.next{color:#444}
@media print{body{margin:0}}
"""


def page(batch: Batch, notes: Sequence[str] = ()) -> str:
    """Return the report as one page without scripts, for a browser or a printer."""
    number = counts(batch.outcomes)
    title = f"{batch.order.document}, {batch.order.state.value}: {_letters(number['cases'])}"
    said = (stopped(batch), locked(batch.outcomes))
    more = [f"{one[0].upper()}{one[1:]}." for one in said if one]
    body = [f"<h1>{escape(title)}</h1>", _counted(number), *_noted((*notes, *more))]
    lists = _Lists()
    for outcome in batch.outcomes:
        lists.take(outcome)
    body += _people("Failed: no letter was made", lists, "failed")
    body += _people("Kept: a letter was not written anew", lists, "kept")
    body += _reasons(lists)
    body += _people("Written, and a person must look before they go on", lists, "rest")
    body += _left(batch)
    body += _alike(batch)
    body.append(
        f"<p class='next'>All cases, one a line: {TABLE}; the same for programs: {DATA}. "
        "Run the same command again after mending: what is done stays done.</p>"
    )
    return (
        "<!doctype html>\n<html lang='en'><head><meta charset='utf-8'>"
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body>\n"
        + "\n".join(body)
        + "\n</body></html>\n"
    )


def _counted(number: Mapping[str, int]) -> str:
    rows = [(_WORDS[what], number[what]) for what in WHAT if number[what] or what == "failed"]
    rows.append(("need a person", number["person"]))
    cells = "".join(f"<tr><td>{escape(w)}</td><td class='n'>{n}</td></tr>" for w, n in rows)
    return f"<table>{cells}</table>"


def _noted(notes: Sequence[str]) -> Iterator[str]:
    for note in notes:
        yield f"<p>{_text(note)}</p>"


class _Lists:
    """The cases that the page lists, and what those have in common that were written."""

    def __init__(self) -> None:
        self.first: dict[str, list[Outcome]] = {"failed": [], "kept": [], "rest": []}
        self.counts: Counter[str] = Counter()
        self.kinds: Counter[tuple[str, str]] = Counter()

    def take(self, one: Outcome) -> None:
        """Take in a case."""
        if not one.person and one.what != "kept":
            return
        kind = one.what if one.what in self.first else "rest"
        self.counts[kind] += 1
        if len(self.first[kind]) < _MOST:
            self.first[kind].append(one)
        if kind == "rest":
            bad = (f for f in one.findings if f.severity is Severity.ERROR)
            self.kinds.update({(f.code, _kind(f)) for f in bad})


def _people(title: str, lists: _Lists, kind: str) -> Iterator[str]:
    """Yield the list of cases that need a person, with why and what next."""
    count = lists.counts[kind]
    if not count:
        return
    yield f"<h2>{escape(title)} ({count})</h2>"
    yield "<table><tr><th>Case</th><th>From</th><th>Why</th><th>Next step</th></tr>"
    for one in lists.first[kind]:
        reasons = why(one)
        listed = "".join(f"<li>{_text(reason)}</li>" for reason, _ in reasons[:_REASONS])
        more = f"<li>and {len(reasons) - _REASONS} more</li>" if len(reasons) > _REASONS else ""
        steps = "".join(f"<li>{_text(step)}</li>" for step in _steps(reasons)[:_REASONS])
        yield (
            f"<tr><td>{escape(one.number)}</td><td>{_text(one.source)}</td>"
            f"<td><ul>{listed}{more}</ul></td><td><ul>{steps}</ul></td></tr>"
        )
    yield "</table>"
    if count > _MOST:
        yield f"<p>{count - _MOST} more stand in {TABLE}.</p>"


def _reasons(lists: _Lists) -> Iterator[str]:
    """Yield what most of the cases have in common, so that it is mended once."""
    often = sorted(lists.kinds.items(), key=lambda item: (-item[1], item[0]))[:12]
    if lists.counts["rest"] < 2 or not often:  # noqa: PLR2004 - of one case nothing is common
        return
    yield "<h2>What most of them have in common</h2><table>"
    for (code, said), number in often:
        yield f"<tr><td class='n'>{number}</td><td>{_text(f'{code} {said}')}</td></tr>"
    yield "</table>"


def _kind(finding: Finding) -> str:
    """Return what a finding is about without whose it is."""
    return finding.subject if finding.code in {"A003", "A004"} else finding.hint


def _alike(batch: Batch) -> Iterator[str]:
    """Yield which clients' cases are alike: a court may ask why."""
    if not batch.alike and not batch.unlooked:
        return
    yield "<h2>Alike across clients</h2>"
    yield "<p>Courts take the same words in two clients' papers for a sign of made-up claims.</p>"
    yield "<table><tr><th>Case</th><th>Other</th><th>What</th><th>Next step</th></tr>"
    for number, other, f in batch.alike:
        yield (
            f"<tr><td>{number}</td><td>{other}</td><td>{_text(f'{f.code} {f.message}')}</td>"
            f"<td>{_text(f.hint)}</td></tr>"
        )
    yield "</table>"
    if batch.unlooked:
        yield f"<p>{batch.unlooked} further pairs were not compared: mend these first.</p>"


def _left(batch: Batch) -> Iterator[str]:
    """Yield the letters that lie in the folder and are not of this run."""
    if not batch.left:
        return
    yield f"<h2>In the folder, and not of this run ({len(batch.left)})</h2>"
    yield "<table><tr><th>Letter</th><th>Why</th></tr>"
    for name, reason in batch.left[:_MOST]:
        yield f"<tr><td>{_text(name)}</td><td>{_text(reason)}</td></tr>"
    yield "</table>"
    if len(batch.left) > _MOST:
        yield f"<p>{len(batch.left) - _MOST} more stand in {TABLE}.</p>"


def _text(text: str) -> str:
    return escape(shown(text))


def _letters(number: int) -> str:
    return f"{number} case{'' if number == 1 else 's'}"
