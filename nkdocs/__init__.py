"""nkdocs: a legal document assembler for removal defense."""
