"""Papers that tell mostly what is so or not so: menus, tariffs, memberships, travel rules, forms, manuals."""

from training.everyday.matters import matter, stand
from training.everyday.shape import attribute, template
from training.everyday.values import amount_of, code, company, count, date, money, person, phrase, street, titled

_MENU = template(
    "menu",
    (
        attribute(
            "price",
            "Price",
            money(4, 38),
            "{S} costs {v}.|{S} is {v}.",
            "How much is {s}?|What does {s} cost?",
            "{S} costs {v}",
            which="Which dish costs {v}?",
        ),
        attribute(
            "weight",
            "Portion",
            amount_of(120, 700, "g|grams"),
            "A portion of {s} is {v}.",
            "How big is a portion of {s}?",
            "a portion of {s} is {v}",
            noun="portion",
        ),
        matter(
            "vegan",
            "Vegan|Suitable for vegans",
            {
                "is": "{s} /is/ vegan|{s} /is/ suitable for vegans|a vegan /can/ eat {s}|vegans /can/ have {s}",
                "animal": "{s} /contains/ animal products|{s} /is/ made with animal products",
            },
            stand(
                "yes",
                "{S} is vegan.|Nothing from an animal goes into {s}.|{S} is made without animal products.",
                so="is",
                not_so="animal",
                asides="we cook it with oil only|and very filling",
            ),
            stand(
                "no",
                "{S} is not vegan.|{S} contains butter and eggs.|The sauce of {s} is made with cream.",
                so="animal",
                not_so="is",
                asides="there is cream in the sauce|but we can leave out the cheese",
            ),
        ),
        matter(
            "gluten",
            "Gluten-free|Free of gluten",
            {
                "free": "{s} /is/ gluten-free|{s} /is/ free of gluten|I /can/ eat {s} without getting gluten",
                "has": "{s} /contains/ gluten|there /is/ gluten in {s}",
            },
            stand(
                "yes",
                "{S} is gluten-free.|There is no gluten in {s}.",
                so="free",
                not_so="has",
                asides="we use rice flour",
            ),
            stand(
                "no",
                "{S} is not gluten-free.|{S} is made with wheat flour.",
                so="has",
                not_so="free",
                asides="it is made with wheat",
            ),
        ),
        matter(
            "nuts",
            "Nuts|Contains nuts",
            {
                "has": "{s} /contains/ nuts|there /are/ nuts in {s}|somebody with a nut allergy /must/ avoid {s}",
                "free": "{s} /is/ free of nuts|somebody with a nut allergy /can/ eat {s}",
            },
            stand(
                "yes",
                "{S} contains walnuts.|Who cannot eat nuts should not order {s}.|There are nuts in {s}.",
                so="has",
                not_so="free",
            ),
            stand("no", "{S} contains no nuts.|No nuts go into {s}.|{S} is free of nuts.", so="free", not_so="has"),
        ),
        matter(
            "spicy",
            "Spicy|Hot",
            {"hot": "{s} /is/ spicy|{s} /tastes/ hot", "mild": "{s} /is/ mild"},
            stand("yes", "{S} is spicy.|{S} is hot, it is not for children.", so="hot", not_so="mild"),
            stand("no", "{S} is mild.|{S} is not spicy.", so="mild", not_so="hot"),
        ),
        matter(
            "half",
            "Half portion|Also as a half portion",
            {
                "may": "{s} /is/ available as a half portion|I /can/ order half a portion of {s}",
                "whole": "{s} /is/ served as a whole portion only",
            },
            stand(
                "yes",
                "A half portion of {s} is possible.|You need not take a whole portion of {s}.",
                so="may",
                not_so="whole",
            ),
            stand("no", "No half portions of {s}.|{S} comes as a whole portion only.", so="whole", not_so="may"),
        ),
        matter(
            "alcohol",
            "Alcohol|With alcohol",
            {"has": "{s} /contains/ alcohol|there /is/ alcohol in {s}", "free": "{s} /is/ free of alcohol"},
            stand("yes", "{S} is cooked with wine.|There is some alcohol in {s}.", so="has", not_so="free"),
            stand("no", "There is no alcohol in {s}.|{S} is made without alcohol.", so="free", not_so="has"),
        ),
        matter(
            "served",
            "Still on the menu|Served",
            {
                "still": "{s} /is/ <still/no longer> on the menu|I /can/ <still/no longer> order {s}",
                "gone": "{s} /was/ taken off the menu",
            },
            stand("yes", "{S} is still on the menu.|{S} has not been taken off the menu.", so="still", not_so="gone"),
            stand("no", "{S} is no longer served.|We do not make {s} any more.", so="gone", not_so="still"),
        ),
    ),
    phrase(
        "mushroom pie|lentil curry|onion soup|pumpkin risotto|beef stew|spinach dumplings|bean chili|potato gratin|"
        "apple strudel|fish cakes|leek tart|noodle salad|chestnut roast|cheese fondue|tomato soup|plum crumble",
        "key",
    ),
    kind="menu=list of dishes|menu|allergen list",
    key_labels="Dish|Meal|What",
    titles="{k}|{Kind}: {k}|{K} - {kind}",
    mentions="the {k}",
    files="{k}|{kind} {k}",
    all_titles="{Kind} of the week|{Kind} of the Copper Pan|{Kind}",
    all_files="{kind}|dishes",
    filler="We wish you a good meal.|Please order at the counter.",
    shapes="table table table list sections faq documents",
)

