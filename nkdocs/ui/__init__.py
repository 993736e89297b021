"""The interview as a person meets it: prompts, and the session that asks."""
