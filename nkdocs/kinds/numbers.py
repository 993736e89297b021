"""Answers in figures: numbers, sums of money, A-numbers."""

import re
from decimal import Decimal
from typing import ClassVar

from msgspec import Struct

from nkdocs._jinja import View
from nkdocs.kinds.kind import Data, KindError, Options, Schema, one_line, plainly

_FIGURE = r"(?P<whole>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,15})(?:\.(?P<cents>[0-9]{1,6}))?"
_SIGNS = {"$": "USD", "us$": "USD", "₩": "KRW", "€": "EUR", "£": "GBP", "฿": "THB"}
_WORDS = {"dollars": "USD", "dollar": "USD", "yuan": "CNY", "rmb": "CNY", "renminbi": "CNY",
          "euros": "EUR", "euro": "EUR", "baht": "THB", "kip": "LAK", "pesos": "MXN",
          "위안": "CNY", "원(중국돈)": "CNY", "인민폐": "CNY", "중국돈": "CNY", "중국 돈": "CNY",
          "한국돈": "KRW", "한국 돈": "KRW", "남조선돈": "KRW", "남조선 돈": "KRW",
          "원(한국돈)": "KRW", "조선돈": "KPW", "조선 돈": "KPW", "북조선돈": "KPW",
          "북조선 돈": "KPW", "원(조선돈)": "KPW",
          "딸라": "USD", "달러": "USD", "불": "USD", "유로": "EUR", "바트": "THB"}  # fmt: skip
_WON = frozenset({"", "원", "won"})  # of which country is told by another word
_IN_WON = frozenset({"CNY", "KRW", "KPW"})  # what a Korean counts in 원
_KOREAN_UNITS = {"천": 1_000, "만": 10_000}
_MONEY = re.compile(
    rf"(?P<before>[^\d\s.,-]+(?: 돈)?)? ?{_FIGURE} ?(?P<unit>[천만])? ?(?P<after>[^\d\s.,-]+)?"
)
CURRENCIES = frozenset(
    "AUD BRL CAD CHF CNY COP EUR GBP GTQ HKD HNL INR JPY KHR KPW KRW KZT LAK MMK MNT MOP MXN MYR "
    "NZD PAB PHP RUB SGD THB TRY TWD USD UZS VND".split()
)
_GROUP = 3
_A_NUMBER = 9


class Number(View, Struct, frozen=True, eq=False):
    """A number; 0 is false in a condition."""

    value: Decimal

    def __str__(self) -> str:
        """Write the number with commas between thousands."""
        return f"{self.value:,}"

    def __bool__(self) -> bool:
        """Be false for 0."""
        return bool(self.value)

    def __int__(self) -> int:
        """Return the whole number."""
        return int(self.value)

    def __eq__(self, other: object) -> bool:
        """Equal the same number."""
        return self.value == _number(other)

    def __hash__(self) -> int:
        """Hash as the number."""
        return hash(self.value)

    def __lt__(self, other: object) -> bool:
        """Whether it is less than *other*."""
        number = _number(other)
        return NotImplemented if number is None else self.value < number

    def __gt__(self, other: object) -> bool:
        """Whether it is more than *other*."""
        number = _number(other)
        return NotImplemented if number is None else self.value > number

    def __le__(self, other: object) -> bool:
        """Whether it is not more than *other*."""
        number = _number(other)
        return NotImplemented if number is None else self.value <= number

    def __ge__(self, other: object) -> bool:
        """Whether it is not less than *other*."""
        number = _number(other)
        return NotImplemented if number is None else self.value >= number


def _number(other: object) -> Decimal | None:
    if isinstance(other, Number):
        return other.value
    return Decimal(str(other)) if isinstance(other, (int, float, Decimal)) else None


class Money(View, Struct, frozen=True):
    """A sum of money."""

    currency: str
    value: Decimal
    template_names: ClassVar[frozenset[str]] = frozenset({"amount", "currency"})

    @property
    def amount(self) -> str:
        """The figure alone: "2,375" or "2,375.50"."""
        whole = self.value == self.value.to_integral_value()
        return f"{self.value:,.0f}" if whole else f"{self.value:,.2f}"

    def __bool__(self) -> bool:
        """Be false for nothing."""
        return bool(self.value)

    def __str__(self) -> str:
        """Write "$2,375", and other currencies with their code, "CNY 15,000"."""
        return f"${self.amount}" if self.currency == "USD" else f"{self.currency} {self.amount}"