_TRAVEL = template(
    "travel rules",
    (
        attribute(
            "limit",
            "Hotel limit|Most for a night",
            money(70, 260, cents=False, step=5),
            "A night may cost up to {v}.",
            "How much may a night cost under {s}?|What is the hotel limit of {s}?",
            "a night may cost up to {v} under {s}",
            noun="hotel limit",
        ),
        attribute(
            "contact",
            "Contact|Questions to",
            person,
            "{V} answers questions.",
            "Who answers questions about {s}?",
            "{v} answers questions about {s}",
            noun="contact",
        ),
        matter(
            "taxi",
            "Taxis|Taxi rides",
            {
                "late": "I /may/ take a taxi at {late}[ under {s}]|a taxi at {late} /is/ paid for[ under {s}]",
                "early": "I /may/ take a taxi at {early}[ under {s}]|a taxi at {early} /is/ paid for[ under {s}]",
                "always": "I /may/ take a taxi at any time[ under {s}]",
            },
            stand(
                "only after {t}|paid after {t}",
                "Taxis are paid only after {t}.|Before {t} no taxi is paid for.|"
                "Take the bus, unless it is later than {t}: then a taxi is paid.",
                so="late",
                not_so="early always",
            ),
            stand(
                "at all times|always paid",
                "Taxis are paid at any hour.|There is no limit on taxis, by day or by night.",
                so="always late early",
            ),
            stand(
                "never|not paid",
                "Taxis are not paid for.|Nobody is paid back a taxi.|Taxi rides are at your own expense.",
                not_so="always late early",
            ),
        ),
        matter(
            "train",
            "First class|First-class train",
            {
                "long": "I /may/ travel first class on a journey of {more} hours[ under {s}]|"
                "a first class ticket for {more} hours /is/ paid for[ under {s}]",
                "short": "I /may/ travel first class on a journey of {less} hours[ under {s}]|"
                "a first class ticket for {less} hours /is/ paid for[ under {s}]",
            },
            stand(
                "over {n} hours|from {n} hours on",
                "First class is paid only for journeys of {n} hours or more.|"
                "No first class on journeys of less than {n} hours.|"
                "Who travels for {n} hours or longer may go first class.",
                so="long",
                not_so="short",
            ),
            stand(
                "never|no first class",
                "First class is never paid for.|Travel is by second class only.",
                not_so="long short",
            ),
            stand(
                "always|no limit",
                "First class may always be booked.|There are no limits on first class.",
                so="long short",
            ),
        ),
        matter(
            "car",
            "Own car|Private car",
            {
                "free": "I /may/ use my own car without asking[ under {s}]",
                "asked": "I /may/ use my own car if my manager agrees[ under {s}]",
                "ask": "I /must/ ask before I take my own car[ under {s}]|"
                "I /need/ consent to use my own car[ under {s}]",
            },
            stand(
                "with consent|only with consent",
                "Private cars may be used only with the manager's consent.|"
                "No private car without the consent of the manager.",
                so="asked ask",
                not_so="free",
            ),
            stand(
                "allowed without consent|no consent needed",
                "Private cars may be used, no consent is needed.|You do not have to ask before you take your own car.",
                so="free",
                not_so="ask",
            ),
            stand(
                "never|forbidden",
                "Private cars must not be used, whoever agrees.|Private cars are ruled out in all cases.",
                not_so="free asked",
            ),
        ),
        matter(
            "minibar",
            "Minibar",
            {
                "paid": "the minibar /is/ paid for[ under {s}]|I /can/ claim the minibar[ under {s}]",
                "own": "I /must/ pay for the minibar myself[ under {s}]",
            },
            stand(
                "yes",
                "The minibar is paid for.|You do not have to pay for the minibar yourself.",
                so="paid",
                not_so="own",
            ),
            stand(
                "no",
                "The minibar is at your own expense.|The minibar is not paid for.|"
                "Nothing from the minibar can be claimed.",
                so="own",
                not_so="paid",
            ),
        ),
        matter(
            "receipts",
            "Receipts needed|Receipts",
            {
                "must": "I /must/ hand in receipts[ under {s}]|receipts /are/ required[ under {s}]",
                "without": "I /can/ claim costs without receipts[ under {s}]",
            },
            stand("yes", "Receipts must be handed in.|Without a receipt nothing is paid.", so="must", not_so="without"),
            stand("no", "Receipts are not needed.|Costs are paid without receipts.", so="without", not_so="must"),
        ),
        matter(
            "partner",
            "Partners|Partner may come along",
            {
                "may": "I /may/ take my partner along[ under {s}]|partners /can/ come along[ under {s}]",
                "alone": "I /must/ travel alone[ under {s}]",
            },
            stand(
                "allowed|yes, at own cost",
                "Partners may come along at their own cost.|Nobody has to travel alone.",
                so="may",
                not_so="alone",
            ),
            stand(
                "not allowed|no partners",
                "Partners may not come along.|Employees travel without their partners.",
                so="alone",
                not_so="may",
            ),
        ),
        matter(
            "alcohol",
            "Alcohol|Alcoholic drinks",
            {
                "paid": "alcohol /is/ paid for[ under {s}]|I /can/ claim a glass of wine[ under {s}]",
                "own": "I /must/ pay for wine myself[ under {s}]",
            },
            stand(
                "yes",
                "Wine or beer with a meal is paid for.|Alcohol with dinner is no problem, it is paid for.",
                so="paid",
                not_so="own",
            ),
            stand("no", "Alcohol is not paid for.|Drinks with alcohol are at your own cost.", so="own", not_so="paid"),
        ),
    ),
    phrase(
        "the travel rules of the Cologne office|the travel rules of the Bristol office|the travel rules for trainees|"
        "the travel rules for drivers|the travel rules for the sales team|the travel rules for managers|"
        "the travel rules of the foundation|the travel rules for volunteers|the travel rules of the Bergen office",
        "key",
    ),
    kind="policy|guidelines=guide",
    key_labels="Rules|Which",
    titles="{K}|{Kind}: {k}",
    mentions="{k}",
    files="{k}|{kind} {k}",
    all_titles="{Kind} on travel|All {kind}",
    all_files="travel|{kind}",
    filler="The rules hold from January on.|Have a good journey.|Please book early.",
    shapes="documents documents clauses clauses faq table",
)

