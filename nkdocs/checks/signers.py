"""Who may sign a paper for the court."""

from collections.abc import Iterator

from nkdocs.checks.facts import Facts, Found, Rule, key

#: Papers for the court that the declarant or a witness signs, and counsel does not.
_SWORN = ("asylum-declaration", "witness-declaration", "supplemental-declaration", "i589-answers")
_PARTIAL = ("counsel", "accreditation")


def _partial(facts: Facts) -> Iterator[Found]:
    """L010: a representative with partial accreditation would sign for the court.

    Partial accreditation reaches DHS alone, full accreditation EOIR as well: 8 CFR 1292.1(a)(4)
    (general knowledge, text not read).
    """
    role = key(facts.answers.value(("counsel", "role")))
    if role != "accredited_rep" or key(facts.answers.value(_PARTIAL)) != "partial":
        return
    known = facts.answers.catalogue.documents
    for name in sorted(facts.chosen):
        if name in known and known[name].audience == "court" and not name.startswith(_SWORN):
            yield Found("L010", name, _PARTIAL, {"document": name}, (("counsel", "role"),))


RULES: tuple[Rule, ...] = (_partial,)
