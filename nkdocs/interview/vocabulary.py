"""What a template, a condition or the words of a mail may name besides answers, and its parts."""

from collections.abc import Mapping
from typing import TypeAlias

from nkdocs._jinja import STRING_METHODS
from nkdocs.interview.faces import TEXT, Takes, Value, takes_of
from nkdocs.interview.spec import Pattern
from nkdocs.kinds.dates import Date

Face: TypeAlias = "Value | Pattern"

DATE = Value(
    Date.template_names | {"owed"},
    what="today,",
    methods={name: takes_of(getattr(Date, name)) for name in ("age", "format")},
    can=frozenset({"day"}),
)
#: Functions of a template whose values have names of their own.
LOOKED_UP = frozenset({"authority", "guidance", "sent"})
#: What is written with brackets, and how many values stand in them.
FUNCTIONS: Mapping[str, Takes] = {
    "cite": (1, 4), "mark": (1, 1), "origin": (1, 2), "korean": (2, 3),
    "authority": (1, 1), "guidance": (1, 1), "sent": (1, 2),
}  # fmt: skip
#: What a condition may name besides answers.
OF_CONDITIONS: Mapping[str, Face] = {"today": DATE}
#: What a template may name besides answers.
OF_TEMPLATES: Mapping[str, Face] = {
    "today": DATE,
    "state": TEXT,
    "filing": Value(frozenset({"id", "recipient", "venue"})),
    "exhibits": Value(frozenset(), frozenset({"id", "title", "tab", "date"})),
    "cite": TEXT,
    "mark": TEXT,
    "origin": TEXT,
    "korean": TEXT,
    "authority": Value(frozenset({"cite", "confirmed", "quote", "id", "since"})),
    "guidance": Value(frozenset(), frozenset({"cite", "current", "id"})),
    "sent": Value(frozenset({"asked", "channel", "filing", "on"})),
}
#: What a template for nobody outside the office may name, too.
OF_INTERNAL: Mapping[str, Face] = {
    **OF_TEMPLATES,
    "findings": Value(frozenset(), frozenset(
        {"code", "severity", "message", "place", "source", "cure", "next", "group", "counts"}
    )),
    "accepted": Value(frozenset(), frozenset({"code", "at", "reason", "by", "on"})),
    "changes": Value(frozenset(), frozenset({"path", "what"})),
    "sheet": Value(frozenset({"code", "standing", "papers"})),
    "kit": Value(frozenset(
        {"document", "title", "pages", "paragraphs", "memo", "sworn", "command"}
    )),
}  # fmt: skip
#: What the words of e-mails and upload lists may name besides answers.
_SENT = frozenset({"file", "path", "pages", "mb", "what"})
OF_MAIL: Mapping[str, Face] = {
    "today": DATE,
    "asked": TEXT,
    "packet": Value(_SENT),
    "files": Value(frozenset(), _SENT),
    "filing": Value(frozenset({"id", "recipient", "venue", "title", "case"})),
    "exhibits": OF_TEMPLATES["exhibits"],
    "rules": Value(frozenset(), STRING_METHODS),
    "recipient": Value(frozenset(
        {"title", "address", "verified", "source", "max_mb", "negatives", "rap_sheet", "unwanted"}
    )),
}  # fmt: skip
