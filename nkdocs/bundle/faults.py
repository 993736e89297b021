"""What can be wrong with an exhibit's file, in words: code, severity, what to do."""

from collections.abc import Iterable

from msgspec import Struct

from nkdocs.convert.office import INSTALL
from nkdocs.diagnostics import Finding, Place, Severity

_SCAN = "Scan or download it again."
_PRINT = "Open it in a PDF viewer and print it to a new PDF."
_E, _W, _I = Severity.ERROR, Severity.WARN, Severity.INFO

# {} is the note's own detail: page numbers, names of files and of form fields, never a value.
_SAID: dict[str, tuple[Severity, str, str]] = {
    # the file
    "X101": (_E, "there is no such file{}", "Correct its name, or put the file there."),
    "X102": (_E, "the path leads out of the case folder",
             "Copy the file into the case folder and name it from there."),
    "X103": (_E, "it cannot be read: permission denied",
             "Allow yourself to read it (chmod u+r), or copy it anew."),
    "X104": (_E, "it is a folder, not a file", "Name a file."),
    "X105": (_E, "the file is empty (0 bytes)", _SCAN),
    "X106": (_E, "it is larger than can be opened safely ({})", "Split it into smaller files."),
    "X107": (_E, "it is read as neither PDF, picture, Word document nor text",
             "Save it as PDF and name that file."),
    "X108": (_E, "it is a web page, not a PDF",
             "Open the page in a browser and print it to PDF; a download may need a login."),
    "X109": (_E, "it is {}; an exhibit must be pages", "{}"),
    "X110": (_E, "it is an old Word document (.doc)",
             "Open it in Word and save it as DOCX or PDF."),
    "X111": (_E, "the Word document is protected by a password",
             "Open it in Word, remove the password and save it."),
    "X112": (_E, "its document '{}' was not made", "Run 'nkdocs fill' and look at what it says."),
    "X113": (_E, "its letters {} cannot be drawn by our fonts",
             "Print it to PDF from the program that shows it."),
    "X114": (_E, "it is named as a Word document and is none, or it is broken",
             "Open it in Word and save it again, or save it as PDF."),
    "X115": (_E, "it is no ordinary file", "Name a file."),
    "X116": (_E, "the link leads to a file that is not there", "Name the file itself."),
    "X117": (_E, "it stands in out/, and results are never exhibits",
             "Name the paper as `document:`, or what was sent in served/."),
    "X119": (_E, "it is locked (an age file)",
             "Bind the case with your key (bundle CASE --identity FILE), or: nkdocs unlock CASE"),
    # the PDF
    "X201": (_E, "a password is needed to open it",
             "Give it with --password-file FILE, or save the PDF without it."),
    "X202": (_E, "the PDF is damaged and cannot be repaired", _SCAN),
    "X203": (_E, "it has no pages", _SCAN),
    "X204": (_E, "it took too long to open and was stopped", _PRINT),
    "X205": (_E, "it needs more memory than an exhibit may take", _PRINT),
    "X206": (_E, "it made the reader of exhibits fail", _PRINT),
    "X207": (_E, "damaged: it speaks of {} could be read",
             "Compare it with the original; if none is missing, set `expect_pages`."),
    "X208": (_E, "{}, and `expect_pages` says otherwise",
             "Count the pages of the original; correct the file or `expect_pages`."),
    "X209": (_E, "`pages` asks for what is not there: {}", "Correct `pages` at the exhibit."),
    "X210": (_E, "page {} has a size that is no paper's", _PRINT),
    "X211": (_E, "it is a form of Adobe's own kind (XFA) that shows its pages in Adobe Reader only",
             "Open it in Adobe Reader and print it to PDF."),
    "X212": (_E, "what is filled in cannot be shown whole: {}",
             "Open it in Adobe Reader, look at the fields, and print it to PDF."),
    "X213": (_E, "it is a portfolio; its documents are attached inside",
             "Save the attached documents and name each as an exhibit."),
    "X214": (_E, "redactions are marked but not applied: page {}",
             "Apply them in the program that marked them; the text below is still there."),
    "X215": (_E, "what is on page {} is damaged, or too large to open", _SCAN),
    "X216": (_E, "the picture cannot be used: {}", "Take or scan it again, or save it as JPEG."),
    "X218": (_E, "`redact` or `marks` name what is not bound: {}",
             "Correct the page: it is that of the source, and among `pages`."),
    "X219": (_E, "the words to be redacted are not found as text: {}",
             "Give a `box` in points from the lower left corner of the page."),
    "X220": (_E, "the words to be marked are not found as text: {}",
             "Give a `box` in points from the lower left corner, or correct the words."),
    "X221": (_E, "the e-mail cannot be used: {}", "Print it to PDF from the mail program."),
    "X222": (_E, "words are to be redacted where the text was recognised and may be misread: {}",
             "Give a `box` in points from the lower left corner of the page."),
    "X223": (_E, "damaged: lost are fonts or pictures of page {}",
             "Scan or download it again; if the page is whole as it is, set `expect_pages`."),
    "X217": (_E, "the text cannot be used: {}", "Save it as UTF-8 text or as PDF."),
    # to be known
    "X301": (_W, "REPAIRED: the PDF was damaged; {} could be read",
             "Compare each page with the original."),
    "X302": (_W, "no text on page {}: it cannot be searched",
             "Have it recognised (--ocr) if the venue asks for text that can be searched."),
    "X303": (_W, "it is signed electronically; a bundle keeps the picture, not the signature",
             "Keep the signed file; offer it to whoever must verify the signature."),
    "X304": (_I, "its form was made flat; values stay as printed", ""),
    "X305": (_W, "what is filled in may not show whole: {}",
             "Look at these fields in the finished bundle."),
    "X306": (_W, "notes were taken out: page {}",
             "Look whether one of them belongs to the exhibit."),
    "X307": (_W, "typed-on text, drawings, stamps or highlights stay as printed: page {}",
             "Look whether they belong to the exhibit; remove your own marks from the file."),
    "X308": (_W, "{} attached inside were left out", "Name them as exhibits if they belong here."),
    "X309": (_I, "active content was taken out: {}", ""),
    "X310": (_W, "page {} had no proper size and was fitted on Letter",
             "Look at it in the finished bundle."),
    "X311": (_W, "page {} is cropped; what was cropped away is still inside the file",
             "If it is confidential, print the page to a new PDF and use that."),
    "X312": (_W, "layers switched off were taken out: page {}",
             "Compare these pages with what your viewer shows."),
    "X313": (_I, "it was read as Korean Windows text (cp949)", "Look at it once."),
    "X314": (_W, "the converter could not draw: {}", "Save it as PDF from Word instead."),
    "X315": (_I, "a picture: it cannot be searched", "--ocr recognises what is written on it."),
    "X317": (_W, "redacted, and now a picture without text: page {}",
             "Look at it in the finished bundle before it leaves the office."),
    "X318": (_W, "words redacted on another page can still be read: page {}",
             "Redact them there too, if they are the same secret."),
    "X319": (_W, "LibreOffice made it a PDF; its words could not be compared one by one",
             "Compare each page with the original."),
    "X320": (_I, "an e-mail: sender, receivers, date, subject and words are printed; {}", ""),
    "X321": (_W, "the certificate of translation was made from the answers and is not signed",
             "Print its page, have the translator sign and date it, name the scan `certificate`."),
    "X322": (_I, "text recognised on page {}: it can be searched, and is not seen",
             "Names and numbers may be misread; what counts is the page itself."),
    "X323": (_W, "no text was recognised on page {}: it cannot be searched",
             "Look at it; if something is written there, scan it again, sharper."),
    "X324": (_W, "text recognition failed on page {}: it is bound as it is and cannot be searched",
             "Run it again; if it fails again, scan the page anew."),
    "X325": (_I, "no text was recognised on the picture: it cannot be searched (page {})", ""),
    "X326": (_W, "characters that our fonts cannot draw are printed by name: {}",
             "Look at them in the bundle; if the shape counts, print it to PDF where it is shown."),
    "X327": (_W, "only a few words over the picture of page {}: what is in it cannot be searched",
             "Have it recognised (--ocr) if the venue asks for text that can be searched."),
    "X328": (_I, "it was protected; its pages in the bundle are not", ""),
    "X329": (_W, "a font inside is damaged: {}",
             "Compare each page with the original; print it to a new PDF if text is missing."),
    # programs
    "P101": (_E, "LibreOffice is needed for Word exhibits and was not found",
             f"{INSTALL}   (or build with --as draft)"),
}  # fmt: skip

