"""How the tags of a part belong together: blocks opened and closed, and the bare tags as Jinja.

The bare tags are one line a paragraph and always well-formed, whatever is wrong with the part:
what cannot be read is told and left out, so that every other tag is still looked at.
"""

import difflib
import functools
import re
from collections.abc import Iterator, Sequence
from typing import cast

import jinja2
from jinja2 import nodes
from msgspec import Struct, field

from nkdocs._aliases import translated
from nkdocs.documents.tags import (
    Fault,
    Paragraph,
    Tag,
    chain,
    lost,
    numbered,
    part_names,
    read,
    tags,
)
from nkdocs.documents.wordfile import W, WordFile

#: What stands for something that could not be read; nothing is asked of it.
UNREAD = "nkdocs_unread"
_CLOSES = {"endif": "if", "endfor": "for"}
_BETWEEN = {"elif", "else"}
_WORDS = ("if", "elif", "else", "endif", "for", "endfor", "set")
_DOCXTPL = {"colspan", "cellbg", "vm", "hm"}
_MEANT = {
    "elseif": "{% elif … %}", "elsif": "{% elif … %}", "end": "{% endif %} or {% endfor %}",
    "p": "{%p … %}, with no blank before the p", "tr": "{%tr … %}, with no blank before the tr",
    "tc": "{%tc … %}, with no blank before the tc", "foreach": "{% for … in … %}",
    "endset": "{% set name = … %}",
}  # fmt: skip
_SAID = (
    (r"Expected an expression, got 'end of .*", "something is missing before its end"),
    (r"expected token 'end of (?:print statement|statement block)', got '(.*)'",
     ("two things stand side by side with nothing between them, the second is “{0}”; a name has "
      "no blanks, and words stand in quotes")),
    (r"unexpected char (.*) at \d+", "the character {0} means nothing in a tag"),
    (r"unexpected '(.*)'", "“{0}” stands in the wrong place"),
    (r"expected token 'in', got .*", "it wants the form {{% for one in many %}}"),
    (r"expected token '(.*)', got .*", "“{0}” is missing"),
)  # fmt: skip
_ELSE_IF = re.compile(r"else\s+if\b")
_PLAIN = jinja2.Environment(autoescape=True)
_LONG = 120  # characters of a tag that a message shows


class _Open(Struct):
    """A block that is open.

    Attributes:
        as_: the block that stands for it among the bare tags; it could not be read if it differs.
        done: whether its `else` was there.
    """

    tag: Tag
    as_: str
    done: bool = False


