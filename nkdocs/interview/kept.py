"""The catalogue kept on disk as plain values, so that a fresh process reads and checks no YAML.

It is named by every file it was read from, their paths and bytes, and by the program; what has a
fault is never kept, so its faults are told each time.
"""

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

from msgspec.structs import replace

from nkdocs import _kept
from nkdocs._conditions import Condition
from nkdocs.interview.files import find_files
from nkdocs.interview.spec import (
    Boxes,
    Catalogue,
    Document,
    Question,
    Section,
    TemplateFile,
    Wording,
)
from nkdocs.kinds.kind import PLAIN, Options
from nkdocs.kinds.registry import KINDS

_Plain: TypeAlias = tuple[Any, ...]
_NONE = Wording("")
_Known: TypeAlias = Mapping[str, Condition]


def load(folders: Sequence[Path], *, keep: bool) -> Catalogue:
    """Return what `load.load` does; with *keep* it is read from disk if it was read before.

    Raises:
        TemplateError: one or more files are wrong; each fault names file and line.
    """
    name = _key(folders) if keep else ""
    plain = _kept.load(name) if name else None
    if plain is not None:
        return read(plain)
    from nkdocs.interview.load import load as read_anew

    found = read_anew(folders)
    if name and _key(folders) == name:  # nothing was changed while it was read
        _kept.save(name, written(found))
    return found


def _key(folders: Sequence[Path]) -> str:
    """Return the name of what is read from *folders*; empty if a file cannot be read."""
    sections, documents = find_files(folders)
    files = [*sections.values(), *documents.values()]
    try:
        told = [part for f in files for part in (os.fsencode(f), f.read_bytes())]
    except OSError:
        return ""
    return _kept.key(_kept.reader(), *told)


def written(catalogue: Catalogue) -> _Plain:
    """Return *catalogue* as plain values."""
    conditions: dict[str, Condition] = {}

    def text(condition: Condition | None) -> str | None:
        if condition is None:
            return None
        conditions[condition.text] = condition
        return condition.text

    def question(q: Question) -> _Plain:
        need = q.required if isinstance(q.required, bool) else text(q.required)
        limits = {key: text(condition) for key, condition in q.limits.items()}
        told = (_said(q.prompt), _said(q.advice), _said(q.sample))
        when = (need, text(q.when), text(q.disclose_when), limits)
        rest = (q.section, q.audience, q.why, q.source, q.singular, q.harm, q.on_request, q.file)
        return q.steps, q.kind.name, _options(q.options), told, when, rest

    at = {id(q): number for number, q in enumerate(catalogue.questions.values())}
    questions = [question(q) for q in catalogue.questions.values()]
    sections = [
        (name, s.id, _said(s.title), [at[id(q)] for q in s.questions], text(s.when))
        for name, s in catalogue.sections.items()
    ]
    documents = [
        (
            (d.id, d.title, d.audience, d.sections, d.require),
            [(f.file, f.title, f.audience, text(f.when), f.source) for f in d.files],
            (str(d.folder), text(d.when), d.each, d.item, d.base),
            [
                (b.part, b.of, text(b.where), dict(b.fills), b.enough, b.needs, text(b.needed))
                for b in d.boxes
            ],
        )
        for d in catalogue.documents.values()
    ]
    told = {c.text: (c.names, c.plain) for c in conditions.values()}
    return told, questions, sections, documents, dict(catalogue.names)


def _said(wording: Wording) -> _Plain | None:
    return (wording.en, wording.ko, wording.reviewed_by) if wording != _NONE else None


def _options(options: Options) -> _Plain | None:
    if options == PLAIN:
        return None
    both = dict(options.choices), dict(options.korean)
    return *both, options.unknowns, options.singular, options.without


def read(plain: _Plain) -> Catalogue:
    """Return the catalogue that `written` made plain."""
    told, questions, sections, documents, names = plain
    known = {text: Condition.known(text, *read) for text, read in told.items()}
    asked = [_question(q, known) for q in questions]
    return Catalogue(
        {
            name: Section(id_, _wording(title), tuple(asked[n] for n in numbers), known.get(when))
            for name, id_, title, numbers, when in sections
        },
        {d.id: d for d in (_document(d, known) for d in documents)},
        {q.steps: q for q in asked},
        names,
    )


def _wording(plain: _Plain | None) -> Wording:
    return Wording(*plain) if plain else _NONE


def _question(plain: _Plain, known: _Known) -> Question:
    steps, kind, options, told, when, rest = plain
    need, asked, disclose, limits = when
    section, audience, why, source, one, harm, on_request, file = rest
    return Question(
        steps=steps,
        kind=KINDS[kind],
        options=_read_options(options) if options else PLAIN,
        prompt=_wording(told[0]),
        section=section,
        audience=audience,
        advice=_wording(told[1]),
        why=why,
        source=source,
        sample=_wording(told[2]),
        required=need if isinstance(need, bool) else known[need],
        when=known.get(asked),
        singular=one,
        disclose_when=known.get(disclose),
        limits={key: known[text] for key, text in limits.items()},
        harm=harm,
        on_request=on_request,
        file=file,
    )


def _read_options(plain: _Plain) -> Options:
    choices, korean, unknowns, singular, without = plain
    return Options(
        choices=choices, korean=korean, unknowns=unknowns, singular=singular, without=without
    )


def _document(plain: _Plain, known: _Known) -> Document:
    first, files, (folder, when, each, item, base), boxes = plain
    made = tuple(_files(files, known))
    filled = tuple(
        Boxes(part, of, known.get(where), fills, enough, needs, known.get(needed))
        for part, of, where, fills, enough, needs, needed in boxes
    )
    id_, title, audience, sections, require = first
    least = Document(id_, title, audience, sections, require, made, Path(folder), known.get(when))
    return replace(least, each=each, item=item, base=base, boxes=filled)


def _files(files: Iterable[_Plain], known: _Known) -> Iterable[TemplateFile]:
    for file, title, audience, when, source in files:
        yield TemplateFile(file, title, audience, known.get(when), source)
