"""Patterns that are compiled when they are first used: most runs need few of the long ones."""

import re
from typing import cast


def lazily(text: str, flags: int = 0) -> re.Pattern[str]:
    """Return the pattern *text*, compiled when it is first asked; a wrong one fails then."""
    return cast("re.Pattern[str]", _Lazy(text, flags))


class _Lazy:
    """Stands for a pattern; after its first use the pattern's own methods stand in its place."""

    def __init__(self, text: str, flags: int) -> None:
        self._made_of = text, flags

    def __getattr__(self, name: str) -> object:
        """Return *name* of the compiled pattern, and keep it."""
        found: object = getattr(re.compile(*self._made_of), name)
        setattr(self, name, found)
        return found
