"""What is said of a file that cannot be searched for what it may give away."""

from nkdocs.diagnostics import Finding, Place, Severity


def unsearched(name: str, why: str) -> Finding:
    """Return the fault of a file that nobody could search."""
    return Finding(
        code="F030",
        severity=Severity.ERROR,
        message=f"{name} cannot be searched: {why}",
        place=Place(name),
        subject=name,
        kind="block",
        hint="Open it, look yourself, and take it out of what you give away if in doubt.",
    )
