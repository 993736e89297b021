"""Word documents: templates, how they are filled, and what an edited one says."""
