"""Why nkdocs says what it says of files, answers and templates: the codes that are no law."""

from nkdocs.bundle import faults

_CODES = {
    "A001": "The answers file is not written as nkdocs reads YAML: every value is text, each key "
    "stands once, and nothing in it is clever. The line named is where reading stopped.",
    "A002": "The file holds a key that no question asks. It would print nowhere, so it is named.",
    "A003": "An answer is not written as its kind, for example a date that is none. A draft shows "
    "it as a blank; the other states wait until it is mended.",
    "A004": "A document needs this answer and it is not there. A draft prints a marked blank; the "
    "other states refuse.",
    "A005": "Every item of a list has an id of its own, given once: cites and findings name it.",
    "A006": "A cite names an exhibit, page or paragraph that the filing does not have.",
    "A007": "An entry of the lists of exhibits or filings has a wrong or unknown key.",
    "A008": "A text under _ko stands beside no answer, or is no text. It would be printed nowhere.",
    "C001": "LibreOffice could not make the PDF of a document.",
    "C002": "A cite that was printed in the document is not found in its PDF, so no link could be "
    "proved. The packet is not made.",
    "C003": "LibreOffice was stopped because it ran out of time.",
    "C004": "The PDF does not hold every word of the document, so it is not used.",
    "C005": "LibreOffice made a file that is no PDF.",
    "F001": "Someone edited this Word file after nkdocs wrote it. From then on it is the source, "
    "and nothing overwrites it but --force, which keeps a backup.",
    "F002": "Someone changed this PDF after nkdocs built it.",
    "F003": "A PDF in out/ that nkdocs did not make is taken as the one you saved from Word when "
    "its words are those of the document. This one says something else, so it is left alone.",
    "F004": "Someone edited the e-mail or the upload list that goes with a packet. It is "
    "kept, and the e-mail takes its words from it; what changes in the answers is not in it.",
    "F005": "The e-mail that goes with a packet prints answers that are open. It is marked as a "
    "draft and has no address until they are answered or filled in; the packet is not held up.",
    "F006": "The file is locked, damaged, too large or a link: nobody can search it for what it "
    "may give away, so no copy is made with it, and a search does not call it clean.",
    "P001": "Documents for signature or filing become PDF through LibreOffice, or through a PDF "
    "that you saved from Word; the embedded engine makes drafts only.",
    "T001": "A file of questions, sections or documents is wrong.",
    "T002": "A tag of the Word template cannot be filled.",
    "T003": "A template uses a name that no question asks.",
    "T004": "A template reaches an answer that the document's audience may not see, be it in a "
    "loop or a condition. That is how confidential answers leak, so it is a fault.",
    "T005": "A tag such as {%p if … %} takes its whole paragraph away; text beside it would be "
    "lost without a word.",
    "T006": "A template asks for an authority that the registry does not hold.",
    "T007": "A template shows something that stands in another file, such as a linked picture or "
    "an INCLUDETEXT field. A letter holds only what stands in it.",
    "X601": "A filing needs exhibits, each with pages and each once.",
    "X602": "A title holds characters that the fonts of the index cannot draw.",
    "X603": "There is text where the page number stands; look whether both can be read.",
    "X604": "A key page named for an exhibit is not among its pages.",
}  # fmt: skip


def all_codes() -> dict[str, str]:
    """Return every code that is no law, with what it says."""
    return {**_CODES, **faults.every()}


def why(code: str) -> dict[str, str]:
    """Return what is known of a code, by heading; empty if it is not one of these."""
    if code in _CODES:
        return {"finding": code, "why": _CODES[code]}
    known = faults.explained(code)
    if known is None:
        return {}
    severity, says, mend = known
    return {"finding": code, "says": says, "weight": severity.value, "next": mend}
