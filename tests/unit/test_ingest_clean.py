"""The search copy: damage repaired, markup blanked, other languages left alone."""

import pytest

from ingest.clean import cleaned, search_copy, storable, without_stamps


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The minister said that Norlandās ban was final.", "The minister said that Norland's ban was final."),
        ("It was the end of the line, and they donāt know.", "It was the end of the line, and they don't know."),
        ("The crew said: āWeāre not going.ā", "The crew said: \"We're not going.\""),
        ("He was told to ācut the ropeā, and did.", 'He was told to "cut the rope", and did.'),
        ("āThe captainās word,ā she said, āis law.ā", '"The captain\'s word," she said, "is law."'),
        ("The report of the board\u29a0 it said more.", "The report of the board… it said more."),
        ("The sailorsā union said that it was not for the ban, and thatās that.",
         "The sailors' union said that it was not for the ban, and that's that."),
        ("The boats of OāBrien were in the harbour of it.", "The boats of O'Brien were in the harbour of it."),
        ("It was all shut, the harbourāincluding the gate.", "It was all shut, the harbourāincluding the gate."),
        ("The harbour was shut, all of it, including the gate of the harbourāincluding the lock.",
         "The harbour was shut, all of it, including the gate of the harbour—including the lock."),
        ("The board of it said moreā¦ and that was that.", "The board of it said more…  and that was that."),
        ("ā¢ The toll is ā¬5 for all of them\nā¢ It was four", "•  The toll is € 5 for all of them\n•  It was four"),
        ("The report ā which was long ā was of the board.", "The report — which was long — was of the board."),
        ("The plan for 2019ā2024 was of the board.", "The plan for 2019—2024 was of the board."),
        ("In Weserāthe townāand in the port it was over.", "In Weser—the town—and in the port it was over."),
        ("The minister said that Norlandâs ban was âfinalâ, and that was it.",
         "The minister said that Norland's ban was \"final\", and that was it."),
    ],
)  # fmt: skip
def test_lost_quotes_and_apostrophes_of_english_are_put_back(text: str, expected: str) -> None:
    assert search_copy(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Latvijas Banka paziņoja, ka tā ir Rīgā un mājās, un ka viņās nav kļūdu.",
        "Ka kī te rangatira, ā, ka haere ngā tāngata ki tā rātou marae.",
        "The Māori party said that the whānau of ngā hapū was not asked, and that it was wrong.",
        "The château of Bâle was shut, and the pâté was not for the captain of it.",
        "The vowel ā is long in the word kāne, and that was the lesson of the day.",
        "România și Brașov: în orașul vechi era o casă de care nu știa nimeni.",
        "Jānis Bērziņš said that the parliament of Rīga was in session and that he was there.",
    ],
)
def test_latvian_and_maori_words_stay(text: str) -> None:
    assert search_copy(text) == text


def test_damage_beside_maori_words_is_still_repaired() -> None:
    text = "The Māori partyās leader said: āWe are not for that.ā It was the party of the year."
    assert search_copy(text) == 'The Māori party\'s leader said: "We are not for that." It was the party of the year.'


def test_an_image_is_blanked() -> None:
    assert search_copy("see ![a boat](http://x.invalid/b.jpg) here") == "see" + " " * 35 + "here"


def test_a_line_of_image_leftovers_is_blanked_whole() -> None:
    assert search_copy("one\n![]() |\ntwo") == "one\n       \ntwo"


def test_a_link_keeps_its_words() -> None:
    assert search_copy("[the canal](https://x.invalid/a_(b)) shut").split() == ["the", "canal", "shut"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("See [the toll][1] and ![a boat][b].\n\n[1]: http://x.invalid\n[b]: boat.jpg 'A boat'", "See the toll and ."),
        ("See [the toll][] now.\n\n[The Toll]: /tolls", "See the toll now."),
        ("See [the toll](<http://x.invalid/a b>) and [it](/x 'A title').", "See the toll and it ."),
        (f"A boat ![](data:image/png;base64,{'iVBOR/+' * 2000}==) here.", "A boat here."),
        ('A boat <img src="b.png" alt="x"> here.', "A boat here."),
        ("As [Doe][1] says in [2].\n\n[1]: Doe says it.", "As [Doe][1] says in [2]. [1]: Doe says it."),
    ],
)
def test_every_form_of_a_link_keeps_its_words_alone(text: str, words: str) -> None:
    assert search_copy(text).split() == words.split()
    assert len(search_copy(text)) == len(text)


