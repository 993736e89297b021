"""The house style of the shipped Word templates: the parts of a DOCX that hold no text of theirs.

Everything is said by named styles, so that an attorney changes a style once in Word and the whole
letter follows. Korean shows by the East Asian font of the defaults, never by a run (DESIGN 8.12).
Measures are twips (1/20 point) and half points, as in ECMA-376 Part 1, 17.3 and 17.7.
"""

from xml.sax.saxutils import quoteattr

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
LATIN, KOREAN = "Times New Roman", "Batang"

# name: (based on, following style, paragraph properties, run properties)
#   paragraph: before after line left right first hang align keep together break tabs border list
#   run: b i caps size colour spacing
PARAGRAPHS: dict[str, tuple[str, str, str, str]] = {
    "Normal": ("", "", "", ""),
    "Header": ("Normal", "", "", "size=20"),
    "Footer": ("Normal", "", "tabs=right:9360", "size=18"),
    "Right Head": ("Header", "", "align=right after=120", ""),
    "Running Head": ("Header", "", "border=bottom after=240", ""),
    "Draft Mark": ("Header", "", "align=center", "b size=20 colour=B00000"),
    "Letterhead Name": ("Header", "Letterhead", "align=center", "b size=32 spacing=20"),
    "Letterhead": ("Header", "", "align=center", ""),
    "Letterhead Rule": ("Letterhead", "", "border=bottom after=240", ""),
    "Letter Date": ("Normal", "Delivery", "before=120 after=240", ""),
    "Delivery": ("Normal", "Addressee", "after=120 keep", "b"),
    "Addressee": ("Normal", "", "keep", ""),
    "Banner": (
        "Normal", "", "before=120 after=240 left=115 right=115 border=box together", "size=20",
    ),
    "RE Block": ("Normal", "", "after=20", ""),
    "RE Label": ("RE Block", "", "", "b"),
    "Salutation": ("Normal", "Body", "before=240 after=160", ""),
    "Body": ("Normal", "", "after=160", ""),
    "Lead-in": ("Body", "", "after=100 keep", ""),
    "Last Words": ("Body", "Closing", "keep together", ""),
    "Heading 1": ("Normal", "Body", "before=240 after=120 keep together outline=0", "b caps"),
    "Heading 2": ("Normal", "Body", "before=120 after=80 keep together outline=1", "b i"),
    "Request": ("Normal", "", "after=120 left=360", ""),
    "Request Text": ("Request", "", "left=720", ""),
    "Item": ("Normal", "", "after=80 list=item", ""),
    "Numbered Reason": ("Normal", "Reason Text", "after=60 keep list=reason", ""),
    "Reason Text": ("Normal", "", "after=120 left=720", ""),
    "Quote": ("Normal", "Body", "after=160 left=720 right=720 together", ""),
    "Table Head": ("Normal", "", "before=40 after=40 keep", "b size=22"),
    "Table Text": ("Normal", "", "before=40 after=40", "size=22"),
    "After Table": ("Normal", "", "before=160", "size=20"),
    "Closing": ("Normal", "Signature", "before=240 keep together", ""),
    "Signature": ("Normal", "", "keep together", ""),
    "Signature Line": ("Signature", "Signature", "before=600", ""),
    "Signature End": ("Signature", "", "after=240 keep=off", ""),
    "Enclosure": ("Normal", "", "after=40 left=720 hang=720", "size=22"),
    "Caption": ("Normal", "", "align=center keep", "b"),
    "Caption Page": ("Caption", "Caption", "break", ""),
    "Caption End": ("Caption", "", "after=240", ""),
    "Caption Text": ("Normal", "", "after=20", ""),
    "Title": ("Normal", "Body", "before=240 after=240 align=center keep together", "b caps"),
    "Declarant": ("Normal", "Numbered Paragraph", "line=480 first=720", ""),
    "Declaration Heading": (
        "Normal", "Numbered Paragraph", "before=120 line=480 keep outline=0 list=part", "b",
    ),
    "Country Heading": ("Normal", "Numbered Paragraph", "line=480 keep outline=1", "b i"),
    "Numbered Paragraph": ("Normal", "", "line=480 list=paragraph", ""),
    "Paired Text": ("Normal", "", "before=60 after=60 line=264", "size=22"),
    "Paired Paragraph": ("Paired Text", "", "list=pair", ""),
    "Paired Korean": ("Paired Text", "", "list=pair-korean", ""),
    "Paired Heading": ("Paired Text", "", "before=160 keep outline=0 list=pair-part", "b"),
    "Paired Korean Heading": ("Paired Text", "", "before=160 keep list=pair-korean-part", "b"),
    "Paired Country": ("Paired Text", "", "keep", "b i"),
    "Jurat": ("Normal", "", "before=120 after=240 line=480 first=720 keep together", ""),
    "Read-back Title": ("Normal", "Read-back", "before=240 after=120 align=center keep", "b caps"),
    "Read-back": ("Normal", "", "after=120 line=360 keep together", ""),
    "Read-back End": ("Read-back", "", "keep=off", ""),
    "Certificate Lines": ("Normal", "", "before=160 after=80 keep together", ""),
    "Page Title": ("Title", "Body", "break outline=0", ""),
    "Certificate": ("Normal", "", "after=200 line=360 together", ""),
    "Initials": ("Footer", "", "tabs=center:4680,right:9360", ""),
    "Filer": ("Normal", "", "", "size=22"),
    "Filer End": ("Filer", "", "after=240", ""),
    "Check Line": ("Normal", "", "after=40 left=1080 hang=720", ""),
    "Order Text": ("Normal", "", "before=120 after=60 tabs=left:5760", ""),
    "Order Rule": ("Order Text", "", "before=240 border=bottom", ""),
    "Order Signature": ("Order Text", "", "before=480 after=0 keep tabs=left:5760", ""),
    "Party Text": ("Normal", "", "after=20", ""),
    "Party Line": ("Party Text", "", "before=600", ""),
    "Matrix Title": ("Normal", "Matrix Text", "before=160 after=60 keep together outline=0", "b"),
    "Matrix Head": ("Normal", "", "before=20 after=20 keep", "b size=19"),
    "Matrix Text": ("Normal", "", "before=20 after=20", "size=19"),
    "Memo Text": ("Normal", "", "before=60 after=60", "size=22"),
    "Memo Heading": ("Memo Text", "Memo Text", "before=120 keep", "b"),
    "Memo Item": ("Memo Text", "", "list=memo", ""),
    "Form Text": ("Normal", "", "before=20 after=20", "size=19"),
    "Form Box": ("Form Text", "", "", "b"),
    "Form Head": ("Form Text", "", "keep", "b"),
    "Form Source": ("Form Text", "", "", "size=15 colour=505050"),
    "Form Part": ("Normal", "Form Text", "before=200 after=60 keep outline=0", "b size=23"),
    "Form Page": ("Normal", "Form Text", "before=140 after=60 keep outline=1", "b i size=20"),
    "Form Note": ("Normal", "", "after=80", "size=19"),
    "Cover Title": ("Title", "Caption Text", "before=1200 after=1200", "size=30"),
    "Order": ("Normal", "", "after=80 left=1080 together", ""),
    "After Table Body": ("Body", "", "before=160", ""),
    "Custody": ("Normal", "", "align=right", "b"),
    "Box": ("Normal", "", "after=100 left=720 hang=360 together", ""),
    "Issue": ("Normal", "", "after=100 list=issue", ""),
    "Grid Head": ("Normal", "", "before=30 after=30 align=center keep", "b size=19"),
    "Grid Country": ("Normal", "", "before=40 after=40 keep", "b size=20"),
    "Grid Text": ("Normal", "", "before=20 after=20", "size=19"),
    "Grid Mark": ("Grid Text", "", "align=center", ""),
    "Sheet Text": ("Table Text", "", "before=20 after=20", "size=18"),
}
BUILT_IN = {"Normal", "Header", "Footer", "Heading 1", "Heading 2", "Quote", "Title", "Signature"}
BUILT_IN |= {"Caption", "Closing", "Salutation"}