_MEMBERS = template(
    "memberships",
    (
        attribute(
            "fee",
            "Monthly fee|Fee a month",
            money(9, 99),
            "{S} costs {v} a month.",
            "How much is {s} a month?|What does {s} cost?",
            "{S} costs {v} a month",
            noun="monthly fee",
        ),
        attribute(
            "courses",
            "Courses a week",
            count(1, 12),
            "{S} gives you {v} courses a week.",
            "How many courses a week come with {s}?",
            "{v} courses a week come with {s}",
            noun="number of courses a week",
        ),
        matter(
            "pool",
            "Pool|Swimming pool",
            {
                "in": "{s} /includes/ the pool|I /can/ swim with {s}|the pool /is/ included in {s}",
                "pay": "I /must/ pay for the pool with {s}|the pool /costs/ extra with {s}",
            },
            stand(
                "yes",
                "With {s} you need not pay for the pool.|The pool is included in {s}.",
                so="in",
                not_so="pay",
                asides="on all days of the week",
            ),
            stand(
                "no",
                "The pool is not included in {s}.|With {s} you pay extra for the pool.",
                so="pay",
                not_so="in",
                asides="but members swim at half price next door|it costs {n} euros a visit",
            ),
        ),
        matter(
            "guests",
            "Guests|Bring a guest",
            {
                "may": "I /may/ bring a guest with {s}|{s} /allows/ guests",
                "alone": "I /must/ come alone with {s}",
            },
            stand(
                "yes",
                "With {s} you may bring a guest.|A guest is no problem with {s}.",
                so="may",
                not_so="alone",
                asides="one at a time",
            ),
            stand(
                "no",
                "Guests are not allowed with {s}.|With {s} you come alone.",
                so="alone",
                not_so="may",
                asides="but guests can buy a day ticket",
            ),
        ),
        matter(
            "monthly",
            "Can be cancelled monthly|Cancel monthly",
            {
                "may": "I /can/ cancel {s} every month|{s} /can/ be cancelled monthly",
                "bound": "{s} /binds/ me for a year|I /must/ keep {s} for a whole year",
            },
            stand(
                "yes", "{S} can be cancelled every month.|{S} does not bind you for a year.", so="may", not_so="bound"
            ),
            stand(
                "no",
                "{S} runs for a full year.|{S} cannot be cancelled before a year is over.",
                so="bound",
                not_so="may",
            ),
        ),
        matter(
            "trainer",
            "Trainer|Personal trainer",
            {
                "in": "a trainer /comes/ with {s}|{s} /includes/ a trainer|I /get/ a trainer with {s}",
                "none": "I /must/ train by myself with {s}",
            },
            stand(
                "yes",
                "A trainer is part of {s}.|With {s} you are not left alone, a trainer helps you.",
                so="in",
                not_so="none",
            ),
            stand("no", "There is no trainer with {s}.|With {s} you train by yourself.", so="none", not_so="in"),
        ),
        matter(
            "hours",
            "Hours|Valid",
            {
                "late": "I /can/ train at {late} with {s}|{s} /is/ valid at {late}",
                "early": "I /can/ train at {early} with {s}|{s} /is/ valid at {early}",
            },
            stand(
                "until {t}|up to {t}",
                "{S} is valid until {t} only.|With {s} you cannot come in after {t}.",
                so="early",
                not_so="late",
            ),
            stand(
                "from {t}|only after {t}",
                "{S} is valid only after {t}.|With {s} the door does not open before {t}.",
                so="late",
                not_so="early",
            ),
            stand("at any time|no limit", "{S} is valid at all hours.|There is no time limit on {s}.", so="late early"),
        ),
        matter(
            "joining",
            "Joining fee|Admission fee",
            {
                "pay": "I /must/ pay a joining fee for {s}|there /is/ a joining fee for {s}",
                "free": "joining {s} /is/ free of charge",
            },
            stand(
                "none|0",
                "There is no joining fee for {s}.|Joining {s} is free of charge.|"
                "Who takes {s} pays nothing for joining.",
                so="free",
                not_so="pay",
            ),
            stand(
                "30|once 30",
                "A joining fee of 30 is due for {s}.|Who takes {s} pays 30 once for joining.",
                so="pay",
                not_so="free",
            ),
        ),
    ),
    phrase(
        "Basic|Plus|Premium|Student|Family|Morning|Evening|Silver|Gold|Senior|Weekend|Flex",
        "key",
    ),
    kind="membership|memberships of the gym=gym memberships",
    key_labels="Membership|Plan",
    titles="{k}|Membership {k}",
    mentions="the {k} membership|membership {k}|the membership {k}",
    files="membership {k}|{k}",
    all_titles="{Kind} at a glance|Our {kind}",
    all_files="memberships|{kind}",
    filler="We look forward to seeing you.|Ask at the desk.",
    shapes="table table documents faq faq sections list",
)