class ANumber(View, Struct, frozen=True):
    """An alien registration number: nine digits."""

    digits: str
    template_names: ClassVar[frozenset[str]] = frozenset({"dashed", "digits", "last3"})

    @property
    def dashed(self) -> str:
        """The number as "A000-000-021"."""
        return f"A{'-'.join(self.digits[i : i + _GROUP] for i in range(0, _A_NUMBER, _GROUP))}"

    @property
    def last3(self) -> str:
        """The last three digits, which the court's system sorts by."""
        return self.digits[-_GROUP:]

    def __str__(self) -> str:
        """Write "A000-000-021"."""
        return self.dashed


class NumberKind:
    """A number of zero or more."""

    name = "number"

    def parse(self, data: Data, options: Options) -> Number:
        """Return the number."""
        del options
        how = "write a number in figures, like 12 or 1,200"
        found = re.fullmatch(_FIGURE, plainly(one_line(data, how)))
        if found is None:
            raise KindError(how)
        return Number(_figure(found))

    def written(self, value: Number) -> Data:
        """Return the figures without commas."""
        return f"{value.value:f}"

    def schema(self, options: Options) -> Schema:
        """Return the schema of a number."""
        del options
        return {"type": ["number", "string"], "minimum": 0}

    def said(self, value: Number) -> str:
        """Say the number."""
        return f"Understood: {value}."


class MoneyKind:
    """A sum of money, whose currency is always named."""

    name = "money"

    def parse(self, data: Data, options: Options) -> Money:
        """Return the sum; its currency is never guessed."""
        del options
        how = "write currency and amount, like USD 2,375 or CNY 15,000"
        found = _MONEY.fullmatch(plainly(one_line(data, how)))
        if found is None:
            raise KindError(how)
        word = _currency_word(found["before"] or "", found["after"] or "", how)
        if word in _WON | {"¥"}:
            msg = f"which currency is meant? {how}"
            raise KindError(msg)
        code = _SIGNS.get(word) or _WORDS.get(word) or word.upper()
        if code not in CURRENCIES:
            raise KindError(how)
        if len(found["cents"] or "") > 2:  # noqa: PLR2004 - cents
            msg = "an amount has two places at most; write thousands with a comma, like USD 2,375"
            raise KindError(msg)
        return Money(code, _figure(found) * _KOREAN_UNITS.get(found["unit"], 1))

    def written(self, value: Money) -> Data:
        """Return the sum with its currency's code."""
        return f"{value.currency} {value.amount}"

    def schema(self, options: Options) -> Schema:
        """Return the schema of a sum."""
        del options
        return {"type": "string", "examples": ["USD 2,375", "$2,375", "CNY 15,000"]}

    def said(self, value: Money) -> str:
        """Say the sum."""
        return f"Understood: {value}."


def _currency_word(before: str, after: str, how: str) -> str:
    """Return the word that names the currency: beside "중국돈", "원" says nothing more.

    Raises:
        KindError: two words name one.
    """
    own = _WORDS.get(before) or before.upper()
    if before and after and not (after in _WON and own in _IN_WON):
        raise KindError(how)
    return before or after


def _figure(found: re.Match[str]) -> Decimal:
    figure = Decimal(found["whole"].replace(",", "") + "." + (found["cents"] or "0"))
    whole = figure == figure.to_integral_value()
    return Decimal(int(figure)) if whole else figure.normalize()


class ANumberKind:
    """An alien registration number."""

    name = "anumber"

    def parse(self, data: Data, options: Options) -> ANumber:
        """Return the number; a shorter one is refused with its padded form, never padded."""
        del options
        how = "an A-number has nine digits, like A000-000-021"
        text = plainly(one_line(data, how)).rstrip(" ,;.")
        found = re.fullmatch(r"(?:a ?#?|#)?[-. ]?([0-9]+(?:[-. \u2010-\u2013][0-9]+)*)", text)
        if found is None:
            raise KindError(how)
        digits = re.sub("[^0-9]", "", found[1])
        if len(digits) in {7, 8}:
            zeros = "0" * (_A_NUMBER - len(digits))
            msg = (
                f"{how}; this one has {len(digits)}: if none is missing, write A{zeros} and then "
                f"the {len(digits)} digits"
            )
            raise KindError(msg)
        if len(digits) != _A_NUMBER:
            raise KindError(how)
        return ANumber(digits)

    def written(self, value: ANumber) -> Data:
        """Return the number as "A000-000-021"."""
        return value.dashed

    def schema(self, options: Options) -> Schema:
        """Return the schema of an A-number."""
        del options
        return {"type": ["string", "integer"], "examples": ["A000-000-021"]}

    def said(self, value: ANumber) -> str:
        """Say the number in its groups."""
        return f"Understood: {value}."
