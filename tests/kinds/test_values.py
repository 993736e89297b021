"""Words, people, places, numbers, lists and pronouns: what they mean and print."""

import pytest

from nkdocs._jinja import Environment, Missing
from nkdocs.citations.cite import Cite
from nkdocs.kinds.countries import COUNTRIES
from nkdocs.kinds.kind import Data, KindError, Options
from nkdocs.kinds.pronouns import PRONOUN_NAMES, pronoun_form
from nkdocs.kinds.registry import KINDS

MANNER = Options(choices={"visa": "on a visa", "poe": "at a port of entry", "esta": "under ESTA"})


def shown(template: str, kind: str, data: Data) -> str:
    """Return what a template prints of an answer called v."""
    value = KINDS[kind].parse(data, MANNER)
    return Environment(str).from_string(template).render(v=value)


def said(kind: str, data: Data) -> str:
    """Return what the interview says back."""
    return KINDS[kind].said(KINDS[kind].parse(data, MANNER))


def fault(kind: str, data: Data) -> str:
    """Return the message with which an answer is refused."""
    with pytest.raises(KindError) as caught:
        KINDS[kind].parse(data, MANNER)
    return caught.value.message


def test_a_choice_is_its_key_in_conditions_and_its_label_in_print() -> None:
    """`manner == 'visa'` holds, `manner in [...]` too, and the letter says "on a visa"."""
    text = "{{ v }} {{ v == 'visa' }} {{ v == 'esta' }} {{ v in ['esta', 'visa'] }} {{ v.key }}"

    assert shown(text, "choice", "visa") == "on a visa True False True visa"


def test_many_know_their_keys_and_print_as_a_sentence() -> None:
    """Membership is by key; the labels are listed."""
    text = "{{ v }}|{{ 'visa' in v }}|{{ 'esta' in v }}|{{ v|length }}|{{ v.last }}|{{ v|last }}"

    assert shown(text, "many", ["visa", "poe"]) == (
        "on a visa and at a port of entry|True|False|2|at a port of entry|at a port of entry"
    )


def test_an_unknown_choice_names_the_choices() -> None:
    """The remedy is the list of keys, and the number of the wrong one in a list."""
    assert fault("choice", "boat") == "write one of: visa, poe, esta"
    assert fault("many", ["visa", "boat"]) == "2: choose from: visa, poe, esta"
    assert "twice" in fault("many", ["visa", "on a visa"])


@pytest.mark.parametrize(("typed", "word"), [("yes", "yes"), ("아니요", "no"), ("FALSE", "no")])
def test_yes_and_no_are_truth_values(typed: str, word: str) -> None:
    """`detained: no` is false everywhere, and prints as a word."""
    text = "{{ v }}{% if v %} yes{% else %} no{% endif %}{{ ' same' if v == '" + word + "' }}"

    assert shown(text, "yesno", typed) == f"{word} {word} same"


def test_a_story_keeps_its_paragraphs_and_joins_broken_lines() -> None:
    """An empty line divides paragraphs; a single break is a space."""
    text = "{% for p in v.paragraphs %}<{{ p }}>{% endfor %}"

    assert shown(text, "story", "They came\nat night.\n \n\nI hid.\n") == (
        "&lt;They came at night.>&lt;I hid.>".replace("&lt;", "<")
    )


@pytest.mark.parametrize(
    ("data", "surname", "given"),
    [
        ("SEO Yun Hui", "Seo", "Yun Hui"),
        ("Yun Hui SEO", "Seo", "Yun Hui"),
        ("DE LA CRUZ Maria", "De La Cruz", "Maria"),
        ("Mary O'BRIEN", "O'Brien", "Mary"),
        ("Park Min-ji", "Park", "Min-ji"),
        ("Doe, Jane Q.", "Doe", "Jane Q."),
        ("Jane Q. Doe", "Doe", "Jane Q."),
        ({"legal": "Kim Min Su", "native": "김민수"}, "Kim", "Min Su"),
        ({"legal": "KIM MIN SU", "native": "김민수"}, "Kim", "MIN SU"),
        ("Kim", "Kim", ""),
        ("서윤희", "서윤희", ""),
    ],
)
def test_the_surname_is_told_by_capitals_or_by_order(
    data: Data, surname: str, given: str
) -> None:
    """It is said back, so that a wrong reading is seen."""
    name = KINDS["name"].parse(data, MANNER)

    assert (name.surname, name.given) == (surname, given)
    assert f"surname {surname}" in said("name", data)


