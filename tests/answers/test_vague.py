"""What a public copy tells less exactly: two people of one year are many, of one month few."""

import time

import pytest

from nkdocs.answers import vague
from nkdocs.answers.leaks import Dictionary, Words
from nkdocs.answers.veil import Veil

PUBLIC = frozenset("march may february november january september".split())
COMMON = frozenset("in we her she said stay then he i two a it my".split())


def public(text: str) -> str:
    """Return *text* as a public copy has it."""
    return Veil(Dictionary(), Words(COMMON, PUBLIC | {"mexico", "city"}), months=False).cover(text)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("My father died in the spring of 1998.", "My father died in 1998."),
        ("She says winter 2006, release in January 2007.", "She says 2006, release in 2007."),
        ("from mid February to early March 2024", "from mid […] to 2024"),
        ("In November I was let go.", "In […] I was let go."),
        ("In May a woman came; May I sit?", "In […] a woman came; May I sit?"),
        ("In May she came, since March and May.", "In […] she came, since […] and […]."),
        ("We march in the spring.", "We march in the spring."),
        ("Stay since 2021-03", "Stay since 2021"),
        ("I was born in it in 1948, my son in June 2015.",
         "I was born in it in the 1940s, my son in 2015."),
        ("year of birth: 1986", "year of birth: […]"),
        ("a scar of 19 and 23 centimeters; 41 kg", "a scar of […] centimeters; […] kg"),
        ("seen November 23 and 24, 2026, and November 5 to 6", "seen 2026, and […]"),
        ("She was born on April 7, 1986.", "She was born in the 1980s."),
        ("Her son was seven.", "Her son was […]."),
        ("He was nineteen or twenty.", "He was […]."),
        ("I was ten when I left.", "I was […] when I left."),
        ("her eleven-year-old son", "her […]-year-old son"),
        ("He was fifty-one years old.", "He was […] years old."),
        ("a daughter of fourteen", "a daughter of […]"),
        ("at seventeen I was called", "at […] I was called"),
        ("shortly before eleven at night", "shortly before eleven at night"),
        ("two women and three men", "two women and three men"),
        ("it had been eight thousand yuan", "it had been […]"),
        ("I owed forty thousand dollars, or $1,200.", "I owed […], or […]."),
        ("CNY 8000 was the price", "[…] was the price"),
        ("She said, “Wear the scarf.” then", "She said, “[…]” then"),
        ('He said, "My child." Then', 'He said, "[…]" Then'),
        ("I lived in Mexico City.", "I lived in Mexico."),
        ("whether I was number 502", "whether I was number […]"),
    ],
)  # fmt: skip
def test_a_public_copy_tells_the_year_alone_and_no_age(said: str, told: str) -> None:
    """Months, seasons, ages, sums, quoted words, doors and cities."""
    assert public(said) == told


def test_a_training_copy_keeps_them_but_for_doors() -> None:
    """Colleagues need the months; nobody needs the number of a door."""
    text = "In May 2006 she was seven. She said, “wear it”, at number 502."
    veil = Veil(Dictionary(), Words(COMMON, PUBLIC), months=True)

    assert veil.cover(text) == text.replace("502", "[…]")


def test_cities_everybody_knows_are_no_public_words_of_a_public_copy() -> None:
    """Pyongyang tells a class, Seoul a place of living."""
    assert {"seoul", "pyongyang", "beijing"} <= vague.CITIES


@pytest.mark.parametrize(
    "piece",
    ["one hundred and two thousand ", "“", '"a ', "born in the ", " ", "twenty ", "March ", "and ",
     "was about ", "1,", "1", "mid ", "room 1 "],
)  # fmt: skip
def test_no_text_takes_long(piece: str) -> None:
    """A page of an exhibit is somebody else's text: it may be made to hold the search up."""
    text = piece * (60_000 // len(piece))
    began = time.process_time()

    assert sum(1 for _ in (*vague.spans(text), *vague.doors(text))) >= 0

    assert time.process_time() - began < 5