# What a kind of file is called, and how it becomes pages.
ADVICE = {
    "film": ("a film", "Name a transcript or still pictures; lodge the film itself apart."),
    "sound": ("a sound recording", "Name a transcript; lodge the recording itself apart."),
    "sheet": ("a spreadsheet", "Open it and save it as PDF."),
    "slides": ("a presentation", "Open it and save it as PDF."),
    "rtf": ("a document in RTF", "Open it in Word and save it as DOCX or PDF."),
    "odt": ("an OpenDocument text", "Open it in LibreOffice and save it as PDF."),
    "hwp": ("a Hangul (HWP) document", "Open it in Hangul or LibreOffice and save it as PDF."),
    "message": ("an e-mail of Outlook (.msg)",
                "Save it as .eml, or open it in Outlook and print it to PDF."),
    "archive": ("an archive", "Unpack it and name the files inside."),
    "pages": ("a Pages document", "Open it in Pages and export it as PDF."),
}


class Note(Struct, frozen=True):
    """Something to report about a file: a code of the table and its details."""

    code: str
    detail: str = ""


class UnusableError(Exception):
    """A file cannot be an exhibit; its note says why."""

    def __init__(self, note: Note) -> None:
        """Say why in *note*."""
        super().__init__(note.code)
        self.note = note


def explained(code: str) -> tuple[Severity, str, str] | None:
    """Return severity, wording and next step of a code, None if it is not in the table."""
    if code not in _SAID:
        return None
    severity, says, mend = _SAID[code]
    return severity, says.replace("{}", "…"), mend.replace("{}", "see what it says")


def every() -> dict[str, str]:
    """Return what every code of the table says, and what to do."""
    told = ((code, explained(code)) for code in _SAID)
    return {code: f"{found[1]}. {found[2]}".strip() for code, found in told if found}


def finding(note: Note, *, file: str, subject: str) -> Finding:
    """Return the finding of a note about *file* of the exhibit *subject*."""
    severity, message, hint = _SAID[note.code]
    what, advice = ADVICE.get(note.detail, (note.detail, ""))
    return Finding(
        code=note.code,
        severity=severity,
        message=message.format(what),
        place=Place(file),
        subject=subject,
        hint=hint.format(advice) if note.code == "X109" else hint,
        cure="volunteer",
        kind="block" if severity is Severity.ERROR else "note",
        facts=note.detail,
    )


def amount(count: int, thing: str) -> str:
    """Write a number of things: "1 page", "3 pages"."""
    return f"{count} {thing}" if count == 1 else f"{count} {thing}s"


def ranges(numbers: Iterable[int]) -> str:
    """Write page numbers shortly: 1, 2, 3, 9 become "1-3, 9"."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in runs)
