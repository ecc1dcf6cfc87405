"""The language of a text."""

import pytest

from ingest.language import language_of, language_tag


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The harbour was shut on Monday and nobody could say for how long it will be, said the port."),
        ("en", "A file in a folder that has a file's name, and a few words in it."),
        ("de", "Der Hafen wurde am Montag geschlossen, und niemand kann sagen, wie lange es dauern wird, sagte sie."),
        ("fr", "Le port a été fermé lundi et personne ne sait dire pour combien de temps, a dit la ville."),
        ("es", "El puerto fue cerrado el lunes y nadie sabe por cuánto tiempo, dijo la ciudad."),
        ("ja", "港は月曜日に閉鎖された。どのくらい続くかは誰にも分からないと市は述べた。"),
        ("zh", "港口星期一关闭。市政府表示，没有人知道会持续多久，船只都在外海等待。"),
        ("ru", "Порт был закрыт в понедельник, и никто не знает, как долго это продлится."),
        (None, "Harbour shut."),
        (None, "410 620 11 12 " * 20),
    ],
)  # fmt: skip
def test_a_language_is_known_by_its_words_or_script(language: str | None, text: str) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize(
    ("written", "tag"),
    [("EN_us", "en-US"), ("de", "de"), ("zh-Hant", "zh-Hant"), ("English, really", None), ("", None), (None, None)],
)
def test_a_tag_is_written_one_way(written: str | None, tag: str | None) -> None:
    assert language_tag(written) == tag
