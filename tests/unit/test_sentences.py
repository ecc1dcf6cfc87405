"""Sentences that can be cited: ended where a reader ends them, in the kinds of documents that people have."""

import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from rag.text.sentences import sentences

NEWS = [
    "Dr. Holt met the U.S. envoy on Jan. 5.",
    "They spoke for two hours.",
    "“We were not asked,” said Sen. Amy Rook.",
    "The talks broke off at 9 p.m. on Sunday.",
    "“Is that all?” Ekeby asked.",
    "Nobody answered.",
    "U.S. officials declined to comment.",
    "The firm, Lemke & Sons Inc., lost 2.4 percent.",
    "Shares of Harrow Corp. rose.",
    '"They came in the night."',
    "The No. 4 unit was shut down in 1995.",
    "J. R. Ostrom, who ran it, is in the U.K.",
    "He was born in Washington, D.C.",
    "The trial of Mr. Vance vs. the County of Mayo begins in Sept. 2026.",
    "What now?",
    "The minister would not say…",
    "Later she did (see the report on p. 3).",
    "(All times are local.",
    "Doors open at 7.)",
    "The ship left St. Brannoc at noon.",
]
CONTRACT = [
    "The monthly rent is 890 pounds, cf. Art. 5 para. 2 of the schedule.",
    "It is payable on the 1st of each month.",
    "Notice is given under Sec. 12.",
    "The landlord, Elmswood Estates Ltd., lets the shop at No. 12 Rook St. to the tenant.",
    "Either party (e.g. the tenant) may end it.",
    "The deposit is returned within 30 days.",
    "Interest is 4.5 p.c. a year.",
    'The term "Premises" includes the yard.',
    "No pets are allowed.",
    "Nos. 3 and 4 of the annex apply.",
    "This holds for furniture, lamps, etc.",
    "The tenant insures them.",
    "See Vol. 2, pp. 14-18, of the handbook.",
]
BILL = [
    "You used 249 kWh in April 2025.",
    "The amount due is £49.90.",
    "It was due on 14 May 2025.",
    "Call 0800 44.21.90 or write to help@northern.example.",
    "Your account no. 55-120 is in credit.",
    "Tariff v2.1 applies.",
    "Pay at https://pay.northern.example/a.b?c=1.",
    "Thank you.",
    "Reference: inv_0417.pdf.",
    "The office at 3 Mill Rd. is closed on Sat. and Sun.",
    "Standing charge approx. 26.80 a month.",
    "The meter reads 4.120,5.",
    "Ask for Mr. P. Adeyemi.",
]
GERMAN_MINUTES = [
    "Die Sitzung fand am 3. Mai 2025 statt.",
    "Die 2. Vorsitzende ist Frau Dr. Heike Sommer.",
    "Der Umsatz betrug 2,4 Mio. Euro.",
    "Die Fa. Lemke liefert ca. 340 Stühle für 120 Euro zzgl. MwSt. und Fracht.",
    "Das Sommerfest findet am Sa., den 12. Juli, statt.",
    "Gewählt wurde z. B. Herr Brandt.",
    "Das gilt u. a. für Hunde, d. h. für alle Tiere.",
    "Der Beitrag steigt zum 1. Januar 2026 auf 48 Euro.",
    "Er beschloss Nr. 4 der Tagesordnung.",
    "Der Verein wurde im 19. Jahrhundert gegründet.",
    "Die Miete beträgt 2.160,50 Euro.",
    "Vgl. Abs. 3 und S. 12 des Protokolls.",
    "Der TSV Celle e. V. stimmte zu.",
    "Prof. Dr. Ohlert fehlte entschuldigt.",
    "Die nächste Sitzung ist am 14. Juni um 19.30 Uhr.",
    "Wer kommt?",
    "Bitte bis zum 7. Juni melden.",
    "Das Haus in der Lindenstr. 14 wird verkauft.",
    "Der Zug fährt ab Hbf. Hannover.",
    "Es waren 23.",
    "Danach gab es Kaffee, Kuchen usw.",
    "Ende der Sitzung.",
]
FRENCH_LETTER = [
    "M. Dupont a reçu votre lettre du 3 mai.",
    "Mme Roche, no 4 de la liste, n’est pas venue.",
    "« Pourquoi ? » demanda-t-il.",
    "Personne ne répondit.",
    "Le loyer est de 1.450,50 euros, cf. art. 5 du contrat.",
    "Il est payable le 1er de chaque mois.",
    "Venez à 18 h. 30 au plus tard !",
    "Nous vous attendons.",
    "Mlle Petit et le Dr. Blanc signeront p. 3.",
    "Avez-vous des questions ?",
    "Écrivez à l’adresse ci-dessous.",
    "M. Le Goff vous répondra.",
]
SPANISH_NOTICE = [
    "El Sr. García abre la oficina a las 9.",
    "La Sra. Ruiz atiende en la pág. 3, p. ej. los lunes.",
    "¿Cuándo abre la piscina?",
    "Abre el 5 de junio.",
    "¡No se permite comer!",
    "Los EE. UU. enviaron una nota.",
    "La Dra. Vega vive en la Avda. Mayor, núm. 12.",
    "Cuesta 1.200 euros aprox. al mes.",
    "Pregunten a D. Luis o a Dña. Ana.",
    "Ud. puede pagar en la caja.",
]
MANUAL = [
    "Press the reset button for 15 seconds.",
    "Wait until the lamp (see Fig. 2) turns white.",
    "Open C:\\tools\\setup.exe or /etc/router.conf.",
    "Version 3.4.1 or later is needed.",
    "Do not use min. 4 of the old cables.",
    "The file README.md lists all settings.",
    "Set the dial to approx. 60 °C, i.e. to the 3rd mark.",
    "Is the lamp red?",
    "Then pull the plug!",
    "Spare parts: ref. 55.120.7 (see sec. 9).",
    "Clean it every 2 weeks.",
    "The guarantee ends after 12 months.",
    "Use type A.",
    "The fan must stand still.",
]
SCIENCE = [
    "Rook et al. [4] measured the flow.",
    "It fell by 12 %.[5]",
    "The effect was small (p. 12, Fig. 3; cf. Eq. 4).",
    "Lind et al. found none.",
    "We used E. coli and S. aureus.",
    "The mean was 3.2 (s.d. 0.4).",
    "Samples were kept at −20 °C.",
    "No difference was seen [1, 2].",
    "In ref. 7 it was larger.",
    "See Supplementary Fig. S2.",
    "Vitamin C was given too.",
    "They lacked vitamin C.",
    "The group of Prof. Marsh disagrees.",
    "Data are at doi.org/10.1000/x.y.",
]
CHAT = [
    "Priya: The import job is done.",
    "I will start on the export tomorrow.",
    "Has anybody asked the bank?",
    "We meet at 7:30 at the old mill.",
    "Really?!",
    "I can bring the stove, but the gas is empty...",
    "Fine with me!",
    "It was 11.50 last time.",
    "See you at 8 a.m. on Sunday.",
    "Bring plates, cups etc. for ten.",
]
CHINESE = [
    "本学期将于九月一日开学。",
    "校长说：“欢迎大家！”",
    "每餐八元。",
    "你来吗？",
    "体育馆正在维修，预计3.5个月。",
]
JAPANESE = [
    "図書館は十月から変わります。",
    "館長は「要望に応えた。」と述べた。",
    "「静かに！」",
    "貸出は十冊までです。",
    "駐車場は百円です。",
]


