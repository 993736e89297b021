"""Strict YAML in which every scalar is text: read with places, written, changed in place.

What writes and changes is loaded when it is first asked for: most runs only read.
"""

from typing import TYPE_CHECKING

from nkdocs._yaml.read import Loaded, Path, Spot, known, load, read

if TYPE_CHECKING:
    from nkdocs._yaml.edit import move, put, remove
    from nkdocs._yaml.write import Value, dump

__all__ = [
    "Loaded", "Path", "Spot", "Value", "dump", "known", "load", "move", "put", "read", "remove",
]  # fmt: skip


def __getattr__(name: str) -> object:
    if name in {"move", "put", "remove"}:
        from nkdocs._yaml import edit

        return getattr(edit, name)
    if name in {"Value", "dump"}:
        from nkdocs._yaml import write

        return getattr(write, name)
    raise AttributeError(name)
