"""The bundle: clean PDF parts in, one numbered, linked and verified PDF out."""