_TARIFFS = template(
    "internet tariffs",
    (
        attribute(
            "price",
            "Price a month",
            money(12, 75),
            "{S} costs {v} a month.",
            "How much is {s}?|What does {s} cost a month?",
            "{S} costs {v} a month",
            noun="monthly price",
        ),
        attribute(
            "speed",
            "Speed",
            amount_of(16, 1000, "Mbit/s|megabits a second"),
            "{S} has a speed of {v}.",
            "How fast is {s}?",
            "the speed of {s} is {v}",
            noun="speed",
        ),
        matter(
            "tv",
            "Television|TV",
            {
                "has": "{s} /has/ television|{s} /includes/ television|I /can/ watch television with {s}",
                "none": "{s} /is/ without television",
            },
            stand(
                "yes",
                "Television comes with {s}.|{S} does not come without television.",
                so="has",
                not_so="none",
                asides="ninety channels",
            ),
            stand(
                "no",
                "{S} is internet only.|There is no television with {s}.",
                so="none",
                not_so="has",
                asides="we provide internet only|that can be booked elsewhere",
            ),
        ),
        matter(
            "router",
            "Router free of charge|Free router",
            {
                "free": "the router /is/ free with {s}|I /get/ a router for nothing with {s}",
                "pay": "I /must/ pay for the router with {s}|the router /costs/ extra with {s}",
            },
            stand(
                "yes",
                "With {s} the router is free of charge.|No money is asked for the router with {s}.",
                so="free",
                not_so="pay",
            ),
            stand(
                "no",
                "With {s} the router is {n} euros a month.|The router is not included in {s}.",
                so="pay",
                not_so="free",
            ),
        ),
        matter(
            "contract",
            "Minimum term|Fixed term",
            {
                "bound": "{s} /has/ a minimum term|I /must/ keep {s} for some time",
                "free": "{s} /can/ be ended at any time|I /can/ leave {s} whenever I want",
            },
            stand(
                "none|no minimum term",
                "{S} has no minimum term.|{S} can be ended whenever you want.",
                so="free",
                not_so="bound",
            ),
            stand(
                "24 months|two years",
                "{S} has a minimum term of 24 months.|{S} cannot be ended within the first two years.",
                so="bound",
                not_so="free",
            ),
        ),
        matter(
            "phone",
            "Telephone|Phone line",
            {
                "has": "{s} /includes/ a telephone line|I /can/ make phone calls with {s}",
                "none": "{s} /is/ without a telephone line",
            },
            stand(
                "yes",
                "{S} includes a telephone line.|A telephone line is part of {s}, you need no other.",
                so="has",
                not_so="none",
            ),
            stand(
                "no",
                "There is no telephone line with {s}.|{S} comes without a telephone line.",
                so="none",
                not_so="has",
            ),
        ),
        matter(
            "setup",
            "Installation|Setting up",
            {
                "free": "the installation of {s} /is/ free|{s} /is/ set up free of charge",
                "pay": "I /must/ pay for the installation of {s}|the installation of {s} /costs/ money",
            },
            stand(
                "free|free of charge",
                "We set up {s} at no charge.|The installation of {s} is free.",
                so="free",
                not_so="pay",
            ),
            stand(
                "49 euros|at a charge",
                "The installation of {s} is 49 euros.|Setting up {s} is not free.",
                so="pay",
                not_so="free",
            ),
        ),
        matter(
            "new",
            "Open to new customers|New customers",
            {
                "open": "{s} /is/ open to new customers|I /can/ <still/no longer> take out {s} as a new customer",
                "shut": "{s} /is/ closed to new customers",
            },
            stand(
                "yes",
                "{S} can be taken out by new customers.|There is no need to be a customer to take {s}.",
                so="open",
                not_so="shut",
            ),
            stand(
                "no",
                "{S} is no longer sold to new customers.|{S} is for existing customers only.",
                so="shut",
                not_so="open",
            ),
        ),
    ),
    phrase(
        "Home 50|Home 100|Surf S|Surf M|Surf L|Fibre Start|Fibre Max|City 250|Easy Web|Young 100|Cable Basic|Cable Pro",
        "key",
    ),
    kind="tariffs=plans|internet tariffs",
    key_labels="Tariff|Plan",
    titles="{k}|Tariff {k}",
    mentions="the tariff {k}|{k}|the {k} tariff",
    files="tariff {k}|{k}",
    all_titles="{Kind} in comparison|Our {kind}",
    all_files="tariffs|{kind}",
    filler="Prices include tax.|We are glad to help.",
    shapes="table table faq faq documents sections list",
)

