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
    "A009": "A batch makes what goes to the court or to the other side final only for a case with "
    "a file of its own, in which the client's own consent is recorded, and the sign-off where the "
    "drafter is supervised. Everything else it writes as drafts.",
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
    "F006": "Word has this letter open, so it was not written. What stands there is as it was.",
    "F007": "The case is locked, and a letter of it that somebody edited lies beside in the clear. "
    "Nothing is deleted without being asked.",
    "F020": "OneDrive, Dropbox and other synchronisers keep both files when two computers wrote at "
    "the same time, and put a computer's name, a number or 'conflicted copy' into the name of one. "
    "nkdocs reads only the file with the plain name, so what stands in the copy alone is not used.",
    "F021": "While Word has NAME.docx open a hidden ~$ file stands beside it, .~lock.NAME.docx# "
    "for LibreOffice. nkdocs writes no document that is open; a crash can leave the file behind.",
    "F022": "What lies in a synchronised folder is copied to other computers and to a company's. "
    "The lock that keeps two nkdocs apart works on one computer only.",
    "F023": "Locking changes one file after the other and can be interrupted; files that are put "
    "into a locked case by hand stay as they are until the next nkdocs lock.",
    "F030": "The file is locked, damaged, too large or a link: nobody can search it for what it "
    "may give away, so no copy is made with it, and a search does not call it clean.",
    "P001": "Documents for signature or filing become PDF through LibreOffice, or through a PDF "
    "that you saved from Word; the embedded engine makes drafts only.",
    "T001": "A file of questions, sections or documents is wrong.",
    "T002": "A tag of the Word template is miswritten and cannot be filled: a brace is missing, a "
    "link cuts it in two, or what stands in it is no name and no condition.",
    "T003": "A template uses a name that no question asks.",
    "T004": "A template reaches an answer that the document's audience may not see, be it in a "
    "loop or a condition. That is how confidential answers leak, so it is a fault.",
    "T005": "A tag such as {%p if … %} takes its whole paragraph away; text beside it would be "
    "lost without a word.",
    "T006": "A template asks for an authority that the registry does not hold.",
    "T007": "A template shows something that stands in another file, such as a linked picture or "
    "an INCLUDETEXT field. A letter holds only what stands in it.",
    "T008": "A block of a template ({% if %} … {% endif %}, {% for %} … {% endfor %}) is not "
    "closed, crosses another, or begins in one cell of a table and ends elsewhere.",
    "T009": "A template uses a tag, a filter or a test that is not allowed in one.",
    "T010": "Word left something in the template besides its text: a comment, a tracked change, "
    "hidden text (none of it reaches a letter, but it may tell of an earlier client); text that "
    "nobody sees, or a field that shows another day or name than is filled.",
    "T011": "A tag stands where nothing is filled: in a comment, in hidden text, in the properties "
    "of the file, in a chart. It would vanish.",
    "T012": "Text is set in a typeface that this computer does not have, so that LibreOffice "
    "breaks lines and pages elsewhere than Word does.",
    "T013": "A question is asked, and no template and no condition uses its answer.",
    "T014": "Word made straight quotes in a tag curly. nkdocs reads them as straight ones; where "
    "an apostrophe stands between them the tag breaks.",
    "T015": "A tag stands in a text box (it is filled, but Word keeps the box twice and other "
    "programs place it differently), or in a field that shows a property of the file.",
    "X601": "A filing needs exhibits, each with pages and each once.",
    "X602": "A title holds characters that the fonts of the index cannot draw.",
    "X603": "Text stands at every place where the page number may go. It stands on a small white "
    "field with a frame, so that it can be read; look what lies under it.",
    "X604": "A key page named for an exhibit is not among its pages.",
    "X605": "The venue takes no file as large as the bundle, so it was divided between exhibits. "
    "Each part has its cover and index, the first one the index of all; numbers and tabs run on.",
    "X606": "A final was made with other numbers. Whoever has it, or cites it, has to be told.",
    "X607": "A final was made already. An exhibit that came later stands at the end, so that no "
    "number moves; `--renumber` puts it where it is listed, as long as nothing was served.",
    "X401": "The same file twice is a second copy of the same document; USCIS refuses those.",
    "X402": "Pages that show exactly the same are often a page scanned twice, or an enclosure that "
    "is an exhibit of its own.",
    "X403": "Portals refuse names with signs or foreign letters. The bundle has a safe name.",
    "X404": "What each file is: pages, paper, whether it can be searched, and how large it is.",
    "X405": "One office wanted all pages in one orientation. Pages on their side stay so.",
    "X406": "What the bundle will come to, and in how many files it will go.",
    "X407": "A blank page may be a failed scan; a turned one is not read.",
    "X408": "A document in another language needs an English translation and a certificate "
    "(8 CFR 1003.33; 8 CFR 103.2(b)(3)). Mail to OPLA has no such rule.",
    "X409": "The Practice Manual wants the translator's address and telephone number (3.3(a)).",
    "X410": "Another person's A-number in an exhibit opens that person's case to strangers.",
    "X411": "What a venue wants and no program can see to: names of files, service, the cover. "
    "Each rule says where it was read, and whether a person confirmed it since.",
    "X412": "A venue that reads in black and white loses what color alone says: a stamp over "
    "text, a highlighted line. Photos stay photos; it is a reason to look, never to stop.",
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
