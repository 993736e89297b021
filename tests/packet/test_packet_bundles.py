"""Bundles without a letter: of a case, of a filing, of a folder, of bare files."""

import shutil
from pathlib import Path

import pytest
from msgspec.structs import replace

from nkdocs.errors import ChecksFailedError, ExhibitError, FileBusyError, UsageError
from nkdocs.packet import bundles, loose, review
from tests.bundle.crafted import document, saved
from tests.bundle.made import paragraph, pdf
from tests.packet.demo import DRAFT, FINAL, changed, copied, desk, pages_text


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """Return a case with two exhibits of which one is internal."""
    case = tmp_path / "kim"
    (case / "exhibits").mkdir(parents=True)
    for name, pages in (("a", 2), ("b", 3)):
        (case / f"exhibits/{name}.pdf").write_bytes(pdf(pages, name))
    (case / "answers.yaml").write_text(
        "answers: 1\nmeta: {as_of: 2026-11-20}\nexhibits:\n"
        "- {id: a, title: First, file: exhibits/a.pdf, audience: [court]}\n"
        "- {id: b, title: Second, file: exhibits/b.pdf, audience: [internal]}\n"
    )
    return case


def test_a_case_without_filings_makes_one_bundle(small: Path) -> None:
    """Of what a court may see; an internal exhibit stops it by name, in every state."""
    for state in (DRAFT, FINAL):
        with pytest.raises(ChecksFailedError) as caught:
            bundles.make(desk(small), bundles.wanted(desk(small), "")[0], state)
        assert "'b'" in str(caught.value.faults[0])

    changed(small, "audience: [internal]", "audience: [court]")
    made = bundles.make(desk(small), bundles.wanted(desk(small), "")[0], FINAL)
    bundles.write(desk(small), [made], FINAL)

    assert (small / "out/all/exhibits.pdf").is_file()
    assert [e.tab for e in made.bundle.pages.entries] == ["A", "B"]


def test_every_unsent_filing_gets_its_bundle(tmp_path: Path) -> None:
    """Or the one that is named; an unknown one is an error."""
    case = copied(tmp_path)

    every, one = bundles.wanted(desk(case), ""), bundles.wanted(desk(case), "pd")

    assert [f.id for f in every] == ["pd", "review", "evidence"]
    assert [f.id for f in one] == ["pd"]
    with pytest.raises(UsageError):
        bundles.wanted(desk(case), "pdd")


def test_foreign_exhibit_without_translation_stops_the_courts_bundle(small: Path) -> None:
    """As `check` and `build` say; a draft only tells it, and OPLA has no such rule."""
    changed(small, "audience: [internal]", "audience: [court, opla], language: Korean")
    changed(small, "audience: [court]}", "audience: [court, opla]}")
    with (small / "answers.yaml").open("a") as file:
        file.write("filings:\n- {id: x, recipient: eoir, exhibits: [a, b]}\n"
                   "- {id: y, recipient: opla, exhibits: [a, b]}\n")  # fmt: skip
    x, y = bundles.wanted(desk(small), "")

    with pytest.raises(ChecksFailedError) as caught:
        bundles.make(desk(small), x, FINAL)

    assert [f.code for f in caught.value.faults] == ["L604"]  # type: ignore[attr-defined]
    assert "L604" in {f.code for f in bundles.make(desk(small), x, DRAFT).findings}
    assert "L604" not in {f.code for f in bundles.make(desk(small), y, FINAL).findings}


def test_bundle_of_a_case_tells_empty_pages_and_numbers_of_strangers(small: Path) -> None:
    """What is told of bare files is told of a case's too, and only of the filing's exhibits."""
    changed(small, "audience: [internal]", "audience: [court]")
    stranger = paragraph("The file A000-000-088 is another one. " * 4)
    (small / "exhibits/a.pdf").write_bytes(stranger)
    (small / "exhibits/b.pdf").write_bytes(saved(document("One", "")))
    filing = bundles.wanted(desk(small), "")[0]

    told = bundles.make(desk(small), filing, FINAL).findings
    one = bundles.make(desk(small), replace(filing, exhibits=("b",)), FINAL).findings

    assert {("L610", "a"), ("L605", "b")} <= {(f.code, f.subject.split()[0]) for f in told}
    assert "L610" not in {f.code for f in one}
    [number] = [f for f in told if f.code == "L610"]
    at = bundles.make(desk(small), filing, FINAL).bundle.pages.entry("a").first
    assert f": page 1 ({at} in the bundle)." in number.message
    assert "088" not in number.message