_ACCIDENTS = template(
    "accident form",
    (
        attribute(
            "day",
            "Date|Date of the accident",
            date,
            "The accident happened on {v}.",
            "When was {s}?|On what day did {s} happen?",
            "{S} happened on {v}",
            noun="date",
        ),
        attribute(
            "driver",
            "Driver",
            person,
            "{V} was driving.",
            "Who was driving in {s}?",
            "{v} was driving in {s}",
            noun="driver",
        ),
        attribute(
            "damage",
            "Estimated damage",
            money(200, 9000, cents=False, step=50),
            "The damage is estimated at {v}.",
            "How high is the damage of {s}?",
            "the damage of {s} is estimated at {v}",
            noun="estimated damage",
        ),
        matter(
            "police",
            "Police informed|Police called|Reported to the police",
            {
                "told": "the police /were/ informed about {s}|the police /were/ called to {s}|"
                "{s} /was/ reported to the police",
                "not": "{s} /was/ settled without the police",
            },
            stand(
                "yes",
                "The police were called.|The police came and wrote a report.|It was not settled without the police.",
                so="told",
                not_so="not",
            ),
            stand(
                "no",
                "The police were not informed.|Nobody called the police.|It was settled without the police.",
                so="not",
                not_so="told",
            ),
        ),
        matter(
            "injured",
            "Injured|Anybody injured|Injuries",
            {
                "hurt": "somebody /was/ injured in {s}|people /were/ hurt in {s}",
                "fine": "{s} /was/ without injuries",
            },
            stand(
                "none|nobody",
                "Nobody was injured.|There were no injuries.|All people were unhurt.",
                so="fine",
                not_so="hurt",
            ),
            stand(
                "yes, slightly|one person",
                "One person was slightly injured.|The passenger hurt an arm.",
                so="hurt",
                not_so="fine",
            ),
        ),
        matter(
            "witness",
            "Witnesses|Witness present",
            {"had": "there /was/ a witness to {s}|somebody /was/ watching {s}", "none": "{s} /was/ without witnesses"},
            stand("yes", "A witness saw it.|There was a witness.", so="had", not_so="none"),
            stand("no", "There were no witnesses.|Nobody saw it.", so="none", not_so="had"),
        ),
        matter(
            "drivable",
            "Car can still be driven|Still drivable",
            {
                "can": "the car /can/ <still/no longer> be driven after {s}|"
                "the car /was/ <still/no longer> drivable after {s}",
                "towed": "the car /was/ towed away after {s}",
            },
            stand(
                "yes", "The car can still be driven.|The car did not have to be towed away.", so="can", not_so="towed"
            ),
            stand("no", "The car can no longer be driven.|The car had to be towed away.", so="towed", not_so="can"),
        ),
        matter(
            "photos",
            "Photos enclosed|Photographs",
            {
                "in": "there /are/ photos of {s}|photos /are/ enclosed with the form on {s}",
                "out": "photos of {s} /are/ missing",
            },
            stand("yes", "Photos are enclosed.|Pictures of the damage come with this form.", so="in", not_so="out"),
            stand(
                "no",
                "No photos were taken.|There are no pictures of the damage.|Photos are missing.",
                so="out",
                not_so="in",
            ),
        ),
        matter(
            "fault",
            "Own fault|At fault",
            {"own": "the driver /was/ at fault in {s}", "other": "the other side /was/ at fault in {s}"},
            stand("yes", "The driver admits the fault.|The fault was our own.", so="own", not_so="other"),
            stand("no", "The driver was not at fault.|The other side admits the fault.", so="other", not_so="own"),
        ),
    ),
    code("AC-####", "key"),
    kind="accident report=accident form|report",
    key_labels="Accident|Number|Case",
    titles="{Kind} {k}|Accident {k}",
    mentions="accident {k}|the accident {k}",
    files="accident {k}|{kind} {k}",
    all_titles="Accidents of the year|List of accidents",
    all_files="accidents|list",
    filler="Please fill in all fields.|This form goes to the insurer.",
    shapes="documents documents documents table sections",
)

