"""When one run may make letters of many clients final: each on its own client's word alone."""

from nkdocs.diagnostics import Finding, Severity, State
from nkdocs.interview.spec import Document
from nkdocs.kinds.dates import Date
from nkdocs.packet.desk import Desk

_CONSENT = {
    "opla": ("consent", "pd", "signed_on"),
    "court": ("consent", "disclosure", "signed_on"),
}


def unready(desk: Desk, document: str, *, own_case: bool) -> list[Finding]:
    """Return why *document* of this case may not become final in a run over many cases.

    What goes to the court or to the other side needs a case with a file of its own and the
    client's own consent, given by the day of the papers. The supervisor's review, where one is
    required, is a finding of the checks (L011).
    """
    found: list[Finding] = []
    for one in desk.documents([document]):
        path = _CONSENT.get(one.audience)
        if path is None:
            continue
        if not own_case:
            why = "it stands in a spreadsheet: no consent and no sign-off are recorded there"
            hint = "Make it a case (nkdocs new), or let the batch write drafts."
            found.append(_fault(desk, one, path, why, hint))
            continue
        signed = desk.answers().value(path)
        if not isinstance(signed, Date) or desk.day is None or signed.day > desk.day:
            why = f"the client's own consent is not recorded ({'.'.join(path)})"
            hint = "Explain it to the client, have the consent signed, then record the day."
            found.append(_fault(desk, one, path, why, hint))
    return found


def _fault(
    desk: Desk, document: Document, path: tuple[str, ...], why: str, hint: str
) -> Finding:
    return Finding(
        code="A009",
        severity=Severity.ERROR,
        message=f"'{document.title}' is not made final among many: {why}",
        place=desk.file.place(path),
        subject=".".join(path),
        cure="counsel",
        counts=State.FINAL,
        kind="block",
        hint=hint,
    )