def test_a_bundle_that_someone_changed_is_kept(small: Path) -> None:
    """--force replaces it and keeps a backup."""
    changed(small, "audience: [internal]", "audience: [court]")
    made = bundles.make(desk(small), bundles.wanted(desk(small), "")[0], FINAL)
    bundles.write(desk(small), [made], FINAL)
    file = small / "out/all/exhibits.pdf"
    file.write_bytes(b"%PDF hers")

    with pytest.raises(FileBusyError):
        bundles.write(desk(small), [made], FINAL)
    kept = bundles.write(desk(small), [made], FINAL, force=True)

    assert (file.parent / kept[0]).read_bytes() == b"%PDF hers"


def test_the_results_are_never_exhibits(small: Path) -> None:
    """A folder's `out` is not bound into its own bundle."""
    (small / "out").mkdir()
    shutil.copy(small / "exhibits/a.pdf", small / "out/old.pdf")

    entries, _ = loose.gather([small], draft=True)

    assert not [e for e in entries if "out" in e.file]


def test_bare_files_become_one_bundle(tmp_path: Path) -> None:
    """No YAML is needed; the order given is kept."""
    files = [tmp_path / n for n in ("b.pdf", "a.pdf")]
    for file in files:
        file.write_bytes(pdf(2, file.stem))

    made, _ = loose.bundle(files, title="Exhibits of Kim")

    assert [e.title for e in made.pages.entries] == ["b", "a"]
    assert "exhibits of kim" in pages_text(made.data)[0].casefold()


def test_every_bad_file_is_named_in_one_run(tmp_path: Path) -> None:
    """And nothing is bound."""
    (tmp_path / "good.pdf").write_bytes(pdf(1))
    (tmp_path / "empty.pdf").write_bytes(b"")
    (tmp_path / "text.pdf").write_bytes(b"hello")

    with pytest.raises(ExhibitError) as caught:
        loose.bundle([tmp_path])

    told = " ".join(map(str, caught.value.faults))
    assert "empty.pdf" in told
    assert "text.pdf" in told
    assert "good.pdf" not in told


@pytest.mark.parametrize("taken", ["file", "folder", "link"])
def test_a_target_that_is_taken_is_not_replaced(tmp_path: Path, taken: str) -> None:
    """Neither a file without --force, nor a folder, nor through a link (TRUST R20)."""
    target, victim = tmp_path / "bundle.pdf", tmp_path / "victim"
    victim.write_bytes(b"mine")
    if taken == "file":
        target.write_bytes(b"mine")
    elif taken == "folder":
        target.mkdir()
    else:
        target.symlink_to(victim)

    with pytest.raises(FileBusyError):
        loose.write(target, [b"%PDF"])
    if taken != "file":
        with pytest.raises(FileBusyError):
            loose.write(target, [b"%PDF"], force=True)

    assert victim.read_bytes() == b"mine"


def test_nothing_to_bind_is_an_error(tmp_path: Path) -> None:
    """An empty folder, a case without exhibits: said, with the next step."""
    (tmp_path / "answers.yaml").write_text("answers: 1\n")
    (tmp_path / "empty").mkdir()

    with pytest.raises(UsageError):
        loose.bundle([tmp_path / "empty"])
    with pytest.raises(UsageError):
        bundles.wanted(desk(tmp_path), "")


def test_an_unknown_venue_is_named(tmp_path: Path) -> None:
    """The known ones are listed."""
    (tmp_path / "a.pdf").write_bytes(pdf(1))

    with pytest.raises(UsageError, match="no venue 'moon'") as caught:
        loose.bundle([tmp_path / "a.pdf"], venue="moon")

    assert "generic" in caught.value.hint