_MANUALS = template(
    "care guide",
    (
        attribute(
            "power",
            "Power",
            amount_of(40, 2200, "W|watts"),
            "{S} has a power of {v}.",
            "What is the power of {s}?|How many watts does {s} have?",
            "{S} has a power of {v}",
            noun="power",
        ),
        attribute(
            "maker",
            "Made by|Manufacturer",
            company,
            "{S} is made by {v}.",
            "Who makes {s}?",
            "{v} makes {s}",
            noun="manufacturer",
        ),
        matter(
            "dishes",
            "Dishwasher-safe|Dishwasher",
            {
                "may": "I /can/ put {s} into the dishwasher|{s} /is/ dishwasher-safe|{s} /may/ go into the dishwasher",
                "hand": "I /must/ wash {s} by hand|{s} /must/ be washed by hand",
            },
            stand(
                "yes",
                "{S} may go into the dishwasher.|The dishwasher does no harm to {s}.|You need not wash {s} by hand.",
                so="may",
                not_so="hand",
                asides="but at low heat",
            ),
            stand(
                "no",
                "{S} must not go into the dishwasher.|Wash {s} by hand only.|Never put {s} into the dishwasher.",
                so="hand",
                not_so="may",
                asides="wipe it with a cloth",
            ),
        ),
        matter(
            "children",
            "Children|Use by children",
            {
                "may": "children /may/ use {s} alone|a child /can/ use {s} without an adult",
                "watched": "children /may/ use {s} with an adult",
                "never": "{s} /is/ forbidden to children in every case",
            },
            stand(
                "with an adult only|only under supervision",
                "Children may use {s} only with an adult.|Children must not use {s} unless an adult is there.",
                so="watched",
                not_so="may never",
            ),
            stand(
                "never|not even with an adult",
                "Children must never use {s}.|{S} is not for children, even with an adult.",
                so="never",
                not_so="may watched",
            ),
            stand(
                "also without an adult|allowed without an adult",
                "Children may use {s} by themselves.|{S} may be used by children, no adult is needed.",
                so="may watched",
                not_so="never",
            ),
        ),
        matter(
            "battery",
            "Battery can be replaced|Replaceable battery",
            {
                "may": "I /can/ replace the battery of {s}|the battery of {s} /can/ be replaced",
                "fixed": "the battery of {s} /is/ fixed",
            },
            stand(
                "yes",
                "The battery of {s} can be replaced.|The battery of {s} is not fixed, you can take it out.",
                so="may",
                not_so="fixed",
            ),
            stand(
                "no",
                "The battery of {s} is fixed and cannot be taken out.|Do not try to replace the battery of {s}.",
                so="fixed",
                not_so="may",
            ),
        ),
        matter(
            "rain",
            "Waterproof|Rain",
            {
                "may": "{s} /is/ waterproof|I /can/ use {s} in the rain",
                "dry": "{s} /must/ be kept dry",
            },
            stand(
                "yes",
                "{S} is waterproof.|Rain does no harm to {s}.|{S} does not have to be kept dry.",
                so="may",
                not_so="dry",
            ),
            stand(
                "no", "{S} must be kept dry.|{S} is not waterproof.|Never use {s} in the rain.", so="dry", not_so="may"
            ),
        ),
        matter(
            "oil",
            "Oiling|Must be oiled",
            {
                "must": "I /must/ oil {s}|{s} /needs/ oil",
                "free": "{s} /works/ without oil",
            },
            stand(
                "yes",
                "{S} must be oiled once a month.|Without oil {s} will not run for long.",
                so="must",
                not_so="free",
            ),
            stand("no", "{S} never has to be oiled.|{S} needs no oil.", so="free", not_so="must"),
        ),
        matter(
            "filter",
            "Filter included|Comes with a filter",
            {"in": "a filter /comes/ with {s}|{s} /includes/ a filter", "buy": "I /must/ buy a filter for {s}"},
            stand("yes", "A filter comes with {s}.|You do not have to buy a filter for {s}.", so="in", not_so="buy"),
            stand("no", "{S} comes without a filter.|There is no filter with {s}.", so="buy", not_so="in"),
        ),
    ),
    phrase(
        "hand mixer|juicer|egg boiler|bread machine|steam iron|leaf blower|camping lamp|coffee grinder|pond pump|"
        "foot warmer|hedge trimmer|food mill|pasta machine|ice maker",
        "key",
    ),
    kind="care guide=instructions|manual",
    key_labels="Product|Device",
    titles="{Kind}: {k}|{K}",
    mentions="the {k}",
    files="{kind} {k}|{k}",
    all_titles="{Kind} for all devices",
    all_files="devices|{kind}",
    filler="Keep this paper.|Ask your dealer.",
    shapes="documents documents faq table sections list",
)

