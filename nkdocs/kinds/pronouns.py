"""Pronouns of a person, named in templates by the forms of "they"."""

from msgspec import Struct

from nkdocs._jinja import Missing, View

_FORMS = {
    "she": ("she", "her", "her", "hers", "herself", "Ms."),
    "he": ("he", "him", "his", "his", "himself", "Mr."),
    "they": ("they", "them", "their", "theirs", "themself", "Mx."),
}
_NAMES = ("they", "them", "their", "theirs", "themself", "title")
PRONOUN_NAMES = frozenset(
    {*_NAMES, *(n.capitalize() for n in _NAMES[:-1]), "verb", "formal", "surname"}
)


class Pronouns(View, Struct, frozen=True):
    """The forms that go with "she", "he" or "they"."""

    key: str

    def lookup(self, name: str) -> object:
        """Return a form, capitalised if *name* is, the title of courtesy, or `verb`."""
        if name == "verb":
            return self.verb
        if name.lower() in _NAMES and name in PRONOUN_NAMES:
            form = _FORMS[self.key][_NAMES.index(name.lower())]
            return form if name.islower() else form[0].upper() + form[1:]
        return View.lookup(self, name)

    def verb(self, singular: str, plural: str) -> str:
        """Return the verb that follows the pronoun: `verb('is', 'are')`."""
        return plural if self.key == "they" else singular

    def __str__(self) -> str:
        """Write the pronoun itself."""
        return self.key


def pronouns(text: str) -> Pronouns | Missing:
    """Return the pronouns of an answer such as "she" or "she/her"; none: what is missing."""
    key = text.strip().lower().partition("/")[0].strip()
    return Pronouns(key) if key in _FORMS else Missing("pronoun", "Which pronoun?")


def pronoun_form(name: str, pronoun: str, person: object) -> object:
    """Return what a template's *name* stands for, of someone called *person* (their name).

    `formal` is "Ms. Seo", `surname` is "Seo". Without an answer for the pronoun or the name the
    form is missing too: nobody's pronoun is guessed.
    """
    forms = pronouns(pronoun)
    if name not in {"formal", "surname"}:
        return forms.lookup(name)
    surname = person.lookup("surname") if isinstance(person, View) else str(person).split()[-1]
    if name == "surname" or not isinstance(surname, str):
        return surname
    return f"{forms.lookup('title')} {surname}" if isinstance(forms, Pronouns) else forms
