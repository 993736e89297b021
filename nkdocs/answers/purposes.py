"""Whom a confidential copy is for."""

import enum


class Purpose(enum.StrEnum):
    """Whom a copy is for: colleagues who learn, or everybody."""

    TRAINING = "training"
    PUBLIC = "public"
