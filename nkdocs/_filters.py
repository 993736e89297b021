"""Filters that a template may use besides Jinja's own, with limits on what they put together."""

import functools
from collections.abc import Callable, Iterable, Mapping, Sized
from typing import Any

import jinja2

#: Ends the mark of a blank; private use, which no answer can hold.
END = "\ue004"
#: Characters that one expression may put together; a letter has some ten thousand.
LONGEST = 1_000_000
_WORDS = "zero one two three four five six seven eight nine ten".split()
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth".split()
_SERIAL, _PAIR = 3, 2  # from the third on there are commas


def bounded(lengths: Iterable[int]) -> None:
    """Refuse to put together more text than a letter can have.

    Raises:
        SecurityError: it would be more.
    """
    if sum(lengths) > LONGEST:
        msg = "an expression makes a longer text than a letter can have"
        raise jinja2.exceptions.SecurityError(msg)


def replace(text: object, old: object, new: object) -> str:
    """Return *text* with *old* replaced, as Jinja's own filter, not longer than a letter."""
    whole, was, now = str(text), str(old), str(new)
    bounded((len(whole), whole.count(was) * len(now)))
    return whole.replace(was, now)


@jinja2.pass_environment
def join(
    environment: jinja2.Environment,
    values: Iterable[object],
    between: object = "",
    attribute: str = "",
) -> str:
    """Return *values* joined, as Jinja's own filter, not longer than a letter.

    Of a list that is open the mark of its blank is printed; one that was answered with "none"
    joins to nothing.
    """
    if not (texts := _texts(environment, values, attribute)):
        return _nothing(values) if _is_open(values) else ""
    bounded((*map(len, texts), len(texts) * len(str(between))))
    return str(between).join(texts)


@jinja2.pass_environment
def comma_and_list(
    environment: jinja2.Environment, values: Iterable[object], attribute: str = ""
) -> str:
    """Return *values* as a sentence names them: "A", "A and B", "A, B, and C"."""
    return _sentence(environment, values, attribute, "and")


@jinja2.pass_environment
def comma_or_list(
    environment: jinja2.Environment, values: Iterable[object], attribute: str = ""
) -> str:
    """Return *values* as a sentence names them: "A", "A or B", "A, B, or C"."""
    return _sentence(environment, values, attribute, "or")


@jinja2.pass_environment
def short_list(
    environment: jinja2.Environment,
    values: Iterable[object],
    most: int = 2,
    others: str = ", et al.",
) -> str:
    """Return the first *most* of *values*, and *others* where there are more."""
    if isinstance(values, str) or not (texts := _texts(environment, values, "")):
        return _nothing(values)
    if len(texts) <= most:
        return _sentence(environment, values, "", "and")
    return f"{', '.join(texts[:most])}{others}"


def _sentence(
    environment: jinja2.Environment, values: Iterable[object], attribute: str, word: str
) -> str:
    if isinstance(values, str) or not (texts := _texts(environment, values, attribute)):
        return _nothing(values)
    bounded(map(len, texts))
    if len(texts) >= _SERIAL:
        return f"{', '.join(texts[:-1])}, {word} {texts[-1]}"
    return f" {word} ".join(texts)


def _texts(environment: jinja2.Environment, values: Iterable[object], attribute: str) -> list[str]:
    found = list(values)
    for name in filter(None, attribute.split(".")):
        found = [environment.getitem(value, name) for value in found]
    return [str(value) for value in found]


def _nothing(values: object) -> str:
    """Return what is printed of an empty list: of one that is open, the mark of its blank."""
    return "" if isinstance(values, (list, tuple)) else str(values)


def _is_open(values: object) -> bool:
    """Whether *values* are answers of which none is there, and which nobody said to be none."""
    ask = getattr(values, "lookup", None)  # of a view of answers
    if ask is None or not isinstance(values, Sized) or len(values):
        return False
    try:
        return not ask("none")
    except jinja2.exceptions.UndefinedError:  # a value that is empty itself
        return False


@jinja2.pass_environment
def first(environment: jinja2.Environment, values: Iterable[object]) -> object:
    """Return the first of *values*; of an empty list of answers what stands for a gap."""
    return _end(environment, values, 0)