_PATIENTS = template(
    "patient sheet",
    (
        attribute(
            "doctor",
            "Doctor|Family doctor",
            titled("Dr"),
            "The family doctor is {v}.",
            "Who is the doctor of {s}?",
            "{v} is the doctor of {s}",
            noun="doctor",
        ),
        attribute(
            "home",
            "Address",
            street,
            "The address is {v}.",
            "Where does {s} live?",
            "{S} lives at {v}",
            noun="address",
        ),
        matter(
            "allergies",
            "Allergies|Known allergies",
            {
                "any": "{s} /has/ an allergy|{s} /suffers/ from an allergy",
                "of": "{s} /is/ allergic to {x}|{s} /must/ avoid {x}",
                "free": "{s} /is/ free of allergies",
            },
            stand(
                "none|none known",
                "The patient has no allergies.|There are no known allergies.|{S} has no known allergies.",
                so="free",
                not_so="any of",
            ),
            stand(
                "{x}",
                "The patient is allergic to {x}.|{S} cannot take {x} because of an allergy.",
                so="any of",
                not_so="free",
            ),
            of="penicillin|latex|peanuts|pollen|iodine|nickel|wasp stings|house dust",
        ),
        matter(
            "smoker",
            "Smoker|Smokes",
            {"is": "{s} /smokes/|{s} /is/ a smoker", "not": "{s} /is/ a non-smoker"},
            stand("yes", "The patient smokes.|{S} has not given up smoking.", so="is", not_so="not"),
            stand(
                "no", "The patient does not smoke.|{S} is a non-smoker.|{S} no longer smokes.", so="not", not_so="is"
            ),
        ),
        matter(
            "fasting",
            "Fasting|Came fasting",
            {"is": "{s} /was/ fasting", "eaten": "there /was/ a meal before the test of {s}"},
            stand("yes", "{S} came fasting.|{S} had not eaten anything before the test.", so="is", not_so="eaten"),
            stand("no", "{S} had eaten before the test.|{S} was not fasting.", so="eaten", not_so="is"),
        ),
        matter(
            "drugs",
            "Medication|Regular medicine",
            {
                "some": "{s} /takes/ medicine|{s} /is/ on medication",
                "of": "{s} /takes/ {x}",
                "free": "{s} /is/ without medication",
            },
            stand(
                "none|no medication",
                "The patient takes no medicine.|{S} is not on any medication.",
                so="free",
                not_so="some of",
            ),
            stand("{x}", "The patient takes {x} every day.|{S} cannot do without {x}.", so="some of", not_so="free"),
            of="ibuprofen|metformin|aspirin|ramipril|thyroxine|insulin",
        ),
        matter(
            "consent",
            "Consent given|Consent",
            {
                "is": "{s} /agrees/ to the operation|the consent of {s} /is/ given",
                "open": "the consent of {s} /is/ missing",
            },
            stand("yes", "{S} has signed the consent.|The consent is not missing.", so="is", not_so="open"),
            stand("no", "The consent is still missing.|{S} has not signed the consent yet.", so="open", not_so="is"),
        ),
        matter(
            "sports",
            "Sports allowed|Sports",
            {"may": "{s} /may/ do sports|{s} /can/ go running", "rest": "{s} /must/ do without sports"},
            stand("yes", "Sports are no problem.|The patient may do sports again.", so="may", not_so="rest"),
            stand("no", "No sports for four weeks.|The patient must not do sports.", so="rest", not_so="may"),
        ),
    ),
    person,
    kind="patient sheet=patient form|sheet",
    key_labels="Patient|Name",
    titles="{Kind} {k}|{k}|Patient: {k}",
    mentions="{k}",
    files="{kind} {k}|{k}|patient {k}",
    all_titles="Patients|List of patients",
    all_files="patients|list",
    filler="Please bring your card.|Filled in at the desk.",
    shapes="documents documents table sections",
)