def test_an_office_s_own_venue_holds_for_bare_files_in_its_folder(tmp_path: Path) -> None:
    """Beside those that ship; a folder that stands elsewhere does not know it."""
    (tmp_path / "office.yaml").write_text("office: {name: A clinic}\n", "utf-8")
    own = tmp_path / "templates/shared"
    own.mkdir(parents=True)
    rule = "{value: %s, certainty: assumption}"
    (own / "venues.yaml").write_text(
        "venues: 1\nprofiles:\n- id: harbor\n  title: the harbor court\n"
        f"  max_mb: {rule % 9}\n  tab_sheets: {rule % 'no'}\n  stamp: {rule % 'bottom-right'}\n",
        "utf-8",
    )
    scans = tmp_path / "clients/scans"
    scans.mkdir(parents=True)

    assert loose.venue_named("harbor", [scans]).title == "the harbor court"
    assert loose.venue_named("eoir-ecas", [scans / "a.pdf"]).id == "eoir-ecas"
    with pytest.raises(UsageError, match="harbor"):
        loose.venue_named("harbor", [tmp_path.parent])


def test_index_says_where_an_exhibit_comes_from(small: Path) -> None:
    """The work it is a part of, who produced it, where it stands already, and the original."""
    changed(
        small,
        "id: b, title: Second, file: exhibits/b.pdf, audience: [internal]",
        "id: b, title: Second, file: exhibits/b.pdf, audience: [court], excerpt_of: World Report, "
        "produced_by: DHS, copy_of_original_available: yes, identity_only: yes, "
        "already_filed: {filing: evidence, tab: C, page: 41}",
    )

    made = bundles.make(desk(small), bundles.wanted(desk(small), "")[0], FINAL)
    index = " ".join(" ".join(pages_text(made.bundle.data)[:2]).split())

    assert "excerpt of World Report, produced by DHS" in index
    assert "filed before, Tab C at 41" in index
    assert "the original can be inspected" in index


def test_file_that_changed_after_its_bundle_was_made_is_told(small: Path) -> None:
    """L607 at the check; bound anew, it is gone."""
    changed(small, "audience: [internal]", "audience: [court]")
    for pages, codes in ((3, []), (4, ["L607"])):
        (small / "exhibits/b.pdf").write_bytes(pdf(pages, "b"))
        found = [f for f in review.case(desk(small), ["pd-request"]) if f.code == "L607"]
        made = bundles.make(desk(small), bundles.wanted(desk(small), "")[0], FINAL)
        bundles.write(desk(small), [made], FINAL)

        assert [f.code for f in found] == codes

    assert "L607" not in {f.code for f in review.case(desk(small), ["pd-request"])}


def test_certificate_is_drawn_from_the_translators_answers(small: Path) -> None:
    """Between translation and original, with a blank to sign; a file of its own replaces it."""
    (small / "exhibits/b-en.pdf").write_bytes(pdf(1, "in English"))
    translated = (
        "id: b, title: Second, file: exhibits/b.pdf, language: Korean, "
        "translation: exhibits/b-en.pdf, translator: park, audience: [court]"
    )
    changed(
        small, "id: b, title: Second, file: exhibits/b.pdf, audience: [internal]", translated
    )
    changed(
        small, "exhibits:\n", "people:\n- {id: park, name: PARK Min-ji, role: translator, "
        "phone: 000-555-0133}\nexhibits:\n"
    )  # fmt: skip

    made = bundles.make(desk(small), bundles.wanted(desk(small), "")[0], DRAFT)
    entry = made.bundle.pages.entry("b")
    page = " ".join(pages_text(made.bundle.data)[entry.runs[1].first - 1].split())

    assert [run.part for run in entry.runs] == ["translation", "certificate", "original"]
    assert "I, PARK Min-ji, certify that I am competent to translate from Korean" in page
    assert "000-555-0133" in page
    assert [f.subject for f in made.findings if f.code == "X321"] == ["b"]
