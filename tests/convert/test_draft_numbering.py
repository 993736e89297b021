"""How Word counts the paragraphs of its lists (ECMA-376 part 1, 17.9)."""

import pytest

from nkdocs.convert.draft.numbering import Numbering
from nkdocs.convert.draft.styles import Styles
from nkdocs.convert.wordfile import WordFile

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_OF = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
_LEVELS = (
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/>'
    '</w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/>'
    '<w:lvlText w:val="%1(%2)"/></w:lvl><w:lvl w:ilvl="2"><w:start w:val="1"/>'
    '<w:numFmt w:val="lowerRoman"/>{more}<w:lvlText w:val="%3"/></w:lvl>'
)
_ON = '<w:lvlRestart w:val="0"/>'  # it counts on whatever stands between
_KINDS = (
    f'<w:abstractNum w:abstractNumId="7">{_LEVELS.format(more="")}</w:abstractNum>'
    f'<w:abstractNum w:abstractNumId="8">{_LEVELS.format(more=_ON)}'
    '</w:abstractNum><w:abstractNum w:abstractNumId="9"><w:numStyleLink w:val="Steps"/>'
    "</w:abstractNum>"
)


def label(number: int, kind: int, override: str = "") -> str:
    """A list of a kind, which may override what its kind says."""
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{kind}"/>{override}</w:num>'


_ANEW = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
_OTHER = (
    '<w:lvlOverride w:ilvl="0"><w:lvl w:ilvl="0"><w:numFmt w:val="upperLetter"/>'
    '<w:lvlText w:val="%1)"/></w:lvl></w:lvlOverride>'
)
_LISTS = "".join((label(1, 7), label(2, 7), label(3, 7, _ANEW), label(4, 7, _OTHER), label(5, 8),
                  label(6, 9)))  # fmt: skip
_STYLES = (
    f'<w:styles {_W}><w:style w:type="numbering" w:styleId="Steps"><w:pPr><w:numPr>'
    '<w:numId w:val="1"/></w:numPr></w:pPr></w:style></w:styles>'
)


@pytest.fixture
def numbering() -> Numbering:
    """The lists of a Word file: 1 and 2 of one kind, 3 begins at 5, 4 has letters, 6 is linked."""
    links = "".join(
        f'<Relationship Id="{n}" Type="{_OF}/{n}" Target="{n}.xml"/>'
        for n in ("numbering", "styles")
    )
    main = f'<Relationship Id="a" Type="{_OF}/officeDocument" Target="word/document.xml"/>'
    word = WordFile({
        "_rels/.rels": f"<Relationships {_RELATIONS}>{main}</Relationships>".encode(),
        "word/_rels/document.xml.rels": (
            f"<Relationships {_RELATIONS}>{links}</Relationships>".encode()
        ),
        "word/document.xml": f"<w:document {_W}/>".encode(),
        "word/numbering.xml": f"<w:numbering {_W}>{_KINDS}{_LISTS}</w:numbering>".encode(),
        "word/styles.xml": _STYLES.encode(),
    })  # fmt: skip
    return Numbering(word, Styles(word))


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        pytest.param([(1, 0), (1, 0), (2, 0)], "1. 2. 3.", id="lists of a kind count on together"),
        pytest.param([(1, 0), (3, 0), (3, 0), (1, 0)], "1. 5. 6. 2.", id="one begins anew"),
        pytest.param([(1, 0), (4, 0), (4, 0), (1, 0)], "1. A) B) 2.", id="one has its own level"),
        pytest.param([(1, 1), (1, 1), (1, 0), (1, 1)], "1(a) 1(b) 2. 2(a)", id="deeper ones"),
        pytest.param([(1, 1), (1, 2), (1, 2), (1, 1), (1, 2)], "1(a) i ii 1(b) i", id="again"),
        pytest.param([(5, 1), (5, 2), (5, 2), (5, 1), (5, 2)], "1(a) i ii 1(b) iii", id="not all"),
        pytest.param([(1, 0), (6, 0), (6, 1)], "1. 2. 2(a)", id="a style holds the list"),
        pytest.param([(9, 0), (1, 7), (1, 0)], "- - 1.", id="what is not there counts nothing"),
    ],
)  # fmt: skip
def test_lists_count_as_word_counts(
    numbering: Numbering, asked: list[tuple[int, int]], told: str
) -> None:
    """Each paragraph is asked for once, in order."""
    labels = [numbering.label(*one) for one in asked]

    assert " ".join(found.text if found else "-" for found in labels) == told