def test_an_image_inside_a_link_is_blanked_with_the_link() -> None:
    assert search_copy("[![a](b.png)](https://x.invalid) end").split() == ["end"]


def test_a_word_broken_by_invisible_characters_is_whole() -> None:
    assert search_copy("infor\u00adma\u200dtion").split() == ["information"]


def test_zero_width_space_is_blanked() -> None:
    assert search_copy("one\u200btwo\ufeff") == "one two "


def test_brackets_that_are_no_link_stay() -> None:
    assert search_copy("as shown [1] (see page 4)") == "as shown [1] (see page 4)"


def test_what_a_database_cannot_hold_is_replaced_one_for_one() -> None:
    assert storable("a\x00b\ud800c") == "a\ufffdb\ufffdc"


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        (" date 2024-07-26 Relations are tense.", "                 Relations are tense."),
        ("date: 26 July 2024 Relations are tense.", "                   Relations are tense."),
        ("## Why now\n\nNobody knows #1 or # 2.", "   Why now\n\nNobody knows #1 or # 2."),
        ("The date 2024-07-26 was set.", "The date 2024-07-26 was set."),
    ],
)
def test_a_leading_stamp_and_heading_marks_are_blanked(text: str, cleaned: str) -> None:
    assert without_stamps(text) == cleaned


@pytest.mark.parametrize(
    ("sound", "encoding"),
    [
        ("Norland’s plan – all of it…", "cp1252"),
        ("Der Müller fährt über die Brücke", "cp1252"),
        ("Корабли ждут у входа", "latin-1"),
        ("港は閉鎖", "latin-1"),
        ("Norland’s “plan” – all of it… café", "cp1250"),
        ("Norland’s “plan” – all of it… café", "iso8859_13"),
        ("Norland’s plan – all of it… café", "cp1257"),
        ("Norland’s “plan” – all of it… café", "cp1251"),
        ("Norland’s “plan” – all of it… café", "mac_roman"),
        ("L’été à Québec, où l’élève", "mac_roman"),
        ("Zażółć gęślą jaźń", "cp1250"),
        ("a boat 🚢 at sea", "cp1252"),
    ],
)
def test_words_that_were_encoded_twice_are_whole_again(sound: str, encoding: str) -> None:
    broken = sound.encode().decode(encoding)
    assert search_copy(broken).split() == sound.split()
    assert len(search_copy(broken)) == len(broken)


def test_words_that_were_encoded_three_times_are_whole_again() -> None:
    broken = "Norland’s".encode().decode("cp1252").encode().decode("cp1252")
    assert search_copy(broken).split() == ["Norland’s"]


def test_a_closing_quote_whose_last_byte_is_lost_is_put_back() -> None:
    assert search_copy("â€œAll of it.â€ he said").split() == ["“All", "of", "it.”", "he", "said"]


@pytest.mark.parametrize(
    "text",
    ["«MENÜ» heute", "São Paulo, ‹É›", "The naïve façade of Ærø", "Ã is a letter", "CAFÉ® PÂTÉ© MENÜ» für die Bäcker",
     "Рёбра и Сѓпругі, „Рэй“", "RĂŞINĂ ŞI ŢARĂ", "Rīgā «VALSTĪBĀ» un mājās", "√ of 2 ¬ x",
     "City Hall\xa0• Room 4\xa0• Weser\xa0• 956"],
)  # fmt: skip
def test_sound_letters_beside_quotes_stay(text: str) -> None:
    assert search_copy(text) == text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a **bold** word", "a bold word"),
        ("**all *of* it**", "all of it"),
        ("_one_ and __two__", "one and two"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("5*3*2 of snake_case_name", "5*3*2 of snake_case_name"),
        ("see *\nnote* below", "see *\nnote* below"),
    ],
)
def test_marks_of_emphasis_are_blanked(text: str, words: str) -> None:
    assert search_copy(text).split() == words.split()


def test_what_was_cleaned_is_counted() -> None:
    text = "![a](b) The board of it said [no](c) and that was **it**: â€œnoâ€\x9d. Soft\u00adware."
    assert cleaned(text).counts == {"double_encoded": 1, "invisible": 1, "images": 1, "links": 1, "emphasis": 1}


def test_a_clean_text_has_nothing_to_count() -> None:
    assert cleaned("The harbour is shut.").counts == {}