@pytest.mark.parametrize(
    "said",
    [NEWS, CONTRACT, BILL, GERMAN_MINUTES, FRENCH_LETTER, SPANISH_NOTICE, MANUAL, SCIENCE, CHAT],
    ids="news contract bill german-minutes french-letter spanish-notice manual science chat".split(),
)
def test_sentences_end_where_a_reader_ends_them(said: list[str]) -> None:
    assert spoken(" ".join(said)) == said


@pytest.mark.parametrize("said", [CHINESE, JAPANESE], ids=["chinese", "japanese"])
def test_chinese_and_japanese_sentences_keep_their_closing_quotes(said: list[str]) -> None:
    assert spoken("".join(said)) == said


@pytest.mark.parametrize("said", [NEWS, CONTRACT, GERMAN_MINUTES, SCIENCE])
def test_lines_broken_at_any_word_change_nothing(said: list[str]) -> None:
    text = " ".join(said)
    broken = text.replace(" ", "\n")
    assert [words.split() for words in spoken(broken)] == [words.split() for words in spoken(text)]


@pytest.mark.parametrize(
    "text",
    [
        "1. The chair opened the meeting.",
        "Step 3. Press the button.",
        "§ 4. Die Kündigung bedarf der Schriftform.",
        "12. Subletting is not allowed.",
        "3.5. Other terms may be added.",
        "iv. The lock was drained.",
        "b. Dogs are allowed.",
    ],
)
def test_the_number_of_an_item_is_no_sentence(text: str) -> None:
    assert spoken(text) == [text]


def test_a_sentence_ends_with_the_unit_of_a_measure() -> None:
    assert spoken("It is 2.4 m. Ask first. It weighs 5 kg. Lift it.") == [
        "It is 2.4 m.",
        "Ask first.",
        "It weighs 5 kg.",
        "Lift it.",
    ]


def test_a_blank_line_ends_a_sentence_with_windows_line_ends_too() -> None:
    assert spoken("First part\r\n\r\nsecond part") == ["First part", "second part"]


def test_nothing_has_no_sentences() -> None:
    assert sentences(" \n\t\n ") == []


def test_several_threads_get_the_same_sentences_as_one() -> None:
    texts = [" ".join([*NEWS[at:], *CONTRACT]) for at in range(len(NEWS))]
    alone = [spoken(text) for text in texts]
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(8) as threads:
            together = list(threads.map(lambda _: [spoken(text) for text in texts], range(16)))
    finally:
        sys.setswitchinterval(usual)
    assert all(found == alone for found in together)


def spoken(text: str) -> list[str]:
    return [span.of(text) for span in sentences(text)]
