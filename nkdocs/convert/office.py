"""LibreOffice, started once for many Word documents, and its work looked over.

LibreOffice's exit code says nothing (0 without a PDF, 0 with a blank one), it fetches linked
pictures over the network and reads local ones unless its profile forbids it: hence the private
profile, the filter by name, and a look into every PDF.
"""

import html
import io
import os
import re
import shutil
import zipfile
from collections.abc import Mapping
from pathlib import Path

from nkdocs import _resources, _working
from nkdocs.convert.lighter import lighter
from nkdocs.convert.normal import normalise
from nkdocs.convert.pdf import Pdf
from nkdocs.convert.programs import run
from nkdocs.diagnostics import Finding, Place, Severity, stop
from nkdocs.errors import ConversionError

INSTALL = (
    "sudo apt-get install -y --no-install-recommends "
    "libreoffice-writer-nogui fonts-liberation2 fonts-noto-cjk"
)
_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:\\Program Files\\LibreOffice\\program\\soffice.com",
    "C:\\Program Files (x86)\\LibreOffice\\program\\soffice.com",
)
_WORD = (".docx", "MS Word 2007 XML")
_OTHERS = {"doc": (".doc", "MS Word 97"), "rtf": (".rtf", "Rich Text Format"),
           "odt": (".odt", "writer8")}  # fmt: skip
