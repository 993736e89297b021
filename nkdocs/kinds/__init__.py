"""What an answer can be: how it is read, written back, said back, and seen by a template."""