def test_a_name_prints_as_the_passport_spells_it() -> None:
    """Other names are listed; what is not given is missing, not silently nothing."""
    data = {"legal": "SEO Yun Hui", "also": ["So Yun-hui", "Yuni"]}
    name = KINDS["name"].parse(data, MANNER)

    assert shown("{{ v }}, also {{ v.also }}", "name", data) == (
        "SEO Yun Hui, also So Yun-hui and Yuni"
    )
    assert isinstance(name.lookup("native"), Missing)


@pytest.mark.parametrize(
    ("data", "part"),
    [({"native": "x"}, "legal"), ({"legal": "x", "also": ["a", ["b"]]}, "also"),
     ({"legal": "12"}, "legal"), ({"legal": ["x"]}, "legal")],
)  # fmt: skip
def test_a_fault_of_a_name_names_its_part(data: Data, part: str) -> None:
    """The part that is wrong comes first."""
    assert fault("name", data).startswith(f"{part}: ")


@pytest.mark.parametrize("typed", ["A00-000-021", "0000021", "A0000021"])
def test_a_short_a_number_proposes_the_padded_form_and_is_never_padded(typed: str) -> None:
    """The remedy tells the zeros to write, not the digits that were typed."""
    message = fault("anumber", typed)

    assert "write A0" in message
    assert "21 " not in message.removeprefix("an A-number has nine digits, like A000-000-021")


@pytest.mark.parametrize("typed", ["A000-000-0210", "000-00-1", "A", "A00000002I", "B000000021"])
def test_what_is_no_a_number_is_refused(typed: str) -> None:
    """Neither more digits nor letters pass."""
    assert fault("anumber", typed) == "an A-number has nine digits, like A000-000-021"


def test_an_a_number_has_one_form() -> None:
    """However typed, it prints as A000-000-021."""
    text = "{{ v }} {{ v.dashed }} {{ v.digits }} {{ v.last3 }}"

    assert shown(text, "anumber", "a# 000 000 021") == "A000-000-021 A000-000-021 000000021 021"


@pytest.mark.parametrize("typed", ["call me", "12345", "1234567890123456", "000-555-0133 maybe"])
def test_what_is_no_telephone_number_is_refused(typed: str) -> None:
    """It has 7 to 15 digits and nothing else."""
    assert "write the number" in fault("phone", typed)


@pytest.mark.parametrize("typed", ["a@b", "a b@c.org", "a@b.org, c@d.org", "<a@b.org>", "@b.org"])
def test_what_is_no_address_for_mail_is_refused(typed: str) -> None:
    """One address, without a name around it."""
    assert "write one address" in fault("email", typed)


@pytest.mark.parametrize(
    ("typed", "code", "printed"),
    [
        ("DPRK", "KP", "North Korea"), ("북한", "KP", "North Korea"), ("kp", "KP", "North Korea"),
        ("ROK", "KR", "South Korea"), ("Republic of Korea", "KR", "South Korea"),
        ("PRC", "CN", "China"), ("USA", "US", "the United States"), ("Burma", "MM", "Myanmar"),
        ("Viet Nam", "VN", "Vietnam"), ("the Philippines", "PH", "the Philippines"),
    ],
)  # fmt: skip
def test_a_country_is_known_by_many_names(typed: str, code: str, printed: str) -> None:
    """It is compared by code and printed as a sentence has it."""
    assert shown("{{ v.code }} {{ v == '" + code + "' }} {{ v }}", "country", typed) == (
        f"{code} True {printed}"
    )


@pytest.mark.parametrize("typed", ["Korea", "SK", "NK", "CH", "Atlantis", "K"])
def test_a_country_that_could_be_another_is_refused(typed: str) -> None:
    """SK is Slovakia and CH Switzerland: nobody's country is guessed."""
    assert "write" in fault("country", typed)


def test_every_country_of_the_standard_is_read_by_code_and_name() -> None:
    """All 249 of ISO 3166-1."""
    read = {KINDS["country"].parse(name, MANNER).code for name in COUNTRIES.values()}

    assert len(read) == len(COUNTRIES) == 249
    assert read == set(COUNTRIES)


def test_a_place_names_its_country() -> None:
    """A line is taken whole; the parts print as a lawyer writes them."""
    musan: Data = {"place": "Musan", "country": "DPRK"}

    assert shown("{{ v }}|{{ v.country.code }}", "place", musan) == "Musan, North Korea|KP"
    assert shown("{{ v }}|{{ v.place }}", "place", "Atlanta, Georgia") == (
        "Atlanta, Georgia|Atlanta, Georgia"
    )
    assert shown("{{ v }}", "place", {"country": "US"}) == "the United States"
    assert fault("place", {"place": "Musan", "country": "Korea"}).startswith("country: ")