_LARGEST = 50 << 20  # bytes of an OpenDocument text that are read
_UNSEEN = re.compile(
    r"<(office:annotation|text:tracked-changes|office:forms|text:sequence-decls)\b.*?</\1>",
    re.DOTALL,
)
_TAG = re.compile(r"</?(?:text:)?(span|[^>\s/]*)[^>]*>")
_SECONDS = 120.0  # to start and make a document, and for each further one
# Batang is Word's own serif Korean; where it is not, a sans of another country would stand in.
_FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
<include ignore_missing="yes">{system}</include>
<dir>{ours}</dir>
<match target="pattern">
<test name="family"><string>Batang</string></test>
<edit name="family" mode="append" binding="same"><string>NanumMyeongjo</string></edit>
</match>
</fontconfig>
"""
_PATH = "/org.openoffice.Office.Common/Security/Scripting"
# BlockUntrustedRefererLinks alone keeps linked pictures, remote and local, out; the others close
# macros and active content, and Link=2 never updates links.
_SETTINGS = (
    (_PATH, "BlockUntrustedRefererLinks", "true"),
    (_PATH, "DisableMacrosExecution", "true"),
    (_PATH, "MacroSecurityLevel", "3"),
    (_PATH, "DisableActiveContent", "true"),
    ("/org.openoffice.Office.Writer/Content/Update", "Link", "2"),
)
_NAMES: dict[tuple[Path, int], str] = {}  # of each program, as it was changed last


def find_office() -> Path | None:
    """Return LibreOffice's program, or None.

    The environment variable NKDOCS_SOFFICE names it before all others; empty, it says that there
    is none.
    """
    told = os.environ.get("NKDOCS_SOFFICE")
    if told is not None:
        return Path(told) if told and Path(told).is_file() else None
    found = shutil.which("soffice") or shutil.which("libreoffice")
    usual = (Path(place) for place in _PLACES)
    return Path(found) if found else next((place for place in usual if place.is_file()), None)


class Office:
    """LibreOffice as a converter; one start for all documents of a call."""

    draft = False

    def __init__(
        self,
        program: Path,
        *,
        seconds: float = _SECONDS,
        in_memory: bool = False,
    ) -> None:
        """Use *program*; it may take *seconds* until the first document, and for each further one.

        With *in_memory* no document touches a disk on its way.
        """
        self._program = program
        self._seconds = seconds
        self._in_memory = in_memory

    @property
    def name(self) -> str:
        """Who it is: "LibreOffice 7.4.7.2"; it is asked once in a process."""
        try:
            known = self._program.stat().st_mtime_ns
        except OSError:
            known = 0
        told = _NAMES.get((self._program, known))
        if told is None:
            with _working.folder(in_memory=self._in_memory) as work:
                said = self._run(work, ["--version"])
            found = re.search(r"LibreOffice [\d.]+", said or "")
            told = found[0] if found else "LibreOffice"
            if found:
                _NAMES[self._program, known] = told
        return told

    def convert(self, documents: Mapping[str, bytes]) -> dict[str, Pdf]:
        """Return a PDF for each DOCX (by name): whole, with all its words, the same every time.

        Raises:
            ConversionError: one or more failed; its faults name each.
        """
        made, faults = self.convert_each(documents)
        stop(faults.values(), hint="The DOCX is kept. Save it as PDF from Word, or try --as draft.")
        return made

    def convert_each(
        self, documents: Mapping[str, bytes]
    ) -> tuple[dict[str, Pdf], dict[str, Finding]]:
        """Return the PDFs that were made, and the fault of each document that has none.

        A document at which LibreOffice hangs or falls costs only itself: those behind it are
        given to it once more, in another start, and it is tried again alone.
        """
        made: dict[str, Pdf] = {}
        faults: dict[str, Finding] = {}
        left = dict(documents)
        while left:
            found = self._made(left, _WORD)
            stuck = next((n for n, (pdf, _) in found.items() if not pdf), None)
            if len(left) > 1 and stuck is not None and _is_word(left[stuck]):
                behind = list(left)[list(left).index(stuck) + 1 :]
                lost = [n for n in behind if not found[n][0]]
                if behind and len(lost) == len(behind):  # they had no turn
                    found |= self._made({stuck: left[stuck]}, _WORD)
                    found = {n: told for n, told in found.items() if n not in lost}
            for name, (pdf, in_time) in found.items():
                clean = _clean(pdf)
                fault = _fault(left[name], pdf, clean, in_time=in_time)
                if fault:
                    faults[name] = _finding(name, *fault)
                else:
                    made[name] = Pdf(clean, self.name)
            left = {n: data for n, data in left.items() if n not in found}
        return made, faults

    def convert_other(self, documents: Mapping[str, bytes], kind: str) -> dict[str, Pdf]:
        """Return a PDF for each document of another kind: `doc`, `rtf` or `odt`.

        Of an OpenDocument text every word is looked for; the others are read by nobody else.

        Raises:
            ConversionError: one or more failed; its faults name each.
        """
        faults: list[Finding] = []
        made: dict[str, Pdf] = {}
        found = self._made(documents, _OTHERS[kind]) if documents else {}
        for name, (pdf, in_time) in found.items():
            clean = _clean(pdf)
            fault = _fault_of_other(documents[name], pdf, clean, in_time=in_time)
            if fault:
                faults.append(_finding(name, *fault))
            else:
                made[name] = Pdf(clean, self.name)
        stop(faults, hint="The document is kept. Save it as PDF from Word, or try --as draft.")
        return made

    def _made(
        self, documents: Mapping[str, bytes], form: tuple[str, str]
    ) -> dict[str, tuple[bytes, bool]]:
        """Let LibreOffice make the PDFs; empty bytes where none came, and whether in time."""
        suffix, reader = form
        files = {name: f"{i:05d}" for i, name in enumerate(documents)}  # no client's name leaves
        with _working.folder(in_memory=self._in_memory) as work:
            (work / "in").mkdir()
            for name, own in files.items():
                told = documents[name]
                told = lighter(told) if form == _WORD else told
                (work / "in" / f"{own}{suffix}").write_bytes(told)
            sources = [str(work / "in" / f"{own}{suffix}") for own in files.values()]
            said = self._run(
                work,
                [f"--infilter={reader}", "--convert-to", "pdf:writer_pdf_Export",
                 "--outdir", str(work / "out"), *sources],
                work / "out",
            )  # fmt: skip
            made = {name: work / "out" / f"{own}.pdf" for name, own in files.items()}
            return {
                name: (pdf.read_bytes() if pdf.is_file() else b"", said is not None)
                for name, pdf in made.items()
            }

    def _run(self, work: Path, arguments: list[str], results: Path | None = None) -> str | None:
        """Run LibreOffice with a profile of its own; return what it said, None if out of time."""
        profile = work / "profile"
        if not profile.is_dir():
            (profile / "user").mkdir(parents=True)
            settings = profile / "user" / "registrymodifications.xcu"
            settings.write_text(_profile(), encoding="utf-8")
            (work / "fonts.conf").write_text(_fonts(), encoding="utf-8")
        command = [str(self._program), "--headless", "--norestore", "--nologo", "--nodefault",
                   f"-env:UserInstallation={profile.as_uri()}", *arguments]  # fmt: skip
        own = {"FONTCONFIG_FILE": str(work / "fonts.conf")}  # only read where fontconfig is
        ended = run(command, work, self._seconds, own, results=results)
        return None if ended.late else ended.said


def _profile() -> str:
    """Return the settings LibreOffice starts with (registrymodifications.xcu)."""
    items = "".join(
        f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{value}</value></prop></item>\n"
        for path, name, value in _SETTINGS
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<oor:items xmlns:oor="http://openoffice.org/2001/registry"'
        ' xmlns:xs="http://www.w3.org/2001/XMLSchema"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\n'
        f"{items}</oor:items>\n"
    )


def _fonts() -> str:
    """Return what fontconfig reads: the computer's fonts, and ours for Korean (fonts.conf(5))."""
    system = os.environ.get("FONTCONFIG_FILE") or "/etc/fonts/fonts.conf"
    ours = str(_resources.font("NanumMyeongjo.ttf").parent)
    system, ours = (html.escape(path, quote=False) for path in (system, ours))
    return _FONTS.format(system=system, ours=ours)


