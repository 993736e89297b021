"""The passwords that are tried on a protected exhibit."""

from collections.abc import Callable, Iterable, Iterator, Sequence

Passwords = Callable[[str], Iterable[str]]  # those to try on a file, one after the other
_ASKED = 3


def no_passwords(_: str) -> tuple[str, ...]:
    """Give no password for any file."""
    return ()


def trying(known: Sequence[str], ask: Callable[[str], str] | None) -> Passwords:
    """Return what tries the *known* passwords on each file, then asks someone for its own.

    Args:
        known: passwords, whichever file they are of.
        ask: asked with the name of a file, three times at most; "" when the person has none.

    What a person said once is tried on the next file too.
    """
    held = list(known)

    def tried(file: str) -> Iterator[str]:
        yield from tuple(held)
        for _ in range(_ASKED if ask else 0):
            told = ask(file) if ask else ""
            if not told:
                return
            held.append(told)
            yield told

    return tried
