"""Strict YAML in which every scalar is text: read with places, written, changed in place."""

from nkdocs._yaml.edit import move, put, remove
from nkdocs._yaml.read import Loaded, Path, Spot, known, load, read
from nkdocs._yaml.write import Value, dump

__all__ = [
    "Loaded", "Path", "Spot", "Value", "dump", "known", "load", "move", "put", "read", "remove",
]  # fmt: skip
