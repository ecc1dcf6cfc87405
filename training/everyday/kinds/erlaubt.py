"""German papers that tell mostly what is so or not so."""

from training.everyday.matters import matter, stand
from training.everyday.shape import attribute, template
from training.everyday.values import amount_of, money, person, phrase, street, weekday

_KARTE = template(
    "Speisekarte",
    (
        attribute(
            "preis", "Preis", money(4, 29), "{S} kostet {v}.", "Was kostet {s}?|Wie teuer ist {s}?", "{s} kostet {v}"
        ),
        attribute(
            "menge", "Portion", amount_of(150, 600, "g|Gramm"), "{S} wiegt {v}.", "Wie viel wiegt {s}?", "{s} wiegt {v}"
        ),
        matter(
            "vegan",
            "Vegan|Für Veganer",
            {
                "ist": "{s} /ist/ vegan|{s} /ist/ für Veganer geeignet|Veganer /können/ {s} ^essen",
                "tier": "{s} /enthält/ <tierische/keine tierischen> Zutaten|{s} /wird/ ^mit tierischen Zutaten gekocht",
            },
            stand(
                "yes",
                "{S} ist vegan.|{S} enthält nichts vom Tier.|{S} kommt ohne tierische Zutaten aus.",
                so="ist",
                not_so="tier",
                asides="wir kochen nur mit Öl",
            ),
            stand(
                "no",
                "{S} ist nicht vegan.|{S} enthält Butter.|{S} wird mit Sahne gekocht.",
                so="tier",
                not_so="ist",
                asides="es ist Butter darin|wir können aber den Käse weglassen",
            ),
        ),
        matter(
            "nuesse",
            "Nüsse|Enthält Nüsse",
            {"hat": "{s} /enthält/ </keine >Nüsse", "frei": "{s} /ist/ frei von Nüssen"},
            stand("yes", "{S} enthält Walnüsse.|Wer keine Nüsse verträgt, sollte {s} meiden.", so="hat", not_so="frei"),
            stand("no", "{S} enthält keine Nüsse.|{S} ist frei von Nüssen.", so="frei", not_so="hat"),
        ),
        matter(
            "scharf",
            "Scharf",
            {"ist": "{s} /ist/ scharf|{s} /schmeckt/ scharf", "mild": "{s} /ist/ mild"},
            stand("yes", "{S} ist scharf.|{S} ist nichts für Kinder, denn es brennt.", so="ist", not_so="mild"),
            stand("no", "{S} ist mild.|{S} ist nicht scharf.", so="mild", not_so="ist"),
        ),
        matter(
            "alkohol",
            "Alkohol|Mit Alkohol",
            {"hat": "{s} /enthält/ </keinen >Alkohol", "frei": "{s} /ist/ alkoholfrei|{s} /kommt/ ohne Alkohol aus"},
            stand("yes", "{S} enthält Alkohol.|{S} wird mit Wein gekocht.", so="hat", not_so="frei"),
            stand("no", "{S} enthält keinen Alkohol.|{S} ist alkoholfrei.", so="frei", not_so="hat"),
        ),
        matter(
            "noch",
            "Noch erhältlich|Noch im Angebot",
            {
                "noch": "{s} /ist/ <noch/nicht mehr> im Angebot|{s} /ist/ <noch/nicht mehr> erhältlich",
                "weg": "{s} /ist/ gestrichen",
            },
            stand("yes", "{S} ist noch im Angebot.|{S} wurde nicht gestrichen.", so="noch", not_so="weg"),
            stand("no", "{S} ist nicht mehr im Angebot.|{S} wurde gestrichen.", so="weg", not_so="noch"),
        ),
    ),
    phrase(
        "Pilzpastete|Linsensuppe|Kürbisrisotto|Bohneneintopf|Spinatknödel|Käsespätzle|Apfelstrudel|Kartoffelauflauf|"
        "Fischfrikadelle|Lauchtorte|Nudelsalat|Zwiebelkuchen",
        "key",
    ),
    kind="Speisekarte|Wochenkarte",
    key_labels="Gericht|Speise",
    titles="{kind}: {k}|{k}",
    mentions="{k}",
    files="{k}|{kind} {k}",
    all_titles="{kind} vom Gasthof Linde|{kind}",
    all_files="{kind}|gerichte",
    filler="Guten Appetit.|Bitte an der Theke bestellen.",
    shapes="table table list sections faq documents",
    language="de",
)

