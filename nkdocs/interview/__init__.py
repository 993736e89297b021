"""Questions as data, and which one comes next."""