@jinja2.pass_environment
def last(environment: jinja2.Environment, values: Iterable[object]) -> object:
    """Return the last of *values*; of an empty list of answers what stands for a gap."""
    return _end(environment, values, -1)


def _end(environment: jinja2.Environment, values: Iterable[object], at: int) -> object:
    found = list(values)
    if found:
        return found[at]
    return "" if isinstance(values, str) else environment.getitem(values, 0)


@jinja2.pass_environment
def sort(
    environment: jinja2.Environment,
    values: Iterable[object],
    reverse: bool = False,  # noqa: FBT001, FBT002 - as Jinja's own
    case_sensitive: bool = False,  # noqa: FBT001, FBT002
    attribute: str = "",
) -> Iterable[object]:
    """Return *values* sorted, as Jinja's own filter; what has no order of its own, as it prints.

    What is open stays what it is, so that what is made of it still prints its mark.
    """
    if _is_open(values):
        return values
    found = list(values)
    try:
        by = attribute or None
        return jinja2.filters.do_sort(environment, found, reverse, case_sensitive, by)
    except TypeError:
        said = dict(enumerate(_texts(environment, found, attribute)))
        order = sorted(said, key=lambda n: said[n].casefold(), reverse=reverse)
        return [found[n] for n in order]


def fix_punctuation(text: object) -> str:
    """Return *text* with a full stop at its end if it has none."""
    said = str(text)
    return said if not said.strip() or said.rstrip()[-1] in ".?!" + END else f"{said.rstrip()}."


@jinja2.pass_environment
def format_date(environment: jinja2.Environment, day: object, pattern: str = "long") -> object:
    """Return a day by a pattern of CLDR; a text stays as it is.

    Raises:
        TemplateError: the day is not known exactly, or the pattern names what is no day.
    """
    return day if isinstance(day, str) else environment.getattr(day, "format")(pattern)


def ordinal_number(number: object, add: int = 0) -> str:
    """Return 1 as "first", 11 as "11th"; what is no whole number stays as it is."""
    whole = _whole(number)
    if whole is None:
        return str(number)
    whole += add
    if 1 <= whole <= len(_ORDINALS):
        return _ORDINALS[whole - 1]
    teens = abs(whole) % 100 in {11, 12, 13}
    ending = "th" if teens else {1: "st", 2: "nd", 3: "rd"}.get(abs(whole) % 10, "th")
    return f"{whole}{ending}"


def ordinal(number: object) -> str:
    """Return 0 as "first", as AssemblyLine counts."""
    return ordinal_number(number, 1)


def nice_number(number: object) -> str:
    """Return numbers to ten as words; what is no whole number stays as it is."""
    whole = _whole(number)
    return _WORDS[whole] if whole is not None and 0 <= whole < len(_WORDS) else str(number)


def _whole(number: object) -> int | None:
    """Return a whole number, None if it is none."""
    if isinstance(number, (str, bool)) or not hasattr(number, "__int__"):
        return None
    whole = int(number)
    return whole if number == whole else None


def _listed(jinjas: Callable[..., Any]) -> Callable[..., Any]:
    """Return one of Jinja's own filters, its result as a list that can be counted and printed.

    Of what is open it gives that itself, so that what is made of it still prints its mark.
    """

    @functools.wraps(jinjas)
    def wrapped(*told: Any, **named: Any) -> Any:  # noqa: ANN401 - whatever it is told
        for value in told[:2]:  # the first may be what Jinja's own asks for besides
            if _is_open(value):
                return value
        found = jinjas(*told, **named)
        return found if isinstance(found, str) else list(found)

    return wrapped


#: By name; they take the place of Jinja's own of that name.
FILTERS: Mapping[str, Callable[..., Any]] = {
    f.__name__: f
    for f in (replace, join, comma_and_list, comma_or_list, short_list, first, last, sort,
              fix_punctuation, format_date, ordinal, ordinal_number, nice_number)
} | {
    name: _listed(jinja2.filters.FILTERS[name])
    for name in ("unique", "reverse", "select", "reject", "selectattr", "rejectattr")
}  # fmt: skip