# name: borders drawn, as (edge, size in eighths of a point)
TABLES: dict[str, dict[str, int]] = {
    "Plain Table": {},
    "Ruled Table": dict.fromkeys(("top", "bottom", "insideH", "left", "right", "insideV"), 4),
    "Caption Table": dict.fromkeys(("bottom", "insideV"), 6),
    "Side by Side": dict.fromkeys(("top", "bottom", "insideH", "insideV"), 4),
}

# list: (style, number format, text of the number, left indent, hanging or first-line indent)
LISTS: dict[str, tuple[str, str, str, str]] = {
    "paragraph": ("Numbered Paragraph", "decimal", "%1.", 'w:left="0" w:firstLine="720"'),
    "reason": ("Numbered Reason", "decimal", "%1.", 'w:left="720" w:hanging="540"'),
    "part": ("Declaration Heading", "upperRoman", "%1.", 'w:left="720" w:hanging="720"'),
    "item": ("Item", "bullet", "•", 'w:left="720" w:hanging="360"'),
    "pair": ("Paired Paragraph", "decimal", "%1.", 'w:left="500" w:hanging="500"'),
    "pair-korean": ("Paired Korean", "decimal", "%1.", 'w:left="500" w:hanging="500"'),
    "pair-part": ("Paired Heading", "upperRoman", "%1.", 'w:left="620" w:hanging="620"'),
    "pair-korean-part": (
        "Paired Korean Heading", "upperRoman", "%1.", 'w:left="620" w:hanging="620"',
    ),
    "memo": ("Memo Item", "bullet", "•", 'w:left="360" w:hanging="300"'),
    "issue": ("Issue", "decimal", "%1.", 'w:left="720" w:hanging="360"'),
}


