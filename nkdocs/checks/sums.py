"""Sums of money in papers against the answers that hold them."""

import re
from collections.abc import Iterator
from decimal import Decimal

from nkdocs._patterns import lazily
from nkdocs.checks.facts import Facts, Found, Rule
from nkdocs.checks.passages import inside, of_the_case, origin, quoted, sentences
from nkdocs.checks.timeline import spot_of
from nkdocs.diagnostics import Severity
from nkdocs.kinds.nonanswers import value_of
from nkdocs.kinds.numbers import CURRENCIES, Money

_NAMES = {
    "yuan": {"CNY"}, "renminbi": {"CNY"}, "rmb": {"CNY"}, "won": {"KRW", "KPW"},
    "dollars": {"USD"}, "dollar": {"USD"}, "baht": {"THB"}, "kip": {"LAK"}, "pesos": {"MXN"},
    "$": {"USD"}, "us$": {"USD"}, "₩": {"KRW"},
}  # fmt: skip
_SMALL = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
        "fifteen sixteen seventeen eighteen nineteen".split()
    )
} | {
    word: 10 * number
    for number, word in enumerate(
        "twenty thirty forty fifty sixty seventy eighty ninety".split(), 2
    )
}
_LARGE = {"hundred": 100, "thousand": 1000, "million": 1_000_000}
_WORD = "|".join((*_SMALL, *_LARGE))
_FIGURE = r"\d[\d,]*(?:\.\d+)?"
_CODE = "|".join(sorted(CURRENCIES))
_UNIT = "yuan|renminbi|RMB|won|dollars?|baht|kip|pesos"
_SUM = lazily(
    rf"(?P<before>\b(?:{_CODE}|RMB)\s?|US\$\s?|\$\s?|₩\s?)(?P<figure>{_FIGURE})(?P<scale>\s(?:thousand|million))?"
    rf"|(?P<words>(?:{_FIGURE}|\b(?:{_WORD})\b)(?:[\s-](?:and\s)?(?:{_WORD})\b)*)\s(?P<after>{_UNIT}|{_CODE})\b"
)


def sums(text: str) -> Iterator[tuple[int, frozenset[str], Decimal]]:
    """Yield position, possible currencies and amount of each sum of money in *text*."""
    for found in _SUM.finditer(text):
        unit = (found["before"] or found["after"]).strip()
        amount = _amount(f"{found['figure'] or found['words']} {found['scale'] or ''}")
        yield found.start(), frozenset(_NAMES.get(unit.lower(), {unit})), amount


def _amount(words: str) -> Decimal:
    """Return the number that figures and words say: "8,000", "two hundred and fifty thousand"."""
    whole = part = Decimal(0)
    for word in re.split(r"[\s-]+", words.lower().strip()):
        if word[:1].isdigit():
            part += Decimal(word.replace(",", ""))
        elif word == "hundred":
            part = (part or Decimal(1)) * _LARGE[word]
        elif word in _LARGE:
            whole, part = whole + (part or Decimal(1)) * _LARGE[word], Decimal(0)
        else:
            part += _SMALL.get(word, 0)
    return whole + part


def _differ(facts: Facts) -> Iterator[Found]:
    """L502: a sentence tells a sum that an answer holds, and tells another one.

    Only a sentence with a single sum, in the answer's currency, is compared; two different sums of
    one size happen, so prose is only a warning.
    """
    for document in of_the_case(facts):
        for sentence in sentences(document):
            told = [t for t in sums(sentence.text) if not inside(t[0], quoted(sentence.text))]
            for fact in facts.lists.counted if len(told) == 1 else ():
                spot = spot_of(facts, fact.path)
                answer = value_of(facts.answers.value(spot)) if spot else None
                _, currencies, amount = told[0]
                if (
                    isinstance(answer, Money)
                    and answer.currency in currencies
                    and answer.value != amount
                    and re.search(fact.words, sentence.text)
                ):
                    from_ = origin(facts, sentence)
                    path = facts.answers.path(spot)
                    yield Found(
                        "L502", f"{from_.where}/{path}", from_.spot or spot,
                        {"first": from_.where, "second": path, "what": "a sum of money"}, (spot,),
                        Severity.WARN,
                        f"{amount}/{answer.value}", from_.place,
                    )  # fmt: skip


RULES: tuple[Rule, ...] = (_differ,)