class Blocks(Struct):
    """What following the tags of one part found.

    Attributes:
        lines: the bare tags of each paragraph, from paragraph 1.
        found: the tags that can be read.
    """

    faults: list[Fault] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    found: list[Tag] = field(default_factory=list)
    _open: list[_Open] = field(default_factory=list)

    @property
    def source(self) -> str:
        """The bare tags as a Jinja template."""
        return "\n".join(self.lines)

    def follow(self, paragraphs: Sequence[Paragraph]) -> None:
        """Follow the tags of a part."""
        for paragraph in paragraphs:
            told: list[str] = []
            for tag in tags(paragraph):
                if isinstance(tag, Fault):
                    self.faults.append(tag)
                else:
                    self._tag(tag, told)
            self.lines += [""] * (paragraph.number - 1 - len(self.lines))
            self.lines.append("".join(told))
        ends = [f"{{% end{block.as_} %}}" for block in reversed(self._open)]
        self.lines[-1:] = ["".join([*self.lines[-1:], *ends])]
        for block in self._open:
            self._say(block.tag, f"the block {block.tag.text} is never closed",
                      f"Write {_like(block.tag, 'end' + block.tag.word)} where it ends.",
                      code="T008")  # fmt: skip

    def _say(self, tag: Tag, message: str, hint: str, *, code: str = "T002") -> None:
        self.faults.append(Fault(code, tag.paragraph, message, hint, tag.text))

    def _tag(self, tag: Tag, told: list[str]) -> None:
        self.found.append(tag)
        self.faults += lost(tag, _around(tag))
        if tag.opener == "{#":
            return
        if tag.opener == "{{":
            told += [_shown(tag.inside)] if self._reads(tag, _shown(tag.inside)) else []
        elif tag.word in {"if", "for"}:
            self._opens(tag, told)
        elif tag.word in _BETWEEN | set(_CLOSES):
            self._alone(tag)
            self._continues(tag, told)
        elif tag.word == "set":
            self._sets(tag, told)
        elif tag.word in _DOCXTPL:
            rest = tag.inside.removeprefix(tag.word).strip()
            told += [_shown(rest)] if rest and self._reads(tag, _shown(rest)) else []
        else:
            self._unknown(tag)

    def _sets(self, tag: Tag, told: list[str]) -> None:
        name = re.match(r"set\s+(\w+)", tag.inside)
        if "=" not in tag.inside:
            self._say(tag, "a {% set … %} gives a name a value with =",
                      "Write {% set name = value %}.")  # fmt: skip
        elif self._reads(tag, f"{{% {tag.inside} %}}"):
            told.append(f"{{% {_flat(tag.inside)} %}}")
        elif name:
            told.append(f"{{% set {name[1]} = {UNREAD} %}}")

    def _unknown(self, tag: Tag) -> None:
        word = tag.word.lower()
        near = difflib.get_close_matches(word, _WORDS, 1, 0.6)
        joined = re.fullmatch(r"(p|tr|tc)(if|elif|else|endif|for|endfor|set)", word)
        meant = _MEANT.get(word) or (f"{{%{joined[1]} {joined[2]} … %}}" if joined else "") or (
            f"{{% {near[0]} … %}}" if near else "")  # fmt: skip
        said = f"there is no tag {{% {tag.word} … %}}" if tag.word else "an empty tag {% %}"
        self._say(tag, said + (f"; did you mean {meant}?" if meant else ""),
                  "Tags are if, elif, else, endif, for, endfor and set.", code="T009")  # fmt: skip

    def _opens(self, tag: Tag, told: list[str]) -> None:
        if self._reads(tag, f"{{% {tag.inside} %}}{{% end{tag.word} %}}"):
            told.append(f"{{% {_flat(tag.inside)} %}}")
            as_ = tag.word
        else:  # what cannot be read goes on as if it had been read
            each = re.match(r"for\s+([^\W\d]\w*)", tag.inside)
            as_ = "for" if each else "if"
            told.append(f"{{% for {each[1]} in {UNREAD} %}}" if each else f"{{% if {UNREAD} %}}")
        self._open.append(_Open(tag, as_))

    def _continues(self, tag: Tag, told: list[str]) -> None:
        """Take an elif, else, endif or endfor."""
        closes = _CLOSES.get(tag.word)
        wanted = {closes} if closes else {"if", "for"} if tag.word == "else" else {"if"}
        at = next((n for n in range(len(self._open) - 1, -1, -1)
                   if self._open[n].tag.word in wanted), -1)  # fmt: skip
        if at < 0:
            begins = closes or "if"
            self._say(tag, f"{tag.text} stands where no {{% {begins} … %}} is open",
                      f"Take it out, or write {_like(tag, begins + ' …')} before it.",
                      code="T008")  # fmt: skip
            return
        for crossed in reversed(self._open[at + 1 :]):
            self._say(tag, f"{tag.text} belongs to the {self._open[at].tag.text} of paragraph "
                      f"{self._open[at].tag.paragraph.number}, but {crossed.tag.text} of paragraph "
                      f"{crossed.tag.paragraph.number} is still open: the blocks cross",
                      f"Close {crossed.tag.text} first.", code="T008")  # fmt: skip
            told.append(f"{{% end{crossed.as_} %}}")
        del self._open[at + 1 :]
        block = self._open[at]
        self.faults += _astray(block.tag, tag)
        if closes:
            told.append(f"{{% end{block.as_} %}}")
            self._open.pop()
        elif block.done:
            self._say(tag, f"{tag.text} comes after the {{% else %}} of its block",
                      "Put it before the {% else %}.", code="T008")  # fmt: skip
        elif tag.word == "else" and not _ELSE_IF.match(tag.inside):
            block.done = True
            told.append("{% else %}")
        else:
            test = _ELSE_IF.sub("", tag.inside).removeprefix("elif").strip()
            readable = self._reads(tag, f"{{% if {test} %}}{{% endif %}}")
            test = _flat(test) if readable else UNREAD
            told.append(f"{{% elif {test} %}}" if block.as_ == "if" else "")

    def _alone(self, tag: Tag) -> None:
        """Say of an else, endif or endfor that something stands behind it."""
        rest = tag.inside.removeprefix(tag.word).strip()
        if not rest or tag.word == "elif":
            return
        elif_ = _ELSE_IF.sub("elif", tag.inside)
        said = "“else if” is written elif" if elif_ != tag.inside else (
            f"nothing stands behind {tag.word}")  # fmt: skip
        right = elif_ if elif_ != tag.inside else tag.word
        self._say(tag, f"the tag {_cut(tag)} cannot be read: {said}", f"Write {_like(tag, right)}.")

    def _reads(self, tag: Tag, source: str) -> bool:
        """Whether a tag by itself can be read; say what is wrong if not."""
        wrong = _wrong(_flat(source))
        if wrong is not None:
            self._say(tag, f"the tag {_cut(tag)} cannot be read: {_worded(wrong, tag)}",
                      "Mend the tag in Word.")  # fmt: skip
        elif tag.curly:
            self.faults.append(Fault(
                "T014", tag.paragraph, f"curly quotes in {tag.text}, which are read as straight "
                "ones", "Type straight quotes: in Word, undo (Ctrl+Z) right after typing one.",
                tag.text, error=False))  # fmt: skip
        return wrong is None