def style_id(name: str) -> str:
    """Return the id under which a style is kept: its name without spaces."""
    return name.replace(" ", "").replace("-", "")


def stored_name(name: str) -> str:
    """Return a style's name as Word keeps it; built-in headings are kept in lower case."""
    return name.lower() if name.startswith(("Heading", "Header", "Footer", "Caption")) and (
        name in BUILT_IN
    ) else name


def _words(text: str) -> dict[str, str]:
    return dict(w.partition("=")[::2] for w in text.split())


def _edge(edge: str, size: int, space: int = 0) -> str:
    return f'<w:{edge} w:val="single" w:sz="{size}" w:space="{space}" w:color="auto"/>'


def _borders(kind: str) -> str:
    edges = ("bottom",) if kind == "bottom" else ("top", "left", "bottom", "right")
    return "<w:pBdr>" + "".join(_edge(e, 6, 4) for e in edges) + "</w:pBdr>"


def _tabs(stops: str) -> str:
    pairs = (stop.partition(":")[::2] for stop in stops.split(","))
    return "<w:tabs>" + "".join(f'<w:tab w:val="{k}" w:pos="{p}"/>' for k, p in pairs) + "</w:tabs>"


def _attributes(tag: str, says: dict[str, str], names: dict[str, str]) -> str:
    found = "".join(f' w:{a}="{says[k]}"' for k, a in names.items() if k in says)
    rule = ' w:lineRule="auto"' if "line" in says and tag == "spacing" else ""
    return f"<w:{tag}{found}{rule}/>" if found else ""


def paragraph_properties(text: str) -> str:
    """Return the paragraph properties that *text* names, in the order the schema wants them."""
    says = _words(text)
    numbered = list(LISTS).index(says["list"]) + 1 if "list" in says else 0
    indent = {"left": "left", "right": "right", "first": "firstLine", "hang": "hanging"}
    parts = [
        {"": "<w:keepNext/>", "off": '<w:keepNext w:val="0"/>'}.get(says.get("keep", "no"), ""),
        "<w:keepLines/>" if "together" in says else "",
        "<w:pageBreakBefore/>" if "break" in says else "",
        f'<w:numPr><w:numId w:val="{numbered}"/></w:numPr>' if numbered else "",
        _borders(says["border"]) if "border" in says else "",
        _tabs(says["tabs"]) if "tabs" in says else "",
        _attributes("spacing", says, {"before": "before", "after": "after", "line": "line"}),
        _attributes("ind", says, indent),
        f'<w:jc w:val="{says["align"]}"/>' if "align" in says else "",
        f'<w:outlineLvl w:val="{says["outline"]}"/>' if "outline" in says else "",
    ]
    return "".join(parts)


def run_properties(text: str) -> str:
    """Return the run properties that *text* names, in the order the schema wants them."""
    says = _words(text)
    size = says.get("size", "")
    parts = [
        *(f"<w:{k}/>" for k in ("b", "i", "caps") if k in says),
        f'<w:color w:val="{says["colour"]}"/>' if "colour" in says else "",
        f'<w:spacing w:val="{says["spacing"]}"/>' if "spacing" in says else "",
        f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>' if size else "",
    ]
    return "".join(parts)


