"""One case's answers: read, checked against the questions, saved."""