_WOHNUNGEN = template(
    "Wohnungsanzeige",
    (
        attribute(
            "miete",
            "Kaltmiete|Miete",
            money(320, 1900, cents=False, step=10),
            "Die Miete beträgt {v}.",
            "Wie hoch ist die Miete der {s}?|Was kostet die {s}?",
            "die Miete der {s} beträgt {v}",
        ),
        attribute(
            "groesse",
            "Wohnfläche|Größe",
            amount_of(24, 140, "m²|Quadratmeter"),
            "Die Wohnfläche beträgt {v}.",
            "Wie groß ist die {s}?",
            "die {s} hat {v}",
        ),
        matter(
            "balkon",
            "Balkon|Mit Balkon",
            {
                "hat": "die {s} /hat/ einen Balkon|es /gibt/ in der {s} ^einen Balkon|zur {s} /gehört/ ein Balkon",
                "ohne": "die {s} /ist/ ohne Balkon",
            },
            stand(
                "yes",
                "Ein Balkon ist vorhanden.|Auf einen Balkon müssen Sie nicht verzichten.|Zum Hof liegt ein Balkon.",
                so="hat",
                not_so="ohne",
            ),
            stand("no", "Ein Balkon fehlt.|Es gibt keinen Balkon.|Sie hat keinen Balkon.", so="ohne", not_so="hat"),
        ),
        matter(
            "aufzug",
            "Aufzug|Fahrstuhl",
            {
                "hat": "es /gibt/ bei der {s} ^einen Aufzug|man /kann/ zur {s} ^mit dem Aufzug fahren",
                "treppe": "man /muss/ zur {s} ^über die Treppe",
            },
            stand(
                "yes",
                "Ein Aufzug ist im Haus.|Treppen steigen muss niemand, es gibt einen Aufzug.",
                so="hat",
                not_so="treppe",
            ),
            stand(
                "no", "Das Haus hat keinen Aufzug.|Nach oben geht es nur über die Treppe.", so="treppe", not_so="hat"
            ),
        ),
        matter(
            "tiere",
            "Haustiere|Tierhaltung",
            {
                "darf": "man /darf/ in der {s} ^einen Hund halten|Hunde /sind/ in der {s} ^erlaubt|"
                "Haustiere /dürfen/ in der {s} ^gehalten werden",
                "verbot": "Hunde /sind/ in der {s} ^verboten",
            },
            stand(
                "erlaubt|gestattet",
                "Haustiere sind erlaubt.|Gegen Haustiere ist nichts einzuwenden.|Hunde sind kein Problem.",
                so="darf",
                not_so="verbot",
            ),
            stand(
                "nicht erlaubt|keine",
                "Haustiere sind nicht erlaubt.|Bitte keine Hunde und Katzen.|Haustiere sind verboten.",
                so="verbot",
                not_so="darf",
            ),
        ),
        matter(
            "moebel",
            "Möbliert",
            {"ist": "die {s} /ist/ möbliert|die {s} /wird/ mit Möbeln vermietet", "leer": "die {s} /ist/ unmöbliert"},
            stand("yes", "Sie wird möbliert vermietet.|Möbel müssen Sie nicht mitbringen.", so="ist", not_so="leer"),
            stand(
                "no",
                "Sie wird leer vermietet.|Möbel sind nicht vorhanden.|Sie ist unmöbliert.",
                so="leer",
                not_so="ist",
            ),
        ),
        matter(
            "heizung",
            "Heizung|Art der Heizung",
            {
                "hat": "die {s} /hat/ eine Heizung|es /gibt/ in der {s} ^eine Heizung",
                "kalt": "die {s} /ist/ ohne Heizung",
            },
            stand(
                "keine|nicht vorhanden",
                "Eine Heizung ist nicht vorhanden.|Sie hat keine Heizung.",
                so="kalt",
                not_so="hat",
            ),
            stand(
                "Gas|Fernwärme",
                "Geheizt wird mit Gas.|Eine Heizung wurde im letzten Jahr eingebaut.",
                so="hat",
                not_so="kalt",
            ),
        ),
        matter(
            "frei",
            "Noch frei|Noch zu haben",
            {
                "noch": "die {s} /ist/ <noch/nicht mehr> frei|die {s} /ist/ <noch/nicht mehr> zu haben",
                "weg": "die {s} /ist/ <schon/noch nicht> vermietet",
            },
            stand("yes", "Sie ist noch nicht vermietet.|Sie ist noch zu haben.", so="noch", not_so="weg"),
            stand("no", "Sie ist nicht mehr zu haben.|Sie ist vermietet.", so="weg", not_so="noch"),
        ),
    ),
    phrase(
        "Dachwohnung am Markt|Wohnung am Hafen|Wohnung in der Birkenstraße|Altbauwohnung am Tor|Wohnung am Mühlbach|"
        "Gartenwohnung im Tal|Wohnung an der Kirche|Wohnung am Bahnhof|Wohnung am Schulweg",
        "key",
    ),
    kind="Wohnungsanzeige|Anzeige",
    key_labels="Wohnung|Objekt",
    titles="{k}|{kind}: {k}",
    mentions="{k}",
    files="{k}|{kind} {k}",
    all_titles="Freie Wohnungen|Wohnungen im Überblick",
    all_files="wohnungen|liste",
    filler="Bitte rufen Sie an.|Besichtigung nach Absprache.",
    shapes="documents documents table table sections",
    language="de",
)

