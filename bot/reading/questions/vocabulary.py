"""What the words of a question are about: each has one meaning, or says no more than the words around it."""

from __future__ import annotations

import re
from typing import Final

OUTCOMES: Final = "reply view interview hire invite"
"""The meanings of what becomes of proposals."""

WORDS: Final = """
menu: menu map commands features options
hello: hi hello hey hiya greetings howdy
thanks: thanks thank thx cheers ty great nice cool perfect awesome
many: many count total sum amount number
own: have left available remaining remain remains owned stock
balance: balance balances
connects: connect connects
spend: spend spent spends use used uses burn burned burnt blow blew put paid pay pays paying invest invested
spending: spending spendings expense expenses expenditure outlay usage consumption
cost: cost costs costing costed price prices
money: money dollars dollar usd cash
go: go goes going gone went
where: where
when: when
boost: boost boosts boosting boosted
bid: bid bids bidding proposal proposals application applications applied apply applying pitch pitches sent
  submitted send
reply: reply replies replied replying response responses respond responded responds answer answers answered
view: view views viewed seen opened
interview: interview interviews interviewed interviewing
hire: hire hires hired hiring winning win wins won contract contracts award awarded landed
invite: invite invites invited invitation invitations
ended: declined rejected closed archived withdrawn
waiting: waiting unanswered ghosted silent outstanding ignored
open: open active pending ongoing
became: status news stand
job: job jobs gig gigs project projects
client: client clients customer customers
income: earn earned earns earning earnings income incomes revenue profit profits profitable
rate: rate rates ratio percent percentage % success successful chance chances odds conversion convert converts often
stats: stats stat statistics statistic figures numbers summary overview performance performing analytics metrics
  results kpi kpis recap insights progress
report: report reports
statement: statement statements
file: file files csv excel xlsx xls ods spreadsheet spreadsheets beancount fava hledger pdf html
  print printout printable
invoice: invoice invoices receipt receipts
calendar: calendar ics ical icalendar
accountant: accountant accountants accountant's partner partners bookkeeper bookkeeping accounting tax taxes vat
forecast: forecast forecasts runway projection projections predict prediction outlook pace estimate enough afford
  advice tip tips recommend recommendation suggestion
last: last lasts lasting suffice suffices
expire: expire expires expiring expiry expiries unspent unused expiration expirations lapse lapses lapsing lose losing
expired: expired lapsed lost
chart: chart charts graph graphs picture pictures pic pics plot plots plotted diagram diagrams image images visual
  visuals visualise visualize draw drawing curve histogram
funnel: funnel pipeline stages
trend: trend trends weekly monthly yearly annual daily develop developed evolve evolved change changed drop dropped
  fall fell falling grow grew rise rose
who: who whom whose
member: member members leaderboard ranking team teammate teammates people person everyone everybody colleague
  colleagues
profile: profile profiles persona personas
tag: tag tags category categories niche niches keyword keywords skill skills topic topics
band:
age: age speed timing early earlier late later fresh fast faster quickly quick
help: help
effect: helps helped helping work works worked working worth useful effective payoff difference matter matters
  improve improves worthwhile good pointless waste wasted increase increases improving
best: best top strongest better most
worst: worst weakest costliest worse least
compare: compare compared comparison versus vs against than plain unboosted
buy: bought purchase purchased purchases buying buy topup
need: need needs should must ought
returned: returned refunded refunds refund returns owe owes owed back
history: history entries entry booked book bookings happened journal log activity movements transactions
recent: recent recently latest lately newest
lots: lot lots
settings: settings setting preferences preference currency zone timezone language plan dark light theme
off: off mute silence disable stop
alerts: alerts alert notifications notification reminders reminder warnings remind notify digest
import: import importing upload uploading
page: page pages screenshot
offers: promotions promotion promo promos contest contests offers giveaway giveaways prize prizes gift gifts
  bonus code codes
export: export exports exporting download downloads backup data dump gdpr
formats:
match: match matches correct differ differs different mismatch wrong reconcile reconciled accurate
upwork: upwork upwork's
budget: budget
limit: limit limits quota quotas allowance cap
target: target targets goal goals
unit:
whoami:
mydata:
forgetme:
runout:
howto:
undoing:
returning:
correcting:
telling:
subscribing:
claiming:
soon:
long:
"""
"""The words of each meaning, which is a word for itself as well. What is indented goes on with the meaning above."""

