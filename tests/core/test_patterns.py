"""Patterns that are compiled when they are first used are right all the same."""

import importlib
import pkgutil
from collections.abc import Iterator

import nkdocs
from nkdocs._patterns import lazily


def waiting() -> Iterator[tuple[str, object]]:
    """Yield every pattern of a module of ours that waits for its first use."""
    for found in pkgutil.walk_packages(nkdocs.__path__, "nkdocs."):
        if not found.name.endswith("__main__"):
            module = importlib.import_module(found.name)
            yield from (
                (f"{found.name}.{name}", value)
                for name, value in vars(module).items()
                if type(value) is type(lazily(""))
            )


def test_every_pattern_that_waits_can_be_compiled() -> None:
    """A wrong one would otherwise fail in the one case that needs it."""
    found = dict(waiting())

    assert len(found) > 50
    assert all(pattern.pattern for pattern in found.values())  # type: ignore[attr-defined]