_ORDNUNG = template(
    "Hausordnung",
    (
        attribute(
            "wart",
            "Hausmeister|Ansprechpartner",
            person,
            "Hausmeister ist {v}.",
            "Wer ist Hausmeister im {s}?",
            "{v} ist Hausmeister im {s}",
        ),
        attribute(
            "muell",
            "Müllabfuhr|Abholung",
            weekday,
            "Der Müll wird am {v} geholt.",
            "Wann wird im {s} der Müll geholt?",
            "im {s} wird der Müll am {v} geholt",
        ),
        matter(
            "hunde",
            "Hunde|Haustiere",
            {
                "darf": "Hunde /dürfen/[ im {s}] ^gehalten werden|man /darf/[ im {s}] ^einen Hund haben|"
                "Hunde /sind/[ im {s}] ^erlaubt",
                "verbot": "Hunde /sind/[ im {s}] ^verboten",
            },
            stand(
                "erlaubt|ja",
                "Hunde sind erlaubt.|Gegen Hunde hat niemand etwas.|Hunde dürfen gehalten werden.",
                so="darf",
                not_so="verbot",
                asides="aber nur an der Leine",
            ),
            stand(
                "nicht erlaubt|nein",
                "Hunde dürfen nicht gehalten werden.|Hunde sind verboten.|Bitte keine Hunde.",
                so="verbot",
                not_so="darf",
                asides="auch keine kleinen",
            ),
        ),
        matter(
            "grillen",
            "Grillen|Grillen auf dem Balkon",
            {
                "darf": "man /darf/[ im {s}] ^auf dem Balkon grillen|Grillen /ist/[ im {s}] auf dem Balkon ^erlaubt",
                "verbot": "Grillen /ist/[ im {s}] auf dem Balkon ^verboten",
            },
            stand(
                "gestattet|ja",
                "Auf dem Balkon darf gegrillt werden.|Grillen auf dem Balkon ist kein Problem.",
                so="darf",
                not_so="verbot",
            ),
            stand(
                "nur im Hof",
                "Gegrillt werden darf nur im Hof, nicht auf dem Balkon.|Grillen ist nur im Hof gestattet.",
                so="verbot",
                not_so="darf",
            ),
            stand(
                "untersagt|nein",
                "Grillen ist untersagt, auch auf dem Balkon.|Auf dem Balkon darf nicht gegrillt werden.",
                so="verbot",
                not_so="darf",
            ),
        ),
        matter(
            "musik",
            "Musik|Musizieren",
            {
                "vorher": "man /darf/[ im {s}] um {early} Uhr </keine >Musik machen|"
                "um {early} Uhr /ist/ Musik[ im {s}] ^erlaubt",
                "nachher": "man /darf/[ im {s}] um {late} Uhr </keine >Musik machen|"
                "um {late} Uhr /ist/ Musik[ im {s}] ^erlaubt",
            },
            stand(
                "bis {t} Uhr|nur bis {t} Uhr",
                "Musik ist bis {t} Uhr erlaubt.|Nach {t} Uhr darf keine Musik gemacht werden.",
                so="vorher",
                not_so="nachher",
            ),
            stand(
                "jederzeit|unbegrenzt",
                "Musik darf jederzeit gemacht werden.|Für Musik gibt es keine Grenzen.",
                so="vorher nachher",
            ),
            stand("nie|verboten", "Musik ist verboten.|Es darf nie Musik gemacht werden.", not_so="vorher nachher"),
        ),
        matter(
            "vermieten",
            "Untervermietung",
            {
                "frei": "man /darf/[ im {s}] ohne Zustimmung ^untervermieten",
                "frage": "man /braucht/[ im {s}] ^eine Zustimmung zum Untervermieten",
                "mit": "man /darf/[ im {s}] mit Zustimmung ^untervermieten",
            },
            stand(
                "nur mit Zustimmung",
                "Untervermietung ist nur mit Zustimmung erlaubt.|Ohne Zustimmung darf niemand untervermieten.",
                so="mit frage",
                not_so="frei",
            ),
            stand(
                "erlaubt|ohne Zustimmung",
                "Für die Untervermietung ist keine Zustimmung nötig.|Untervermietet werden darf ohne Zustimmung.",
                so="frei",
                not_so="frage",
            ),
            stand(
                "nie|ausgeschlossen",
                "Untervermietung ist in jedem Fall ausgeschlossen.|Nie darf untervermietet werden.",
                not_so="frei mit",
            ),
        ),
        matter(
            "treppe",
            "Treppenreinigung|Treppe putzen",
            {
                "muss": "man /muss/[ im {s}] ^die Treppe putzen|Mieter /müssen/[ im {s}] ^die Treppe putzen",
                "firma": "eine Firma /putzt/[ im {s}] die Treppe^",
            },
            stand(
                "durch die Mieter",
                "Die Mieter putzen die Treppe selbst.|Keine Firma putzt die Treppe, das tun die Mieter.",
                so="muss",
            ),
            stand(
                "durch eine Firma",
                "Eine Firma putzt die Treppe.|Die Mieter müssen die Treppe nicht putzen, das macht eine Firma.",
                so="firma",
                not_so="muss",
            ),
        ),
        matter(
            "fahrrad",
            "Fahrräder im Flur",
            {
                "darf": "man /darf/[ im {s}] Fahrräder ^in den Flur stellen|"
                "Fahrräder /dürfen/[ im {s}] ^im Flur stehen",
                "keller": "Fahrräder /müssen/[ im {s}] ^in den Keller",
            },
            stand(
                "yes",
                "Fahrräder dürfen im Flur stehen.|Fahrräder müssen nicht in den Keller, der Flur ist breit genug.",
                so="darf",
                not_so="keller",
            ),
            stand(
                "no",
                "Fahrräder gehören in den Keller.|Im Flur dürfen keine Fahrräder stehen, dafür ist der Keller da.",
                so="keller",
                not_so="darf",
            ),
        ),
    ),
    phrase(
        "Haus Waldblick|Haus Seerose|Haus am Anger|Wohnheim Nord|Wohnheim Süd|Haus Kastanie|Haus Bergblick|Lindenhof|"
        "Haus Sonnenwinkel",
        "key",
    ),
    kind="Hausordnung|Hausregeln",
    key_labels="Haus|Ort",
    titles="{kind} {k}|{k}: {kind}",
    mentions="{k}",
    files="{kind} {k}|{k}",
    all_titles="{kind} unserer Häuser",
    all_files="{kind}|regeln",
    filler="Wir bitten um Rücksicht.|Vielen Dank.",
    shapes="documents documents clauses clauses faq table sections",
    language="de",
)

