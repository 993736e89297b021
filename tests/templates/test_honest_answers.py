"""What the client does not know, does not remember, was told or will not say prints as that."""

from pathlib import Path

import pytest

from nkdocs.documents.wordfile import WordFile, paragraphs, text_of
from nkdocs.packet import papers
from nkdocs.packet.desk import open_desk
from nkdocs.packet.papers import Circumstances, Paper
from tests.packet.demo import copied


def declaration(folder: Path, old: str, new: str) -> Paper:
    """Return the declaration of the demo case with one answer changed."""
    case = copied(folder)
    file = case / "answers.yaml"
    text = file.read_text("utf-8")
    assert text.count(old) == 1, (old, text.count(old))
    file.write_text(text.replace(old, new), "utf-8")
    desk = open_desk(case)
    document = desk.documents(["asylum-declaration"])[0]
    return papers.make(desk, document, papers.lead_file(document), Circumstances())


def said(paper: Paper) -> str:
    """Return what the declaration says."""
    tree = WordFile.read(paper.docx, paper.name).tree("word/document.xml")
    return "\n".join(text_of(p) for p in paragraphs(tree)).replace("\u00a0", " ")


BORN = "  born: about 1986\n"
SAW = (
    "  witnesses: My mother was there when we were taken. "
    "The women in the room saw the rest.\n"
)
EXIT = "  exit_when: winter 2008\n"


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (BORN, BORN, "I was born in about 1986, in Musan County"),
        (BORN, "  born: 1986\n", "I was born in 1986, in Musan County"),
        (BORN, "  born: does not know\n", "I was born on a date I do not know, in Musan"),
        (BORN, '  born: "was told by my mother: about March 1986"\n',
         "I was born in or about March 1986, as my mother told me, in Musan"),
        (BORN, "  born: Juche 75\n", "I was born in 1986, in Musan County"),
        (EXIT, EXIT, "I left North Korea in the winter of 2008."),
        (EXIT, "  exit_when: about March 2008\n", "I left North Korea in or about March 2008."),
        (EXIT, "  exit_when: 2008-03-05\n", "I left North Korea on March 5, 2008."),
        (EXIT, "  exit_when: does not remember\n",
         "I left North Korea on a date I do not remember."),
        (EXIT, "  exit_when: declines\n",
         "I left North Korea on a date I prefer not to state."),
        (SAW, '  witnesses: "was told by my mother: two neighbors"\n',
         "It was seen by two neighbors, as my mother told me."),
        (SAW, '  witnesses: "was told by my mother: Two neighbors saw it."\n',
         "Two neighbors saw it. I know this from my mother."),
        (SAW, '  witnesses: "was told by my mother: I was seen by two neighbors"\n',
         "I was seen by two neighbors. I know this from my mother."),
        (SAW, "  witnesses: declines\n", "I prefer not to say who else saw it."),
        ("  injuries: Since then I hear badly with my left ear, and when it is cold it aches.\n",
         '  injuries: "was told by my mother: I limped."\n', "My mother told me: I limped."),
        ("  injuries: Since then I hear badly with my left ear, and when it is cold it aches.\n",
         "  injuries: does not remember\n", "I do not remember what injuries it left."),
        ("  sold_price: CNY 8000\n", "  sold_price: does not know\n", "I do not know the price."),
    ],
)  # fmt: skip
def test_declaration_says_what_the_client_said(
    tmp_path: Path, old: str, new: str, sentence: str
) -> None:
    """Neither a blank nor a guess; "about" changes the words; whoever told it is named."""
    paper = declaration(tmp_path, old, new)

    assert sentence in said(paper)
    assert not [f for f in paper.findings if f.code == "A004"]


def test_provenance_is_not_sworn_to(tmp_path: Path) -> None:
    """Notes of the office about an answer stand in no paper that leaves it."""
    note = 'note: "says she was 21 at the arrest, counted the Korean way"'
    paper = declaration(tmp_path, note, 'note: "a remark of the office"')

    assert "a remark of the office" not in said(paper)
    assert "counsel_notes" not in said(paper)
