"""Many letters in one run: from answers files or a spreadsheet, resumable, with one report."""