@functools.lru_cache(maxsize=4096)
def _wrong(source: str) -> str | None:
    """Return what Jinja says is wrong with a tag, None if it can be read."""
    try:
        _PLAIN.parse(source)
    except jinja2.TemplateSyntaxError as error:
        return error.message or "it is miswritten"
    except RecursionError:
        return "it is nested too deeply; write it in several tags"
    return None


def _shown(inside: str) -> str:
    return f"{{{{ {_flat(inside)} }}}}"


def _cut(tag: Tag) -> str:
    return tag.text if len(tag.text) <= _LONG else f"{tag.text[:_LONG]}…"


def _flat(text: str) -> str:
    return " ".join(text.split("\n"))


def _worded(said: str, tag: Tag) -> str:
    """Return what is wrong with a tag in plain words."""
    if odd := re.search("[„‚«»‹›′″´`]", tag.inside):
        return f"""the quote {odd[0]} is none that a tag knows; type " or '"""
    if tag.curly:
        return ('a curly quote ends a text too early; put straight double quotes "…" around a '
                "text with an apostrophe")  # fmt: skip
    if dash := re.search("[–—−]", tag.inside):
        return f"the dash {dash[0]} is none that a tag knows; Word put it in place of a hyphen"
    for pattern, words in _SAID:
        if found := re.fullmatch(pattern, said):
            return words.format(*found.groups())
    return said


def _like(tag: Tag, inside: str) -> str:
    return f"{{%{tag.level} {inside} %}}"


def _around(tag: Tag) -> str:
    """Return all text of what a tag takes away."""
    if tag.level == "p":
        return tag.paragraph.text
    if tag.holder is None or not tag.level:
        return ""
    return "".join(t.text or "" for t in tag.holder.iter(f"{W}t"))


def dropped(word: WordFile) -> Iterator[Fault]:
    """Yield what a filling would drop without a word: text beside a tag that takes it away."""
    numbered(word)
    for part, name in part_names(word).items():
        for paragraph in read(word, part, name):
            for tag in tags(paragraph):
                if isinstance(tag, Tag) and tag.opener == "{%" and tag.level in {"p", "tr", "tc"}:
                    yield from (f for f in lost(tag, _around(tag)) if f.code == "T005")


def _astray(first: Tag, second: Tag) -> Iterator[Fault]:
    """Yield a fault where a block begins in one place of the page and goes on in another."""
    names = {"": "in the text", "p": "as a paragraph", "tr": "as a row", "tc": "as a cell"}
    if first.level != second.level:
        ways = f"{names.get(first.level, '')} and goes on {names.get(second.level, '')}"
        yield Fault("T008", second.paragraph, f"a block begins {ways}: {first.text} of paragraph "
                    f"{first.paragraph.number} and {second.text}",
                    f"Write {_like(first, second.inside)}.", second.text)  # fmt: skip
        return
    here, there = (
        t.paragraph.element if not t.level else t.holder for t in (first, second)
    )
    if here is None or there is None or first.level == "r":
        return
    same = here is there or here.getparent() is there.getparent()
    if not same or chain(first) != chain(second):
        yield Fault("T008", second.paragraph, f"{second.text} stands in another cell, box or link "
                    f"than {first.text} of paragraph {first.paragraph.number}, which it belongs to",
                    "Put both in the same cell, or both outside the table.",
                    second.text)  # fmt: skip


def read_template(source: str) -> nodes.Template:
    """Return the tree of a template in our own names, whatever is not allowed in it.

    Raises:
        jinja2.TemplateSyntaxError: it is written wrongly.
    """

    def read(text: str) -> nodes.Expr:
        (printed,) = _PLAIN.parse("{{ " + text + " }}").body
        return cast("nodes.Output", printed).nodes[0]

    tree = _PLAIN.parse(source)
    translated(tree, read)
    return tree