def _style(name: str) -> str:
    base, following, paragraph, run = PARAGRAPHS[name]
    inner = paragraph_properties(paragraph)
    face = run_properties(run)
    kind = ' w:default="1"' if name == "Normal" else ""
    own = "" if name in BUILT_IN else ' w:customStyle="1"'
    return (
        f'<w:style w:type="paragraph"{kind}{own} w:styleId="{style_id(name)}">'
        f"<w:name w:val={quoteattr(stored_name(name))}/>"
        + (f'<w:basedOn w:val="{style_id(base)}"/>' if base else "")
        + (f'<w:next w:val="{style_id(following)}"/>' if following else "")
        + "<w:qFormat/>"
        + (f"<w:pPr>{inner}</w:pPr>" if inner else "")
        + (f"<w:rPr>{face}</w:rPr>" if face else "")
        + "</w:style>"
    )


def _table_style(name: str) -> str:
    order = ("top", "left", "bottom", "right", "insideH", "insideV")
    edges = "".join(_edge(e, TABLES[name][e]) for e in order if e in TABLES[name])
    sides = "".join(f'<w:{s} w:w="100" w:type="dxa"/>' for s in ("left", "right"))
    return (
        f'<w:style w:type="table" w:customStyle="1" w:styleId="{style_id(name)}">'
        f'<w:name w:val="{name}"/><w:tblPr>'
        + (f"<w:tblBorders>{edges}</w:tblBorders>" if edges else "")
        + f"<w:tblCellMar>{sides}</w:tblCellMar></w:tblPr></w:style>"
    )


def styles() -> str:
    """Return styles.xml."""
    fonts = (
        f'<w:rFonts w:ascii="{LATIN}" w:hAnsi="{LATIN}" w:eastAsia="{KOREAN}" w:cs="{LATIN}"/>'
        '<w:sz w:val="24"/><w:szCs w:val="24"/>'
        '<w:lang w:val="en-US" w:eastAsia="ko-KR" w:bidi="ar-SA"/>'
    )
    spacing = '<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>'
    return (
        f'{XML}<w:styles xmlns:w="{W}"><w:docDefaults>'
        f"<w:rPrDefault><w:rPr>{fonts}</w:rPr></w:rPrDefault>"
        f"<w:pPrDefault><w:pPr><w:widowControl/>{spacing}</w:pPr></w:pPrDefault></w:docDefaults>"
        + "".join(map(_style, PARAGRAPHS))
        + "".join(map(_table_style, TABLES))
        + "</w:styles>"
    )


def numbering() -> str:
    """Return numbering.xml: each list belongs to one style and runs through the document."""
    abstract = "".join(
        f'<w:abstractNum w:abstractNumId="{n}"><w:multiLevelType w:val="singleLevel"/>'
        f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:pStyle w:val="{style_id(style)}"/><w:suff w:val="tab"/><w:lvlText w:val="{text}"/>'
        f'<w:lvlJc w:val="left"/><w:pPr>{_first_tab(indent)}<w:ind {indent}/></w:pPr></w:lvl>'
        "</w:abstractNum>"
        for n, (style, form, text, indent) in enumerate(LISTS.values(), 1)
    )
    numbers = "".join(
        f'<w:num w:numId="{n}"><w:abstractNumId w:val="{n}"/></w:num>'
        for n in range(1, len(LISTS) + 1)
    )
    return f'{XML}<w:numbering xmlns:w="{W}">{abstract}{numbers}</w:numbering>'


def _first_tab(indent: str) -> str:
    """Return the tab stop after a number whose paragraph is indented in its first line only."""
    return _tabs("num:1440") if "firstLine" in indent else ""


def settings() -> str:
    """Return settings.xml: no revision ids, and Word's newest layout rather than an old one's."""
    return (
        f'{XML}<w:settings xmlns:w="{W}"><w:defaultTabStop w:val="720"/>'
        '<w:characterSpacingControl w:val="doNotCompress"/><w:compat>'
        '<w:compatSetting w:name="compatibilityMode"'
        ' w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
        '<w:themeFontLang w:val="en-US" w:eastAsia="ko-KR"/></w:settings>'
    )
