"""What is so or not so in kinds of papers that tell more besides: allowed, free of charge, there, still sold."""

from training.everyday.matters import matter, stand
from training.everyday.shape import Attribute

_HOTELS = (
    matter(
        "pets",
        "Dogs|Pets|Dogs allowed",
        {
            "in": "I /may/ bring my dog[ to {s}]|dogs /are/ allowed[ at {s}]|"
            "guests /may/ have a dog with them[ at {s}]",
            "out": "dogs /are/ forbidden[ at {s}]|I /must/ leave my dog at home[ when I go to {s}]",
        },
        stand(
            "yes",
            "Dogs are welcome.|We have nothing against dogs.|No guest has to leave a dog at home.|"
            "You can bring your dog.",
            so="in",
            not_so="out",
            asides="and there is a meadow behind the house|but not into the breakfast room|and they cost nothing",
        ),
        stand(
            "no",
            "Dogs are not allowed.|Dogs are forbidden.|Please leave your dog at home.|We do not take animals.",
            so="out",
            not_so="in",
            asides="but the kennel next door takes dogs|as there is no room for them|guide dogs stay outside as well",
        ),
    ),
    matter(
        "lift",
        "Lift|Elevator|With lift",
        {
            "lift": "there /is/ a lift[ at {s}]|{s} /has/ a lift|I /can/ take a lift to my room[ at {s}]",
            "stairs": "guests /must/ take the stairs[ at {s}]|all rooms /are/ reached by stairs only[ at {s}]",
        },
        stand(
            "yes",
            "A lift goes to all floors.|Nobody has to climb the stairs, there is a lift.|The house has a lift.",
            so="lift",
            not_so="stairs",
            asides="and it goes down to the garage|right behind the desk",
        ),
        stand(
            "no",
            "There is no lift.|All floors are reached by the stairs only.|The house was built without a lift.",
            so="stairs",
            not_so="lift",
            asides="but we carry your bags|but there are rooms on the ground floor",
        ),
    ),
    matter(
        "bikes",
        "Bicycles free of charge|Free bicycles",
        {
            "free": "bicycles /are/ free of charge[ at {s}]|I /can/ borrow a bicycle for nothing[ at {s}]|"
            "guests /get/ a bicycle for free[ at {s}]",
            "pay": "I /must/ pay for a bicycle[ at {s}]|bicycles /cost/ extra[ at {s}]|"
            "there /is/ a charge for bicycles[ at {s}]",
        },
        stand(
            "yes",
            "Bicycles are free of charge.|No charge is made for bicycles.|Bicycles can be borrowed at no cost.|"
            "You do not pay for our bicycles.",
            so="free",
            not_so="pay",
            asides="helmets too|as long as there are any left",
        ),
        stand(
            "no",
            "A bicycle is {n} euros a day.|There is a small fee for bicycles.|Bicycles are not included in the price.|"
            "Bicycles must be paid for at the desk.",
            so="pay",
            not_so="free",
            asides="it is {n} euros a day|but the first hour is on us",
        ),
    ),
    matter(
        "television",
        "Television|TV in the rooms",
        {
            "tv": "there /is/ a television in the rooms[ of {s}]|the rooms[ of {s}] /have/ a television|"
            "I /can/ watch television in my room[ at {s}]",
            "none": "the rooms[ of {s}] /are/ without a television",
        },
        stand(
            "yes",
            "All rooms have a television.|There is a television in every room.|No room is without a television.",
            so="tv",
            not_so="none",
            asides="and it has forty channels",
        ),
        stand(
            "no",
            "We provide internet only.|There is no television in the rooms.|Our rooms are free of television.",
            so="none",
            not_so="tv",
            asides="we provide internet only|but there is one in the lounge",
        ),
    ),
    matter(
        "cash",
        "Payment in cash|Cash accepted",
        {
            "cash": "I /can/ pay in cash[ at {s}]|{s} /takes/ cash|cash /is/ accepted[ at {s}]",
            "card": "I /must/ pay by card[ at {s}]|only cards /are/ accepted[ at {s}]",
        },
        stand(
            "yes",
            "You can pay in cash.|Cash is accepted as well as cards.|Paying in cash is no problem.",
            so="cash",
            not_so="card",
            asides="but no notes above 100",
        ),
        stand(
            "no",
            "We no longer take cash.|Payment is by card only.|Cash is not accepted.|The desk takes nothing but cards.",
            so="card",
            not_so="cash",
            asides="only cards|we gave that up last year",
        ),
    ),
    matter(
        "desk",
        "Late arrival|Desk",
        {
            "late": "I /can/ arrive at {late}[ at {s}]|the desk[ of {s}] /is/ open at {late}|"
            "the desk[ of {s}] /is/ manned at {late}",
            "early": "I /can/ arrive at {early}[ at {s}]|the desk[ of {s}] /is/ open at {early}",
            "always": "the desk[ of {s}] /is/ open all night|I /can/ arrive at any time of the night[ at {s}]",
        },
        stand(
            "until {t}|only until {t}",
            "You can arrive until {t}.|The desk closes at {t}.|Nobody is at the desk after {t}.",
            so="early",
            not_so="late always",
        ),
        stand(
            "at any time|day and night",
            "You can arrive at any hour.|The desk never closes.|Somebody is at the desk day and night.",
            so="late early always",
        ),
        near="arrive leave",
    ),
    matter(
        "corkage",
        "Own wine|Own wine allowed",
        {
            "own": "I /may/ bring my own wine[ to {s}]|guests /can/ drink their own wine[ at {s}]",
            "corkage": "I /must/ pay if I bring my own wine[ to {s}]|corkage /is/ charged[ at {s}]",
            "free": "I /can/ drink my own wine for free[ at {s}]",
        },
        stand(
            "allowed, no corkage|yes, free",
            "You may bring your own wine, and no corkage is charged.|Your own wine may be drunk here at no charge.",
            so="own free",
            not_so="corkage",
            asides="and no corkage is charged",
        ),
        stand(
            "allowed, with corkage|yes, at a charge",
            "You may bring your own wine for a corkage of {n} euros.|Guests who bring their own wine pay corkage.",
            so="own corkage",
            not_so="free",
            asides="for a corkage of {n} euros",
        ),
        stand(
            "not allowed|house wine only",
            "Wine of your own is not allowed.|Only wine from our own cellar may be drunk here.|"
            "Please do not bring your own wine.",
            not_so="own free",
            asides="only wine of the house is served",
        ),
    ),
)
_HOUSES = (
    matter(
        "barbecue",
        "Barbecues|Barbecue allowed|Grilling",
        {
            "may": "I /may/ have a barbecue[ at {s}]|barbecues /are/ allowed[ at {s}]|we /can/ grill[ at {s}]",
            "ban": "barbecues /are/ forbidden[ at {s}]|open fire for grilling /is/ banned[ at {s}]",
        },
        stand(
            "yes",
            "Barbecues are allowed.|There is no objection to barbecues.|Grilling is possible on the lawn.",
            so="may",
            not_so="ban",
            asides="and coal is in the shed|but put out the fire afterwards",
        ),
        stand(
            "no",
            "Barbecues are not allowed.|Barbecues are forbidden.|Nobody may light a barbecue.|"
            "No open fire, so no grilling.",
            so="ban",
            not_so="may",
            asides="the grass is too dry|but there is a public place for it by the lake",
        ),
    ),
    matter(
        "music",
        "Music|Playing music",
        {
            "early": "I /may/ play music at {early}[ in {s}]|music /is/ allowed at {early}[ in {s}]",
            "late": "I /may/ play music at {late}[ in {s}]|music at {late} /is/ permitted[ in {s}]",
            "always": "I /may/ play music all night[ in {s}]|music /is/ allowed around the clock[ in {s}]",
        },
        stand(
            "until {t}|only until {t}",
            "Music may be played until {t}.|No music after {t}.|Music is allowed only up to {t}.|"
            "From {t} on music must be turned off.",
            so="early",
            not_so="late always",
        ),
        stand(
            "at all times|at any hour",
            "Music may be played at any hour.|There are no limits on the time for music.",
            so="early late always",
        ),
        stand(
            "never|not allowed",
            "Music is forbidden.|No music may be played.|Playing music is prohibited.",
            not_so="early late always",
        ),
        near="quiet",
    ),
    matter(
        "parties",
        "Parties|Celebrations",
        {
            "free": "I /may/ hold a party without asking[ in {s}]|parties /are/ allowed without permission[ in {s}]",
            "asked": "I /may/ hold a party with permission[ in {s}]|"
            "a party /is/ possible if the warden agrees[ in {s}]",
            "ask": "I /must/ ask before I hold a party[ in {s}]|a party /needs/ permission[ in {s}]",
            "ban": "parties /are/ forbidden in every case[ in {s}]",
        },
        stand(
            "with consent only|only with permission",
            "Parties are allowed only with the consent of the warden.|No party without the permission of the warden.|"
            "Who wants to hold a party needs the warden's permission.",
            so="asked ask",
            not_so="free ban",
        ),
        stand(
            "allowed without permission|no permission needed",
            "Parties may be held without permission.|No permission is needed for a party.|"
            "You do not have to ask before you hold a party.",
            so="free",
            not_so="ask ban",
        ),
        stand(
            "never|forbidden without exception",
            "Parties are forbidden without exception.|No parties, whoever asks.|Parties are never allowed.",
            so="ban",
            not_so="free asked",
        ),
    ),
    matter(
        "sheets",
        "Bed linen|Linen provided",
        {
            "there": "bed linen /is/ provided[ in {s}]|there /is/ bed linen[ in {s}]|I /get/ bed linen[ in {s}]",
            "own": "I /must/ bring my own sheets[ to {s}]|guests /need/ sheets of their own[ in {s}]",
        },
        stand(
            "yes",
            "Bed linen is on the beds.|You do not need to bring sheets.|Sheets are provided.",
            so="there",
            not_so="own",
            asides="and towels as well",
        ),
        stand(
            "no",
            "Please bring your own sheets.|Bed linen is not provided.|There are no sheets in the house.",
            so="own",
            not_so="there",
            asides="please bring a sleeping bag",
        ),
    ),
    matter(
        "sauna",
        "Sauna|Use of the sauna",
        {
            "all": "everybody /may/ use the sauna[ of {s}]|visitors /can/ use the sauna[ of {s}]",
            "members": "members /may/ use the sauna[ of {s}]|members /are/ admitted to the sauna[ of {s}]",
            "only": "the sauna[ of {s}] /is/ reserved for members",
        },
        stand(
            "members only|only for members",
            "Only members may use the sauna.|The sauna is for members only.|Nobody but members may go into the sauna.",
            so="members only",
            not_so="all",
        ),
        stand(
            "open to all|everybody",
            "The sauna is open to everybody.|You need not be a member to use the sauna.",
            so="all members",
            not_so="only",
        ),
        stand("closed|out of order", "The sauna is closed.|The sauna is no longer in use.", not_so="all members"),
        near="guests age",
    ),
    matter(
        "heating",
        "Heating|Kind of heating",
        {
            "heated": "there /is/ heating[ in {s}]|the rooms[ of {s}] /have/ heating|I /can/ heat the rooms[ of {s}]",
            "cold": "the rooms[ of {s}] /are/ without heating",
        },
        stand(
            "wood stove|stove",
            "A wood stove heats all rooms.|You do not have to go cold, there is a stove.",
            so="heated",
            not_so="cold",
        ),
        stand(
            "gas|gas heating",
            "The rooms are heated with gas.|Gas heating was put in last year.",
            so="heated",
            not_so="cold",
        ),
        stand(
            "none|no heating",
            "There is no heating.|The rooms cannot be heated.|A heating was never put in.",
            so="cold",
            not_so="heated",
        ),
        stand(
            "no",
            "The rooms are cold, as a heating is missing.|No heating, so bring warm clothes.",
            so="cold",
            not_so="heated",
        ),
    ),
    matter(
        "bins",
        "Rubbish|Taking out the rubbish",
        {
            "must": "I /must/ take out the rubbish[ at {s}]|guests /must/ carry the rubbish out themselves[ at {s}]",
            "done": "the rubbish /is/ taken out for me[ at {s}]|the staff[ of {s}] /take/ out the rubbish",
        },
        stand(
            "by the guests|guests",
            "Everybody must take out their own rubbish.|Nobody takes out the rubbish for you.|"
            "Please carry your rubbish to the bins.",
            so="must",
            not_so="done",
        ),
        stand(
            "by the warden|staff",
            "The staff take out the rubbish.|You do not have to take out the rubbish, that is done by the staff.",
            so="done",
            not_so="must",
        ),
    ),
)
_LEASES = (
    matter(
        "dog",
        "Keeping a dog|Dog allowed",
        {
            "may": "{s} /may/ keep a dog|{s} /may/ have a dog in the flat",
            "ban": "{s} /must/ live without a dog|keeping a dog /is/ forbidden to {s}",
        },
        stand(
            "yes",
            "The tenant may keep a dog.|There is no objection to a dog.|A dog may live in the flat.|"
            "{S} is allowed a dog.",
            so="may",
            not_so="ban",
        ),
        stand(
            "no",
            "The tenant must not keep a dog.|Dogs are forbidden.|No dogs may be kept.|{S} may not keep a dog.",
            so="ban",
            not_so="may",
        ),
        near="pets",
    ),
    matter(
        "sublet",
        "Subletting",
        {
            "free": "{s} /may/ sublet without asking the landlord|{s} /can/ sublet a room without consent",
            "consent": "{s} /may/ sublet if the landlord agrees|{s} /may/ sublet with the landlord's consent",
            "need": "{s} /needs/ the landlord's consent to sublet|{s} /must/ ask the landlord before subletting",
            "never": "subletting /is/ ruled out for {s}",
        },
        stand(
            "with consent|only with consent",
            "Subletting is allowed only with the written consent of the landlord.|"
            "The tenant may not sublet without the landlord's consent.|"
            "No room may be sublet unless the landlord agrees.",
            so="consent need",
            not_so="free never",
        ),
        stand(
            "allowed without consent|no consent needed",
            "The tenant may sublet rooms without asking the landlord.|No consent is needed for subletting.",
            so="free",
            not_so="need never",
        ),
        stand(
            "never|excluded in every case",
            "Subletting is excluded in every case.|Under no circumstances may the tenant sublet.|"
            "The landlord never agrees to subletting.",
            so="never",
            not_so="free",
        ),
    ),
    matter(
        "stairs",
        "Cleaning of the stairs|Stairs",
        {
            "must": "{s} /must/ clean the stairs|cleaning the stairs /is/ a duty of {s}",
            "other": "the landlord /has/ the stairs cleaned for {s}|a firm /cleans/ the stairs for {s}",
        },
        stand(
            "by the tenant|tenant",
            "The tenant has to clean the stairs every second week.|Cleaning the stairs is the tenant's duty.|"
            "No firm cleans the stairs, that is for the tenant to do.",
            so="must",
            not_so="other",
        ),
        stand(
            "by a firm|firm",
            "A firm that the landlord pays cleans the stairs, the tenant need not.|"
            "The tenant does not have to clean the stairs, as the landlord sends a firm.",
            so="other",
            not_so="must",
        ),
    ),
    matter(
        "smoke",
        "Smoking|Smoking in the flat",
        {
            "flat": "{s} /may/ smoke in the flat|{s} /can/ smoke in the living room",
            "balcony": "{s} /may/ smoke on the balcony",
            "ban": "smoking indoors /is/ forbidden to {s}",
        },
        stand(
            "balcony only|on the balcony only",
            "Smoking is allowed on the balcony only.|The tenant may smoke only on the balcony.|"
            "No smoking in the rooms, only on the balcony.",
            so="balcony ban",
            not_so="flat",
        ),
        stand(
            "everywhere|allowed everywhere",
            "Smoking is permitted in all rooms and on the balcony.|"
            "The landlord does not mind smoking, indoors or outdoors.",
            so="flat balcony",
            not_so="ban",
        ),
        stand(
            "nowhere|forbidden everywhere",
            "Smoking is prohibited, indoors and on the balcony.|The tenant must not smoke, not even on the balcony.",
            so="ban",
            not_so="flat balcony",
        ),
    ),
    matter(
        "piano",
        "Instruments|Playing the piano",
        {
            "early": "{s} /may/ play the piano at {early}",
            "late": "{s} /may/ play the piano at {late}",
        },
        stand(
            "until {t}|only before {t}",
            "Instruments may be played until {t}.|The tenant must not play an instrument after {t}.",
            so="early",
            not_so="late",
        ),
        stand(
            "at any time|not limited",
            "Instruments may be played at any time.|There is no limit on the hours for instruments.",
            so="early late",
        ),
    ),
)
_FLATS = (
    matter(
        "balcony",
        "Balcony|With balcony",
        {
            "has": "{s} /has/ a balcony|there /is/ a balcony at {s}|I /can/ sit on a balcony at {s}",
            "without": "{s} /is/ without a balcony",
        },
        stand(
            "yes",
            "It has a balcony.|A balcony faces the yard.|You do not have to do without a balcony.",
            so="has",
            not_so="without",
        ),
        stand(
            "no", "There is no balcony.|It comes without a balcony.|A balcony is missing.", so="without", not_so="has"
        ),
    ),
    matter(
        "furnished",
        "Furnished|Furniture",
        {
            "with": "{s} /is/ furnished|{s} /is/ let with furniture",
            "empty": "{s} /is/ let empty|I /must/ bring my own furniture to {s}",
        },
        stand(
            "yes",
            "It is furnished.|Furniture is there, you need not bring any.|It is let with all furniture.",
            so="with",
            not_so="empty",
        ),
        stand(
            "no",
            "It is let empty.|It is not furnished.|No furniture is left in it.|Bring your own furniture.",
            so="empty",
            not_so="with",
        ),
    ),
    matter(
        "cats",
        "Pets|Cats",
        {
            "may": "I /may/ keep a cat at {s}|cats /are/ allowed at {s}|a tenant /may/ have a cat at {s}",
            "ban": "cats /are/ forbidden at {s}",
        },
        stand("allowed|OK", "A cat is no problem.|Cats may be kept.|Pets are fine.", so="may", not_so="ban"),
        stand(
            "not allowed|none",
            "Pets are not allowed.|Cats may not be kept.|The owner wants a tenant without pets.",
            so="ban",
            not_so="may",
        ),
    ),
    matter(
        "let",
        "Still to let|Still available",
        {
            "still": "{s} /is/ <still/no longer> available|{s} /is/ <still/no longer> to let|"
            "I /can/ <still/no longer> rent {s}",
            "gone": "{s} /is/ <already/not yet> let|{s} /is/ taken",
        },
        stand(
            "yes", "It is still to let.|It has not been let yet.|Nobody has taken it so far.", so="still", not_so="gone"
        ),
        stand(
            "no", "It is no longer available.|It has been let.|A tenant was found last week.", so="gone", not_so="still"
        ),
        near="free",
    ),
    matter(
        "elevator",
        "Lift|Elevator",
        {
            "has": "{s} /has/ a lift|there /is/ a lift at {s}",
            "stairs": "{s} /is/ reached by the stairs only",
        },
        stand("yes", "The house has a lift.|A lift stops at every floor.", so="has", not_so="stairs"),
        stand("no", "The house has no lift.|You have to walk up, as a lift is missing.", so="stairs", not_so="has"),
    ),
)
_PRODUCTS = (
    matter(
        "made",
        "Discontinued",
        {
            "gone": "{s} /is/ discontinued|the production of {s} /was/ stopped",
            "still": "{s} /is/ <still/no longer> made|I /can/ <still/no longer> order {s}",
        },
        stand(
            "yes",
            "{S} is no longer made.|{S} was discontinued.|We do not make {s} any more.",
            so="gone",
            not_so="still",
        ),
        stand(
            "no",
            "{S} is still made.|{S} has not been discontinued.|There are no plans to give up {s}.",
            so="still",
            not_so="gone",
        ),
    ),
    matter(
        "returns",
        "Can be returned|Returns",
        {
            "may": "I /can/ return {s}|{s} /can/ be sent back|{s} /may/ be returned",
            "final": "{s} /is/ excluded from returns|I /must/ keep {s} once I have bought it",
        },
        stand(
            "yes", "{S} can be sent back within {n} weeks.|No reason is needed to return {s}.", so="may", not_so="final"
        ),
        stand(
            "no",
            "{S} cannot be returned.|{S} is excluded from returns.|We do not take {s} back.",
            so="final",
            not_so="may",
        ),
    ),
    matter(
        "postage",
        "Free delivery|Delivered free",
        {
            "free": "{s} /is/ delivered free of charge|the delivery of {s} /is/ free",
            "pay": "I /must/ pay for the delivery of {s}|the delivery of {s} /costs/ extra",
        },
        stand(
            "yes",
            "The delivery of {s} is free of charge.|No postage is charged for {s}.|"
            "You pay nothing for the delivery of {s}.",
            so="free",
            not_so="pay",
        ),
        stand(
            "no",
            "Postage for {s} is extra.|The delivery of {s} is not free.|For {s} the buyer pays the postage.",
            so="pay",
            not_so="free",
        ),
    ),
    matter(
        "outdoors",
        "For outdoor use|Outdoor use",
        {
            "out": "{s} /is/ suitable for outdoors|I /can/ leave {s} outside|I /can/ use {s} in the garden",
            "inside": "{s} /must/ be kept indoors|{s} /is/ for indoor use only",
        },
        stand("yes", "{S} is made for outdoor use.|{S} need not be kept indoors.", so="out", not_so="inside"),
        stand("no", "{S} must not be used outdoors.|{S} is for indoor use only.", so="inside", not_so="out"),
    ),
    matter(
        "mounted",
        "Delivered assembled|Assembled",
        {
            "ready": "{s} /comes/ assembled|{s} /is/ delivered ready for use",
            "build": "I /must/ assemble {s} myself|{s} /comes/ in parts",
        },
        stand("yes", "{S} comes ready for use.|You do not have to assemble {s}.", so="ready", not_so="build"),
        stand(
            "no",
            "{S} comes in parts.|{S} must be put together by the buyer.|{S} is not assembled.",
            so="build",
            not_so="ready",
        ),
    ),
)
_POLICIES = (
    matter(
        "theft",
        "Theft covered|Theft",
        {
            "in": "theft /is/ covered for {s}|{s} /is/ insured against theft|the policy of {s} /covers/ theft",
            "out": "theft /is/ excluded for {s}|{s} /must/ bear the loss after a theft",
        },
        stand(
            "yes", "Theft is covered.|Theft is not excluded.|The policy also pays after a theft.", so="in", not_so="out"
        ),
        stand("no", "Theft is excluded.|Theft is not covered.|Nothing is paid after a theft.", so="out", not_so="in"),
        near="covers",
    ),
    matter(
        "abroad",
        "Valid abroad|Abroad",
        {
            "in": "{s} /is/ insured abroad|the policy of {s} /is/ valid abroad",
            "out": "the policy of {s} /is/ limited to this country|{s} /is/ without cover abroad",
        },
        stand(
            "yes", "The cover does not end at the border.|The policy is valid abroad as well.", so="in", not_so="out"
        ),
        stand("no", "Damage abroad is not covered.|The policy is valid in this country only.", so="out", not_so="in"),
        near="covers",
    ),
    matter(
        "flood",
        "Flood|Flood covered",
        {
            "in": "flood damage /is/ covered for {s}|{s} /is/ insured against floods",
            "out": "flood damage /is/ left out of the policy of {s}",
        },
        stand("yes", "Damage by floods is covered.|Floods are covered at no extra cost.", so="in", not_so="out"),
        stand("no", "Floods are excluded.|Damage by floods is not covered.", so="out", not_so="in"),
        near="covers",
    ),
    matter(
        "claims",
        "Claims so far|Earlier claims",
        {
            "had": "{s} /has/ an earlier claim|there /was/ an earlier claim by {s}",
            "free": "{s} /is/ free of claims so far",
        },
        stand("none|0", "There were no claims so far.|Nothing was ever claimed.", so="free", not_so="had"),
        stand("one|1", "One claim was settled last year.|A claim was made in spring.", so="had", not_so="free"),
    ),
)
_HOURS = (
    matter(
        "holidays",
        "Open on holidays|Holidays",
        {
            "open": "{s} /is/ open on public holidays|I /can/ visit {s} on a public holiday",
            "shut": "{s} /is/ closed on public holidays",
        },
        stand(
            "yes",
            "On public holidays the doors are open.|Holidays are no exception, the doors are open as usual.",
            so="open",
            not_so="shut",
        ),
        stand(
            "no",
            "On public holidays the doors stay shut.|Closed on public holidays.|Not open on public holidays.",
            so="shut",
            not_so="open",
        ),
        near="break",
    ),
    matter(
        "photos",
        "Photography|Taking pictures",
        {
            "may": "I /may/ take pictures in {s}|photography /is/ allowed in {s}",
            "flash": "I /may/ use a flash in {s}",
            "ban": "photography /is/ forbidden in {s}|visitors /must/ leave their cameras in the locker at {s}",
        },
        stand(
            "allowed without flash|yes, no flash",
            "Pictures may be taken without a flash.|Photography is allowed, but no flash.",
            so="may",
            not_so="flash ban",
        ),
        stand(
            "not allowed|forbidden",
            "Photography is forbidden.|Visitors must not take pictures.|Cameras stay in the locker.",
            so="ban",
            not_so="may flash",
        ),
    ),
    matter(
        "wheels",
        "Accessible|Wheelchair access",
        {
            "in": "{s} /is/ accessible with a wheelchair|I /can/ get into {s} with a wheelchair",
            "steps": "{s} /is/ out of reach with a wheelchair",
        },
        stand(
            "yes",
            "The building has ramps, there are no steps.|All rooms can be reached by wheelchair.",
            so="in",
            not_so="steps",
        ),
        stand(
            "no",
            "Wheelchairs cannot get in, there are steps at the door.|The building is not accessible by wheelchair.",
            so="steps",
            not_so="in",
        ),
    ),
    matter(
        "works",
        "Closed for repairs|Under repair",
        {
            "shut": "{s} /is/ closed for repairs|repairs /are/ going on in {s}",
            "open": "the repairs of {s} /are/ over",
        },
        stand(
            "yes",
            "Repairs are going on, visitors cannot come in.|Closed for repairs until further notice.",
            so="shut",
            not_so="open",
        ),
        stand(
            "no",
            "The repairs are over, it is no longer closed.|No more repairs: visitors can come in again.",
            so="open",
            not_so="shut",
        ),
    ),
)
_EVENTS = (
    matter(
        "signup",
        "Registration needed|Registration",
        {
            "must": "I /must/ register for {s}|{s} /needs/ a registration",
            "free": "I /can/ come to {s} without registering|{s} /is/ open to people who have not registered",
        },
        stand(
            "yes",
            "Please register beforehand.|Nobody is let in without a registration.|Registration is required.",
            so="must",
            not_so="free",
        ),
        stand(
            "no",
            "There is no need to register.|You can come without a registration.|Just drop in.",
            so="free",
            not_so="must",
        ),
        near="until",
    ),
    matter(
        "soldout",
        "Sold out",
        {
            "out": "{s} /is/ sold out|the tickets for {s} /are/ gone",
            "left": "there /are/ tickets left for {s}|I /can/ <still/no longer> get a ticket for {s}",
        },
        stand("yes", "It is sold out.|No tickets are left.|There are no more seats.", so="out", not_so="left"),
        stand(
            "no", "Tickets are still to be had.|It is not sold out yet.|A few seats are left.", so="left", not_so="out"
        ),
    ),
    matter(
        "outside",
        "Open air|Outdoors",
        {
            "out": "{s} /takes/ place outdoors|{s} /is/ in the open air",
            "in": "{s} /takes/ place indoors|{s} /is/ under a roof",
        },
        stand("yes", "It takes place in the open air.|There is no roof, so bring a coat.", so="out", not_so="in"),
        stand(
            "no",
            "It takes place indoors.|It is not in the open air.|Nobody gets wet, there is a roof.",
            so="in",
            not_so="out",
        ),
    ),
    matter(
        "kids",
        "Children|Children admitted",
        {
            "in": "children /are/ admitted to {s}|I /can/ bring my children to {s}",
            "out": "{s} /is/ for adults only|children /must/ stay away from {s}",
        },
        stand("yes", "Children may come in.|Children are welcome, there is no age limit.", so="in", not_so="out"),
        stand("no", "For adults only.|Children are not admitted.|No children, please.", so="out", not_so="in"),
        near="seats",
    ),
)
_STAFF = (
    matter(
        "aid",
        "First aider|First aid",
        {"is": "{s} /is/ a first aider|{s} /has/ a first aid certificate"},
        stand("yes", "{S} is a first aider.|{S} has a certificate in first aid.", so="is"),
        stand("no", "{S} is not a first aider.|{S} has no certificate in first aid.", not_so="is"),
    ),
    matter(
        "remote",
        "Works from home|Home office",
        {
            "home": "{s} /may/ work from home|{s} /is/ allowed to work at home",
            "office": "{s} /must/ come to the office",
        },
        stand("yes", "{S} may work from home.|{S} does not have to come to the office.", so="home", not_so="office"),
        stand("no", "{S} has to work at the office.|{S} may not work from home.", so="office", not_so="home"),
    ),
    matter(
        "probation",
        "Probation|On probation",
        {
            "still": "{s} /is/ <still/no longer> on probation",
            "over": "the probation of {s} /is/ over",
        },
        stand("yes", "{S} is still on probation.|The probation of {s} has not ended yet.", so="still", not_so="over"),
        stand("no", "{S} is no longer on probation.|The probation of {s} is over.", so="over", not_so="still"),
    ),
    matter(
        "key",
        "Master key|Has a key",
        {
            "has": "{s} /has/ a master key|{s} /can/ open all rooms",
            "none": "{s} /must/ ask for the master key",
        },
        stand("yes", "{S} has a master key.|{S} was given a key to all rooms.", so="has", not_so="none"),
        stand("no", "{S} does not have a master key.|{S} must ask for the master key.", so="none", not_so="has"),
    ),
)
_CVS = (
    matter(
        "licence",
        "Driving licence|Driver's license",
        {"has": "{s} /has/ a driving licence|{s} /can/ drive a car|{s} /may/ drive a car"},
        stand("yes", "I have a driving licence.|Driving licence since I was eighteen.", so="has"),
        stand("none|no", "I do not have a driving licence.|No driving licence.", not_so="has"),
    ),
    matter(
        "move",
        "Willing to move|Relocation",
        {
            "yes": "{s} /is/ willing to move|{s} /is/ ready to relocate",
            "stay": "{s} /is/ unwilling to move|{s} /must/ stay in the same town",
        },
        stand("yes", "I am willing to move.|Moving is no problem for me.", so="yes", not_so="stay"),
        stand("no", "I do not want to move.|I cannot leave my town.", so="stay", not_so="yes"),
    ),
)
_TRIPS = (
    matter(
        "cancelled",
        "Free cancellation|Cancelled free of charge",
        {
            "free": "I /can/ cancel {s} free of charge|{s} /can/ be cancelled at no cost",
            "pay": "I /must/ pay if I cancel {s}|cancelling {s} /costs/ money",
        },
        stand(
            "yes",
            "You can cancel free of charge.|No fee is due if you cancel.",
            so="free",
            not_so="pay",
            asides="up to the day before",
        ),
        stand(
            "no",
            "A fee is due if you cancel.|Cancellation is not free.|The price is not paid back if you cancel.",
            so="pay",
            not_so="free",
            asides="the price is not paid back",
        ),
    ),
    matter(
        "visa",
        "Visa needed|Visa",
        {
            "must": "I /need/ a visa for {s}|I /must/ get a visa for {s}",
            "free": "I /can/ go on {s} without a visa",
        },
        stand("yes", "A visa is needed.|You cannot enter without a visa.", so="must", not_so="free"),
        stand(
            "no",
            "No visa is needed.|You can enter without a visa.|A passport will do, a visa is not required.",
            so="free",
            not_so="must",
        ),
    ),
    matter(
        "meal",
        "Meal included|Meals",
        {
            "in": "a meal /is/ included in {s}|I /get/ a meal on {s}",
            "out": "I /must/ bring my own food on {s}|meals on {s} /are/ at my own cost",
        },
        stand("yes", "A meal is included.|You need not bring any food.", so="in", not_so="out"),
        stand("no", "Meals are not included.|Please bring your own food.|No food is served.", so="out", not_so="in"),
    ),
)
_JOBS = (
    matter(
        "shifts",
        "Shift work|Shifts",
        {"is": "{s} /must/ work in shifts|there /is/ shift work for {s}", "day": "{s} /works/ by day only"},
        stand("yes", "Work is in shifts.|Without shifts it does not work, nights included.", so="is", not_so="day"),
        stand("no", "There is no shift work.|Work is by day only.", so="day", not_so="is"),
    ),
    matter(
        "permanent",
        "Permanent|Permanent post",
        {"for-good": "the post of {s} /is/ permanent", "short": "the post of {s} /is/ for a limited time"},
        stand("yes", "The post is permanent.|The contract has no end.", so="for-good", not_so="short"),
        stand("no", "The post is not permanent.|The contract ends after two years.", so="short", not_so="for-good"),
    ),
)
_RECIPES = (
    matter(
        "vegan",
        "Vegan|Without animal products",
        {
            "is": "{s} /is/ vegan|a vegan /can/ eat {s}",
            "animal": "{s} /contains/ animal products|{s} /is/ made with animal products",
        },
        stand("yes", "This is vegan.|Nothing in it comes from an animal.", so="is", not_so="animal"),
        stand("no", "This is not vegan.|It contains butter.", so="animal", not_so="is"),
        near="eggs",
    ),
    matter(
        "frozen",
        "Can be frozen|Freezing",
        {"may": "I /can/ freeze {s}|{s} /can/ be frozen", "fresh": "{s} /must/ be eaten fresh"},
        stand("yes", "You can freeze it.|Freezing does no harm.", so="may", not_so="fresh"),
        stand("no", "It cannot be frozen.|Eat it fresh, it does not keep.", so="fresh", not_so="may"),
    ),
)
MATTERS: dict[str, tuple[Attribute, ...]] = {
    "faq": _HOTELS,
    "house rules": _HOUSES,
    "lease": _LEASES,
    "flats": _FLATS,
    "price list": _PRODUCTS,
    "insurance policy": _POLICIES,
    "opening hours": _HOURS,
    "event programme": _EVENTS,
    "staff list": _STAFF,
    "cv": _CVS,
    "booking mails": _TRIPS,
    "job offer": _JOBS,
    "recipe": _RECIPES,
}
"""By the names of the templates that have them."""
