"""Which case is which: by where its file stands, whatever way leads there."""

import os
from pathlib import Path

from nkdocs import _above
from nkdocs.batch.jobs import Order
from nkdocs.batch.sources import Sources, look_through
from tests.batch.office import case, office


def test_a_case_that_links_lead_to_is_one_case(tmp_path: Path) -> None:
    """A link to its file, to a folder above it, and a way round are no other cases."""
    home = office(tmp_path / "home")
    file = case(home, "SEO Yun", 1)
    (tmp_path / "elsewhere").mkdir()
    (linked := tmp_path / "elsewhere/seo.yaml").symlink_to(file)
    (above := tmp_path / "away").symlink_to(home)
    ways = [file, linked, above / file.name, home / "templates/.." / file.name]

    found = look_through(ways, Order("hello"))

    assert found.parts == [file]
    assert [Sources(Order("hello")).place(way) for way in ways] == [str(file.resolve())] * 4


def test_what_stands_above_is_the_nearest_of_its_kind(tmp_path: Path) -> None:
    """A folder of that name is passed over where a file is looked for."""
    (tmp_path / "a/b/office.yaml").mkdir(parents=True)
    (tmp_path / "office.yaml").touch()

    assert _above.above(tmp_path / "a/b", "office.yaml") == (tmp_path / "a/b").resolve()
    found = _above.above(tmp_path / "a/b", "office.yaml", os.path.isfile)
    assert found == tmp_path.resolve()
    assert _above.above(tmp_path / "a/b", "nothing of this name") is None