def _fault(
    docx: bytes, pdf: bytes, clean: bytes, *, in_time: bool
) -> tuple[str, str, str] | None:
    """Return code, message and next step if *pdf* is not the whole of *docx*, else None.

    *clean* is what is kept of it.
    """
    if not _is_word(docx):
        return "C001", "it is not a Word document (DOCX)", "Open it in Word and save it as DOCX."
    if not pdf and not in_time:
        return "C002", "LibreOffice was stopped: it took too long", "Try it alone, or use Word."
    if not pdf:
        hint = "Open it in LibreOffice or Word; if it opens there, save it as PDF."
        return "C003", "LibreOffice made no PDF of it", hint
    if not clean:
        return "C004", "the PDF LibreOffice made is broken or has no page", "Run it again."
    return _missing(docx, clean)


def _is_word(docx: bytes) -> bool:
    return docx.startswith(b"PK")


def _finding(name: str, code: str, message: str, hint: str) -> Finding:
    return Finding(
        code=code,
        severity=Severity.ERROR,
        message=message,
        hint=hint,
        place=Place(name),
        subject=name,
        kind="block",
    )


def _fault_of_other(
    data: bytes, pdf: bytes, clean: bytes, *, in_time: bool
) -> tuple[str, str, str] | None:
    """Return code, message and next step if *pdf* is not the whole of another document."""
    if not pdf and not in_time:
        return "C002", "LibreOffice was stopped: it took too long", "Try it alone, or use Word."
    if not clean:
        hint = "Open it in LibreOffice or Word; if it opens there, save it as PDF."
        return "C003", "LibreOffice made no PDF of it", hint
    from nkdocs.convert.wordmatch import unmatched, words_in
    from nkdocs.convert.words import pdf_words

    missing = unmatched(words_in(_odt_text(data)), pdf_words(clean)) if data[:2] == b"PK" else []
    if not missing:
        return None
    message = f"{len(missing)} words of the document are not in the PDF LibreOffice made"
    return "C005", message, "Save it as PDF from the program it was written in."


def _odt_text(data: bytes) -> str:
    """Return the words of an OpenDocument text, without comments and deleted passages."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package, package.open("content.xml") as held:
            body = held.read(_LARGEST).decode("utf-8", "replace")
    except (zipfile.BadZipFile, KeyError, OSError, NotImplementedError, RuntimeError):
        return ""
    body = _UNSEEN.sub(" ", body.partition("<office:body")[2])
    return html.unescape(_TAG.sub(lambda m: "" if m[1] == "span" else " ", body))


def _clean(pdf: bytes) -> bytes:
    """Return what is kept of a PDF; nothing where it is broken or has no page."""
    import pikepdf

    try:
        return normalise(pdf) if pdf else b""
    except pikepdf.PdfError:
        return b""


def _missing(docx: bytes, pdf: bytes) -> tuple[str, str, str] | None:
    """Tell how many words are missing; never which, as they are a client's."""
    from nkdocs.convert.words import missing_words

    try:
        missing = missing_words(docx, pdf)
    except ConversionError as error:
        return "C001", error.message, error.hint
    if not missing:
        return None
    message = f"{len(missing)} words of the document are not in the PDF LibreOffice made"
    return "C005", message, "Save it as PDF from Word and compare the two."
