"""The command line: the only place that prints, ends the program and reads the clock."""

from nkdocs.cli.app import main

__all__ = ["main"]