_TICKETS = template(
    "Abos",
    (
        attribute(
            "preis",
            "Preis im Monat",
            money(9, 89),
            "{S} kostet {v} im Monat.",
            "Was kostet {s} im Monat?",
            "{s} kostet {v} im Monat",
        ),
        matter(
            "rad",
            "Fahrrad|Fahrradmitnahme",
            {
                "darf": "man /darf/ mit {s} ^ein Fahrrad mitnehmen|ein Fahrrad /fährt/ mit {s} ^kostenlos mit",
                "zahlt": "man /muss/ mit {s} für das Fahrrad ^bezahlen",
            },
            stand(
                "kostenlos|ja, kostenlos",
                "Ein Fahrrad fährt mit {s} kostenlos mit.|Für das Fahrrad zahlt man mit {s} nichts.",
                so="darf",
                not_so="zahlt",
            ),
            stand(
                "nicht erlaubt|nein",
                "Fahrräder dürfen mit {s} nicht mitgenommen werden.|"
                "Mit {s} ist die Mitnahme von Fahrrädern ausgeschlossen.",
                not_so="darf",
            ),
        ),
        matter(
            "kuendbar",
            "Monatlich kündbar",
            {
                "ist": "{s} /ist/ monatlich kündbar|man /kann/ {s} ^jeden Monat kündigen",
                "lang": "{s} /läuft/ <mindestens/weniger als> ein Jahr",
            },
            stand("yes", "{S} ist monatlich kündbar.|{S} kann man jeden Monat kündigen.", so="ist", not_so="lang"),
            stand(
                "no",
                "{S} läuft mindestens ein Jahr.|{S} ist nicht vor Ablauf eines Jahres kündbar.",
                so="lang",
                not_so="ist",
            ),
        ),
        matter(
            "zeit",
            "Gültig|Gültigkeit",
            {"vorher": "{s} /gilt/ um {early} Uhr", "nachher": "{s} /gilt/ um {late} Uhr"},
            stand(
                "ab {t} Uhr|nur ab {t} Uhr",
                "{S} gilt nur ab {t} Uhr.|Vor {t} Uhr gilt {s} nicht.",
                so="nachher",
                not_so="vorher",
            ),
            stand(
                "bis {t} Uhr|nur bis {t} Uhr",
                "{S} gilt nur bis {t} Uhr.|Nach {t} Uhr gilt {s} nicht mehr.",
                so="vorher",
                not_so="nachher",
            ),
            stand("rund um die Uhr", "{S} gilt rund um die Uhr.|Für {s} gibt es keine Sperrzeit.", so="vorher nachher"),
        ),
        matter(
            "uebertragbar",
            "Übertragbar",
            {"ist": "{s} /ist/ übertragbar|man /darf/ {s} ^verleihen", "fest": "{s} /gilt/ nur für eine Person"},
            stand("yes", "{S} ist übertragbar.|{S} darf man verleihen.", so="ist", not_so="fest"),
            stand("no", "{S} ist nicht übertragbar.|{S} gilt nur für eine Person.", so="fest", not_so="ist"),
        ),
        matter(
            "kinder",
            "Kinder|Mitnahme von Kindern",
            {
                "frei": "Kinder /fahren/ mit {s} ^kostenlos mit|Kinder /sind/ bei {s} ^frei",
                "zahlt": "Kinder /brauchen/ bei {s} ^eine eigene Fahrkarte",
            },
            stand(
                "kostenlos|frei",
                "Kinder fahren mit {s} kostenlos mit.|Kinder zahlen mit {s} nichts.",
                so="frei",
                not_so="zahlt",
            ),
            stand(
                "nicht enthalten|nein",
                "Kinder sind bei {s} nicht frei, sie brauchen eine eigene Fahrkarte.|"
                "Kinder fahren mit {s} nicht kostenlos, eine eigene Fahrkarte ist nötig.",
                so="zahlt",
                not_so="frei",
            ),
        ),
    ),
    phrase("Abo Plus|Abo Basis|Abo Jugend|Abo Senior|Abo Flex|Abo Stadt|Abo Land|Abo Nacht|Abo Familie|Abo Job", "key"),
    kind="Abos|Fahrkarten",
    key_labels="Abo|Tarif",
    titles="{k}|{k}: Bedingungen",
    mentions="{k}",
    files="{k}|bedingungen {k}",
    all_titles="{kind} im Vergleich|Unsere {kind}",
    all_files="{kind}|tarife",
    filler="Gute Fahrt.|Preise inklusive Steuer.",
    shapes="table table list sections faq documents",
    language="de",
)

