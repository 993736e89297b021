"""Where shipped things stand: templates, fictional sample answers, fonts."""

from pathlib import Path

_PACKAGE = Path(__file__).parent


def shipped(folder: str) -> Path:
    """Return the shipped *folder*, `templates` or `answers`.

    An installed nkdocs has them in `_data`; a checkout beside the package.
    """
    inside = _PACKAGE / "_data" / folder
    if inside.is_dir():
        return inside
    checkout = _PACKAGE.parent
    if (checkout / "pyproject.toml").is_file() and (checkout / folder).is_dir():
        return checkout / folder
    msg = f"nkdocs was installed without its folder '{folder}'; install it again"
    raise FileNotFoundError(msg)


def font(name: str) -> Path:
    """Return a font that ships, for example `LiberationSerif-Regular.ttf` (SIL OFL 1.1)."""
    return _PACKAGE / "fonts" / name