ASKING_WORDS: Final = """
how what when which who whom whose where why is are was were am do does did can could has have should will show list
give tell any display draw plot visualise visualize number total owed
"""
ASKING: Final = frozenset(ASKING_WORDS.split())
"""Words with which a question or a wish begins."""
NAMING_WORDS: Final = """
my our connects bids proposals recent last latest all money
"""
NAMING: Final = frozenset(NAMING_WORDS.split())
"""Words with which people name what they wish to see, if nothing has become of it: "my bid was viewed" states that."""
FATES: Final = frozenset((*OUTCOMES.split(), "ended", "returned", "waiting"))
"""Meanings that may state what became of something."""
STATING_WORDS: Final = """
hired viewed seen opened replied responded answered invited interviewed declined rejected won awarded landed
returned refunded closed archived withdrawn expired
"""
STATING: Final = frozenset(STATING_WORDS.split())
"""Words that state what became of something, unless somebody asks."""
FATE_OF: Final = re.compile(
    r"\b(?:repl(?:y|ies)|responses?|answers?|views?|interviews?|hires?|contracts?|invit(?:es?|ations?)) "
    r"(?:for|on|from|to|with|about)\b"
)
"""What became of something, and then its title: "interview for Data pipeline"."""
LISTS: Final = re.compile(r"\b(?:replies|answers|views|interviews|hires|wins|invites|invitations|refunds)\b")
"""What became of several proposals, which nobody states in one line."""
QUESTIONED_WORDS: Final = """
best chart compare effect forecast funnel member profile rate stats tag trend worst
"""
QUESTIONED: Final = frozenset(QUESTIONED_WORDS.split())
"""Meanings that only a question has, so that a line with one of them states nothing."""
FILLERS_WORDS: Final = """
a about account actually again all already also am an and another any anybody anyone anything approximately are as
at average avg bank be been being between bit books bot break breakdown bring bro by can check coming could current
currently date day days did display do does doing down dude due during each ever every everything exactly far few
find first for freelancer freelancing from full get gets getting give going got gotten had has here hmm how i if in
into is it it's its just kind kindly kinds know let lets like list little look looking made make makes mate may me
mean might mine missing mode moment month months more much my myself next not now of oh ok okay on one ones or other
our ours out overall per period please pls plz really right roughly see set shall show shows side sir so some
somebody someone something sort split still stuff tell that the their them then there these they thing things this
those till time times to too turn type types uh um until up us very wallet wanna want was we week weeks well were
what whether which whole why will with wonder would year years yet you your
"""
FILLERS: Final = frozenset(FILLERS_WORDS.split())
"""Words that say no more than those around them. One that has a meaning, too, keeps it."""
POLITE: Final = re.compile(
    r"^(?:(?:hey|hi|hello|please|pls|plz|ok|okay|so|and|but|well|um|hmm|bot|now|also|just|"
    r"(?:can|could|will|would) (?:you|u|i|we)(?: please)?(?: (?=show|tell|list|give|draw|plot|see))?|"
    r"tell me|let me|i (?:would |will )?(?:want|like|need)(?: you)? to(?: know)?|i wonder|do you know) )+"
)
"""What stands before a question."""
CONTRACTIONS: Final = tuple(
    (re.compile(pattern), long)
    for pattern, long in (
        (r"\b(what|how|where|when|who|that|it|there)'?s\b", r"\1 is"),
        (r"\b(i|we|they|you)'ve\b", r"\1 have"),
        (r"\b(i|we|they|you)'(?:re|m)\b", r"\1 are"),
        (r"\b(i|we|they|you|it|what)'(?:ll|d)\b", r"\1 will"),
        (r"\b(did|do|does|is|are|was|were|have|has)n'?t\b", r"\1 not"),
        (r"\b([a-z]{3,})'s\b", r"\1"),
        (r"\b(january|february|march|april|june|july|august|september|october|november|december)s\b", r"\1"),
        (r"\bim\b", "i am"),
        (r"\bu\b", "you"),
        (r"\br\b", "are"),
    )
)
"""Short forms, written out."""

GREETINGS: Final = re.compile(r"\bgood (?:morning|evening|afternoon|day)\b")


def _meanings() -> dict[str, str]:
    lines = WORDS.replace("\n  ", " ").strip().splitlines()
    listed = (line.partition(":") for line in lines)
    return {word: meaning for meaning, _, words in listed for word in (meaning, *words.split())}


MEANING_OF: Final = _meanings()
"""The meaning of each word that has one."""