_BAEDER = template(
    "Schwimmbad",
    (
        attribute("leitung", "Leitung", person, "Die Leitung hat {v}.", "Wer leitet das {s}?", "{v} leitet das {s}"),
        attribute("ort", "Adresse", street, "Die Adresse ist {v}.", "Wo liegt das {s}?", "das {s} liegt in der {v}"),
        matter(
            "rutsche",
            "Rutsche",
            {"hat": "das {s} /hat/ eine Rutsche|es /gibt/ im {s} ^eine Rutsche", "ohne": "das {s} /ist/ ohne Rutsche"},
            stand("yes", "Eine Rutsche ist da.|Auch an einer Rutsche fehlt es nicht.", so="hat", not_so="ohne"),
            stand("no", "Eine Rutsche fehlt.|Es gibt keine Rutsche.", so="ohne", not_so="hat"),
        ),
        matter(
            "parken",
            "Parken kostenlos|Freies Parken",
            {
                "frei": "Parken /ist/ am {s} ^kostenlos|man /kann/ am {s} ^umsonst parken",
                "zahlt": "man /muss/ am {s} ^für das Parken bezahlen",
            },
            stand("yes", "Das Parken kostet nichts.|Parken ist kostenlos.", so="frei", not_so="zahlt"),
            stand("no", "Das Parken kostet {n} Euro.|Parken ist nicht kostenlos.", so="zahlt", not_so="frei"),
        ),
        matter(
            "essen",
            "Eigenes Essen",
            {"darf": "man /darf/ im {s} <eigenes/kein eigenes> Essen mitbringen|eigenes Essen /ist/ im {s} ^erlaubt"},
            stand("erlaubt|ja", "Eigenes Essen ist kein Problem.|Eigenes Essen darf mitgebracht werden.", so="darf"),
            stand(
                "nicht erlaubt|nein", "Eigenes Essen ist verboten.|Bitte kein eigenes Essen mitbringen.", not_so="darf"
            ),
        ),
        matter(
            "offen",
            "Am Feiertag geöffnet|Feiertags offen",
            {"auf": "das {s} /ist/ an Feiertagen ^geöffnet", "zu": "das {s} /ist/ an Feiertagen ^geschlossen"},
            stand(
                "yes",
                "An Feiertagen ist geöffnet.|Feiertage sind keine Ausnahme, es ist geöffnet.",
                so="auf",
                not_so="zu",
            ),
            stand("no", "An Feiertagen ist geschlossen.|An Feiertagen ist nicht geöffnet.", so="zu", not_so="auf"),
        ),
        matter(
            "kinder",
            "Kinder ohne Begleitung|Kinder allein",
            {"darf": "Kinder /dürfen/ ^allein ins {s}", "mit": "Kinder /brauchen/ im {s} ^eine Begleitung"},
            stand(
                "erlaubt|ja", "Kinder dürfen allein kommen.|Kinder brauchen keine Begleitung.", so="darf", not_so="mit"
            ),
            stand(
                "nicht erlaubt|nein",
                "Kinder dürfen nur mit Begleitung kommen.|Kinder dürfen nicht allein kommen.",
                so="mit",
                not_so="darf",
            ),
        ),
    ),
    phrase("Waldbad|Seebad|Stadtbad|Hallenbad Nord|Freibad Süd|Inselbad|Wiesenbad|Bergbad|Parkbad", "key"),
    kind="Badeordnung|Auskunft",
    key_labels="Bad|Name",
    titles="{k}: {kind}|{kind} {k}",
    mentions="{k}",
    files="{k}|{kind} {k}",
    all_titles="Bäder im Vergleich",
    all_files="bäder",
    filler="Viel Spaß.|Wir freuen uns auf Sie.",
    shapes="documents documents faq table table sections",
    language="de",
)

ERLAUBT = (_KARTE, _WOHNUNGEN, _ORDNUNG, _TICKETS, _BAEDER)
