"""Rules over the facts of a case: plain facts in, findings out. They touch no file or clock."""
