"""A made-up client who answers every question in the same way, whoever asks it."""

import json
import os
import subprocess
import sys
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nkdocs.packet.desk import open_desk
from nkdocs.ui import changes, single
from nkdocs.ui.book import Book
from nkdocs.ui.words import Words
from tests.ui.terminal import Terminal

ROOT = Path(__file__).resolve().parents[2]
ITEMS = 2  # of each list
_BY_KIND: dict[str, Any] = {
    "text": "강변 마을, 3 persons",
    "story": "I went at night.\n\n그날 밤 강을 건넜습니다.",
    "date": "March 5, 2024",
    "when": "winter 2008",
    "datetime": "2027-02-11 09:00",
    "anumber": "A000-000-021",
    "phone": "000-555-0133",
    "email": "kim@example.org",
    "address": "77 Alder Court, Fairmont, NY 00010",
    "country": "KP",
    "money": "USD 2,375",
    "number": "3",
    "name": {"legal": "SEO Yun Hui", "native": "서윤희", "also": "Yuni; So Yun-hui"},
    "place": {"place": "Musan", "country": "KP"},
    "exhibits": "id-card",
    "texts": "one; two",
}


@dataclass
class Client:
    """Answers by the question's path; about one question in seven is left open."""

    documents: tuple[str, ...] = ()
    lines: list[str] = field(default_factory=list)
    given: list[tuple[str, str]] = field(default_factory=list)
    asked: list[tuple[dict[str, Any], Any]] = field(default_factory=list)

    def reply(self, told: dict[str, Any]) -> Any:  # noqa: ANN401 - text, list or mapping
        """Return the answer to a question as data tells it, None to leave it open."""
        path, kind = str(told["path"]), str(told["kind"])
        number = zlib.crc32(path.replace("+", "").encode())
        if told.get("unknowns") and number % 5 == 0:
            return "does not remember"
        if number % 7 == 0:
            return None
        keys = [c["key"] for c in told.get("choices", ()) if c["offered"]]
        if kind == "yesno":
            return "no" if number % 3 == 0 else "yes"
        if kind in {"choice", "person"}:
            return keys[number % len(keys)] if keys else None
        if kind == "many":
            return keys[: 1 + number % 3] or None
        return _BY_KIND[kind]


def _text(answer: object) -> str:
    if isinstance(answer, dict) and "also" in answer:
        answer = {**answer, "also": answer["also"].split("; ")}
    return answer if isinstance(answer, str) else json.dumps(answer, ensure_ascii=False)


def _typed(told: dict[str, Any], answer: object) -> Iterator[str]:
    """Yield the lines that give *answer* at a plain prompt."""
    way = told["way"]
    if way == "long" and answer is not None and answer != "does not remember":
        yield from [*str(answer).split("\n"), "."]
    elif way == "long":
        yield from [str(answer), "."] if answer else [""]
    elif way == "several":
        yield ", ".join(answer) if isinstance(answer, list) else str(answer or "")
    elif way == "parts" and isinstance(answer, dict):
        yield from (str(answer.get(part, "")) for part in told["parts"])
    elif way == "parts" and answer is None:
        yield from [""] if "legal" in told["parts"] else [""] * len(told["parts"])
    else:
        yield str(answer or "")


def by_json(case: Path, client: Client) -> None:
    """Answer a whole interview one question at a time, noting each line a plain prompt wants."""
    desk = open_desk(case)
    book = Book(desk.case, desk.catalogue, desk.documents(client.documents))
    after, skipped = "", set[str]()
    step = single.wanted(book)
    while step is not None:
        told = single.told(book, step, after=after)
        path = str(told["path"])
        if told["kind"] == "list":
            after = _list(book, told, client)
        else:
            answer = client.reply(told)
            client.lines += _typed(told, answer)
            client.asked.append((told, answer))
            if answer is None:
                skipped.add(path)
                after = path
            else:
                client.given.append((path, _text(answer)))
                after = changes.make(book, changes.read(book, path, _text(answer)))
                named = after.split(".")[path.split(".").index("+")] if "+" in path else ""
                skipped = {p.replace("+", named) if named else p for p in skipped}
        if after.endswith(".+"):
            skipped = {p for p in skipped if not p.startswith(after)}
            step, after = single.wanted(book, asked=after), ""
            continue
        step = _next(book, after, skipped)


def _next(book: Book, after: str, skipped: set[str]) -> Any:  # noqa: ANN401 - a step
    """Return the next open question that was not left open before."""
    seen = set[str]()
    while True:
        step = single.wanted(book, after=after)
        if step is None:
            return None
        path = changes.shown_path(book, step)
        if path not in skipped:
            return step
        if path in seen:
            return None
        seen.add(path)
        after = path


def _list(book: Book, told: dict[str, Any], client: Client) -> str:
    path, count = str(told["path"]), len(told["items"])
    number = zlib.crc32(path.encode())
    wanted = 0 if number % 3 == 0 and told["path"] not in {"respondents", "people"} else ITEMS
    what = "add" if count < wanted else "done" if count else "none"
    client.lines.append(what)
    client.asked.append((told, what))
    if what == "add":
        return f"{path}.+"
    text = "no more" if what == "done" else "none"
    client.given.append((path, text))
    return changes.make(book, changes.read(book, path, text))


def by_pipe(case: Path, client: Client) -> tuple[int, str]:
    """Answer the same interview through a plain one on pipes; return its exit code and talk."""
    words = [sys.executable, "-m", "nkdocs", "interview", str(case), *client.documents]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        words, input="\n".join([*client.lines, ""]) + "\n", capture_output=True, text=True,
        encoding="utf-8", env=environment, timeout=300, check=False,
    )  # fmt: skip
    return done.returncode, done.stderr


def by_terminal(case: Path, client: Client, language: str = "en") -> None:
    """Answer the same interview in a terminal with menus."""
    words = Words(language)
    with Terminal("interview", case, *client.documents, "--lang", language) as terminal:
        for number, (told, answer) in enumerate(client.asked, 1):
            left = "남은 질문 " if language == "ko" else " questions left"
            terminal.wait_for_number(left, number)
            _answer(terminal, told, answer, words)
        terminal.wait(words("Look over the answers"))
        terminal.wait(words("finish"))
        terminal.press("Enter")
        terminal.wait("ended with 0")


def _answer(terminal: Terminal, told: dict[str, Any], answer: Any, words: Words) -> None:  # noqa: ANN401
    """Press the keys that give *answer* at the prompt of a question."""
    way = told["way"]
    if way == "list":
        terminal.wait(words("leave open"))
        terminal.enter({"add": "a"}.get(answer, "n"))
    elif way == "choose":
        terminal.wait(words("leave open"))
        labels = {c["key"]: c["label"] for c in told.get("choices", ())}
        label = labels.get(answer) or words(str(answer or "leave open"))
        terminal.choose(label)
    elif way == "several":
        keys = [c["key"] for c in told["choices"] if c["offered"]]
        keys += ["does not know", "does not remember"]
        chosen = answer if isinstance(answer, list) else [answer] if answer else []
        for key in keys[: 1 + max((keys.index(c) for c in chosen), default=-1)]:
            terminal.press(*(["Space"] if key in chosen else []), "Down")
        terminal.press("Enter")
    elif way == "long" and answer:
        terminal.type(str(answer).replace("\n", "\r"))
        terminal.press("Escape", "Enter")
    else:
        for line in _typed(told, answer):
            terminal.enter(line)