_VANS = template(
    "vehicle rules",
    (
        attribute(
            "keeper",
            "Person in charge|In charge",
            person,
            "{V} is in charge of the vehicles.",
            "Who is in charge of the vehicles at {s}?",
            "{v} is in charge of the vehicles at {s}",
            noun="",
        ),
        attribute(
            "speed",
            "Top speed",
            amount_of(80, 140, "km/h"),
            "Nobody drives faster than {v}.",
            "How fast may I drive at {s}?",
            "the top speed at {s} is {v}",
            noun="top speed",
        ),
        matter(
            "private",
            "Private use|Private journeys",
            {
                "may": "I /may/ use the van privately[ at {s}]|private journeys /are/ allowed[ at {s}]|"
                "drivers[ of {s}] /may/ take the van for private journeys",
                "ban": "private journeys /are/ forbidden[ at {s}]|the van[ of {s}] /is/ for business only",
            },
            stand(
                "yes",
                "The van may be used for private journeys.|There is no objection to private journeys.",
                so="may",
                not_so="ban",
                asides="within the country",
            ),
            stand(
                "no",
                "The van must not be used for private journeys.|Private journeys are ruled out.|"
                "The van is for business only.",
                so="ban",
                not_so="may",
                asides="for business only",
            ),
        ),
        matter(
            "weekend",
            "Weekends|Use at weekends",
            {
                "free": "I /may/ drive at weekends without consent[ at {s}]",
                "asked": "I /may/ drive at weekends if the office agrees[ at {s}]",
                "ask": "I /need/ consent to drive at weekends[ at {s}]",
            },
            stand(
                "with consent|only with consent",
                "At weekends the van may be driven only with consent.|"
                "No driving at weekends without the consent of the office.",
                so="asked ask",
                not_so="free",
            ),
            stand(
                "allowed without consent|no consent needed",
                "The van may be driven at weekends, no consent is needed.",
                so="free",
                not_so="ask",
            ),
            stand(
                "never|forbidden",
                "The van stays in the yard at weekends, whoever asks.|Driving at weekends is never allowed.",
                not_so="free asked",
            ),
        ),
        matter(
            "night",
            "Driving at night|Latest hour",
            {
                "early": "I /may/ drive at {early}[ at {s}]",
                "late": "I /may/ drive at {late}[ at {s}]",
            },
            stand(
                "until {t}|only until {t}",
                "Nobody drives after {t}.|The van may be driven until {t}.",
                so="early",
                not_so="late",
            ),
            stand(
                "at any time|no limit",
                "The van may be driven at any hour.|There is no limit at night.",
                so="early late",
            ),
        ),
        matter(
            "passengers",
            "Passengers|Other people in the van",
            {
                "may": "I /may/ take passengers along[ at {s}]|passengers /are/ allowed[ at {s}]",
                "alone": "I /must/ drive alone[ at {s}]",
            },
            stand("allowed|yes", "Passengers may come along.|Nobody has to drive alone.", so="may", not_so="alone"),
            stand("not allowed|none", "Passengers are not allowed.|Drivers travel alone.", so="alone", not_so="may"),
        ),
        matter(
            "logbook",
            "Logbook|Keeping a logbook",
            {
                "must": "I /must/ keep a logbook[ at {s}]|a logbook /is/ required[ at {s}]",
                "free": "I /can/ drive without writing a logbook[ at {s}]",
            },
            stand(
                "required|yes",
                "A logbook must be kept.|No journey without an entry in the logbook.",
                so="must",
                not_so="free",
            ),
            stand(
                "not needed|none",
                "A logbook is not needed.|You do not have to keep a logbook.",
                so="free",
                not_so="must",
            ),
        ),
        matter(
            "fuel",
            "Fuel|Fuel costs",
            {
                "free": "the fuel /is/ paid by the firm[ at {s}]",
                "pay": "I /must/ pay for the fuel[ at {s}]",
            },
            stand(
                "paid by the firm|firm",
                "Drivers pay nothing for fuel, the firm does.|The firm pays for the fuel.",
                so="free",
                not_so="pay",
            ),
            stand(
                "paid by the driver|driver",
                "The drivers pay for the fuel.|The firm does not pay for the fuel, the driver does.",
                so="pay",
                not_so="free",
            ),
        ),
    ),
    phrase(
        "Lindqvist Joiners|Norfield Gardens|Halton Roofing|Brandale Print|Quilby Catering|Tormere Glass|"
        "Senwick Heating|"
        "Marstow Cleaning",
        "key",
    ),
    kind="vehicle policy=rules for the van|van rules",
    key_labels="Firm|Company",
    titles="{k}: {kind}|{Kind} of {k}",
    mentions="{k}",
    files="{kind} {k}|{k}",
    all_titles="{Kind} in comparison",
    all_files="vans|{kind}",
    filler="Drive carefully.|Keys are at the office.",
    shapes="documents documents clauses faq table",
)

ALLOWED = (_MENU, _TRAVEL, _MEMBERS, _TARIFFS, _ACCIDENTS, _MANUALS, _PATIENTS, _VANS)
