"""The words of e-mails and upload lists: `templates/shared/mail.yaml`."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from nkdocs import _yaml, recipients
from nkdocs.diagnostics import Finding
from nkdocs.documents import doctor
from nkdocs.errors import TemplateError
from nkdocs.interview.spec import Catalogue

FILE = "shared/mail.yaml"
_OTHER = "other"


class MailWords(BaseModel):
    """The patterns of what goes with a packet.

    Attributes:
        subject: of an e-mail, where the recipient's profile has none.
        asked: what the subject calls the request, by lead document.
        bodies: of an e-mail, by lead document.
        before: what the office does before it sends the e-mail.
        uploads: what the office does at a portal, by portal.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    mail: Literal["1"]
    subject: str
    asked: Mapping[str, str]
    bodies: Mapping[str, str]
    before: str
    uploads: Mapping[Literal["eservice", "ecas"], str]

    def body(self, lead: str) -> str:
        """Return the body for a lead document."""
        return self.bodies.get(lead) or self.bodies.get(_OTHER, "")

    def named(self, lead: str) -> str:
        """Return what the request of a lead document is called."""
        return self.asked.get(lead) or self.asked.get(_OTHER, "")


def load(folders: Sequence[Path]) -> tuple[MailWords, str]:
    """Return the words of the first of *folders* that has them, and the file's name.

    Raises:
        TemplateError: the file is missing or wrong; its faults name line and key.
    """
    file = next((f for folder in folders if (f := folder / FILE).is_file()), None)
    if file is None:
        msg = f"the file {FILE} is missing"
        raise TemplateError(msg, hint="Install nkdocs again.")
    loaded = _yaml.load(_yaml.read(file.read_bytes(), name=str(file)))
    faults = [f"{file}:{line}: {said}" for line, _, said in loaded.faults]
    if not faults:
        try:
            return MailWords.model_validate(loaded.data), str(file)
        except ValidationError as error:
            wrongs = error.errors(include_input=False, include_url=False)
            faults = [f"{file}: {'.'.join(map(str, w['loc']))}: {w['msg']}" for w in wrongs]
    msg = f"{file} does not hold the words of e-mails"
    raise TemplateError(msg, hint="Correct the lines named.", faults=faults)


def faults(folders: Sequence[Path], catalogue: Catalogue) -> list[Finding]:
    """Return what is wrong with the tags of e-mails, upload lists and profiles.

    E-mail and eService go to DHS, ECAS to the court: each pattern may reach only what its reader
    may see.
    """
    words, name = load(folders)
    found: list[Finding] = []
    for key, pattern, audience in _patterns(words):
        found += doctor.text_faults(pattern, catalogue, audience, name=f"{name} {key}")
    for profile in recipients.load(folders).values():
        name = f"{recipients.FILE} {profile.id}"
        found += doctor.text_faults(profile.subject, catalogue, "opla", name=name)
    return found


def _patterns(words: MailWords) -> Iterator[tuple[str, str, str]]:
    yield "subject", words.subject, "opla"
    yield "before", words.before, "opla"
    for group, patterns in (("asked", words.asked), ("bodies", words.bodies)):
        for lead, pattern in patterns.items():
            yield f"{group}.{lead}", pattern, "opla"
    for portal, pattern in words.uploads.items():
        yield f"uploads.{portal}", pattern, "court" if portal == "ecas" else "opla"