@pytest.mark.parametrize(
    "data",
    [
        "1 Main Street, Apt 4, New York, NY 10001",
        "1 Main Street\nApt 4\nNew York, NY 10001",
        {"street": "1 Main Street\nApt 4", "city": "New York", "state": "NY", "zip": "10001",
         "country": "US"},
    ],
)  # fmt: skip
def test_an_address_has_a_line_and_lines(data: Data) -> None:
    """However typed, it prints on one line and knows its city and state."""
    text = "{{ v }}|{{ v.city }}|{{ v.state }}|{{ v.lines|last }}"

    assert shown(text, "address", data) == (
        "1 Main Street, Apt 4, New York, NY 10001|New York|NY|New York, NY 10001"
    )


def test_an_address_abroad_names_its_country() -> None:
    """The United States are not named, other countries are."""
    data: Data = {"street": "1-1 Mapo-daero", "city": "Seoul", "country": "KR"}

    assert shown("{{ v.line }}", "address", data) == "1-1 Mapo-daero, Seoul, South Korea"


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("$2,375", "$2,375"), ("USD 2375", "$2,375"), ("2,375.5 dollars", "$2,375.50"),
        ("CNY 15000", "CNY 15,000"), ("15000 yuan", "CNY 15,000"), ("￦500,000", "KRW 500,000"),
    ],
)  # fmt: skip
def test_money_names_its_currency(typed: str, printed: str) -> None:
    """Dollars have a sign, others their code."""
    assert shown("{{ v }}", "money", typed) == printed


@pytest.mark.parametrize("typed", ["2375", "500 won", "¥500", "$2.375", "-$5", "$1,23", "XYZ 5"])
def test_money_is_never_guessed(typed: str) -> None:
    """No currency, a currency of two countries, or doubtful thousands are refused."""
    assert "like USD 2,375" in fault("money", typed)


def test_a_number_is_compared_and_printed() -> None:
    """Thousands have commas; zero is false."""
    text = "{{ v }} {{ v > 1000 }} {{ v == 1200 }} {{ 5 < v }}"

    assert shown(text, "number", "1200") == "1,200 True True True"
    assert shown("{% if v %}x{% endif %}{{ v }}", "number", "0") == "0"


@pytest.mark.parametrize("typed", ["twelve", "-1", "1,2", "1e9", "0x10", "1" * 5000, "½"])
def test_what_is_no_number_is_refused(typed: str) -> None:
    """Figures only, and not five thousand of them."""
    assert "write a number in figures" in fault("number", typed)


def test_exhibits_are_cites() -> None:
    """Ids and written cites mean the same; iterating gives what `cite` takes."""
    value = KINDS["exhibits"].parse(["decl-cousin", "[@id-card, 3-4]", "hrw24, 7"], MANNER)

    assert list(value) == [Cite("decl-cousin"), Cite("id-card", 3, 4), Cite("hrw24", 7)]
    assert str(value) == "[@decl-cousin]; [@id-card, 3-4]; [@hrw24, 7]"
    assert "id-card" in value
    assert fault("exhibits", ["a", "not an id!"]).startswith("2: ")


def test_a_list_of_texts_prints_as_a_sentence() -> None:
    """Three texts are listed with commas; an empty list is false."""
    assert shown("{{ v }} {{ v.first }} {{ v|length }}", "texts", ["a", "b", "c"]) == (
        "a, b, and c a 3"
    )
    assert shown("{% if v %}x{% endif %}", "texts", []) == ""


@pytest.mark.parametrize(
    ("pronoun", "sentence"),
    [
        ("she", "she is herself; her case, hers, with her. Ms. Seo"),
        ("he/him", "he is himself; his case, his, with him. Mr. Seo"),
        ("they", "they are themself; their case, theirs, with them. Mx. Seo"),
    ],
)
def test_pronouns_are_named_by_the_forms_of_they(pronoun: str, sentence: str) -> None:
    """One template serves every client."""
    name = KINDS["name"].parse("SEO Yun Hui", MANNER)
    forms = {n: pronoun_form(n, pronoun, name) for n in PRONOUN_NAMES}
    text = (
        "{{ they }} {{ verb('is', 'are') }} {{ themself }}; {{ their }} case, {{ theirs }}, "
        "with {{ them }}. {{ formal }}"
    )

    assert Environment().from_string(text).render(forms) == sentence
    assert forms["They"] == sentence.partition(" ")[0].capitalize()


def test_nobodys_pronoun_is_guessed() -> None:
    """Without an answer the forms are missing, and so is the formal name."""
    name = KINDS["name"].parse("SEO Yun Hui", MANNER)

    assert all(isinstance(pronoun_form(n, "", name), Missing) for n in ("they", "verb", "formal"))
    assert pronoun_form("surname", "", name) == "Seo"
    assert isinstance(pronoun_form("formal", "she", Missing("name")), Missing)
