"""Several words of a question that mean one thing, such as "how long" and "paid back"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

IN_ORDER: Final = r"""
-: (?:for|to) (?:my|our) (?:own )?records
mydata: (?:send|give|get)(?: me)?(?: all)?(?: of)? my (?:own |personal )?data(?! (?:as|in|for|of|from)\b)
mydata: (?:what|which)(?: data)? do(?:es)? (?:you|the bot) (?:know|have|keep|store|hold|save) (?:of|about|on) me
forgetme: (?:delete|erase|remove|wipe|forget)(?: all)?(?: of)? my (?:own |personal )?(?:data|account|information|info)
forgetme: (?:delete|erase|remove) me
forgetme: forget (?:all )?(?:about )?me
export: send (?:me |us )?(?:all )?(?:(?:of )?(?:my|our|the) )?(?:books|everything|entries|transactions|history|connects)
export: send (?:me|us)(?: it| this| that)?(?= (?:as|in|for)\b|$)
export accountant: (?:send|give) (?:to )?(?:my|our|the) (?:accountant|bookkeeper|partner)
formats: (?:what|which) (?:file )?(?:formats?|forms)(?: (?:do you have|are there|can you (?:write|make)))?
formats: (?:how (?:do|can|to)|what can)(?: i| we)? export
file: google sheets?
report: year[- ]end report
report: web ?page|an? page (?:for|of|about)
balance: closing balance
export: (?:a )?copy of (?:all )?(?:my|our|the) (?:books|entries|transactions|history)
balance: do (?:i|we) have to spend
limit: how much (?:more )?(?:may )?(?:i|we) (?:still )?spend(?: more)?
limit: (?:am|are) (?:i|we)(?: still)? allowed(?: to spend)?
limit: (?:over|within|under|below|above|near|at) (?:my |the |our )?limits?
target: on target
balance: can (?:i|we)(?: still)? spend
balance: (?:free|paid) connects
band: (?:by|per) prices?
forecast: should (?:i|we) do(?: next| first)?
effect best: (?:get|win) more
view bid: see (?:my|our|the) (?:bid|proposal)s?
subscribing: how (?:do|can|should|to)(?: i| we| you)? (?:subscribe|unsubscribe)
claiming: how (?:do|can|should|to)(?: i| we| you)? claim
menu: ^(?:list |show(?: me)? )?everything(?: you can do)?$
boost compare: boost(?:ed|s)? or not
unit: (?:costs?|prices?) (?:per|of|of an?|of one|for an?|for one) connects?
unit: (?:pay|paid) (?:per|for an?|for one|for each) connects?
unit: how (?:much|expensive) (?:is|was|does) (?:an?|one) connects?(?: costs?)?
unit: what (?:is|was|does|did) (?:an?|one) connects?(?: costs?)?
chart reply: (?:best|worst|cheapest|dearest|strongest|weakest) (?:month|quarter)
menu: what can (?:i|we) ask(?: you)?
menu: ^(?:back|home|go (?:back|home)|start over)$
thanks: ^(?:ok|okay|k|alright|i see|understood)$
forecast: what (?:to|should (?:i|we)|can (?:i|we)) do(?: next| now)
menu: (?:open|main|back to(?: the)?|go to(?: the)?) menu
howto: (?:how (?:do|can|should|to)|where (?:do|can))(?: i| we| you)? (?:book|add|enter|record|log)
undoing: how (?:do|can|should|to)(?: i| we| you)? (?:undo|delete|remove|take back)
returning: how (?:do|can|should|to)(?: i| we| you)? (?:return|refund|give back)
correcting: how (?:do|can|should|to)(?: i| we| you)? (?:correct|adjust|fix)
telling: how (?:do|can|should|to)(?: i| we| you)? (?:tell(?: you)?|mark|note)
thanks: ^(?:good|nice|great) (?:job|work|bot)$
thanks: ^well done$
stats: (?:is|are) (?:it|things|everything) going (?:well|ok|okay|fine)
own: in (?:my|the|our) (?:wallet|account|bank)
forecast: how fast (?:am|are|do|did|is|will) (?:i|we|they|it|my connects) (?:burn|spend|us|go)\w*
runout: (?:am|are) out
cost \g<of>: (?:average|avg|mean|usual) (?P<of>bid|proposal|boost)
client spend: who (?:has )?paid
client effect: earn(?:ed)? (?:it |them |that |my money )?back
rate: (?:return|returns) on(?: (?:my|our))? (?:connects|investment|money|bids)
rate: per (?:bid|proposal|application)
effect: (?:does|did|will) it pay(?: off)?
tag: (?:what|which) (?:types?|kinds?|sorts?) of (?:jobs?|work|projects?)
buy: (?:pay|paid|spend|spent) (?:for|on) connects
buy need: (?:next|another) (?:purchase|top-?up)
menu: ^(?:what|who) (?:is|are) (?:this|you|it|that)(?: bot)?(?: for)?$
menu: ^what (?:now|next)$
forecast: what (?:should|shall|must|do|to)(?: i| we)? (?:need to )?do (?:next|now)
forecast: (?:is )?(?:the (?:one|next) thing )?worth doing(?: next| now)?
budget: (?:over|within|under|below|above|stay in) (?:my |the |our )?budget
budget: how (?:is|are) (?:my |the |our )?budget (?:doing|going|looking)
menu: i (?:am|are) (?:lost|stuck|confused|new(?: here)?)
menu: what (?:else )?can (?:you|i|we|it|the bot|this bot)(?: \w+)? do
menu: what (?:do|does) (?:you|the bot|this bot|this|it) do
menu: how (?:do|does|can|should) (?:i|we|this|it|that|you)(?: bot)? (?:use (?:you|this|it)|work)
menu: (?:where|how) (?:do|can|should) (?:i|we) (?:begin|start)
whoami: who am i
thanks: (?:thanks|thank you) (?:a lot|so much|very much)
thanks: many thanks
member stats: how (?:is|are|was|were) (?:my |the |our )?(?:team|people|everyone|everybody|others) (?:doing|going)
member stats: how did (?:my |the |our )?(?:team|members|people|everyone|everybody|others) (?:do|perform)
stats: how (?:am|are|was|were|is) (?:i|we|it|things|business|(?:my|our) \w+) (?:doing|going|performing)
stats: how (?:have|has) (?:i|we|it|things|business|(?:my|our) \w+) been (?:doing|going|performing)
stats: how did (?:i|we|it|things|business|(?:my|our) \w+) (?:do|go|perform)
stats: how (?:is|was) (?:business|everything)
stats: (?:am|are) (?:i|we) doing (?:well|ok|okay|fine|good|better|all right|alright)
long own: how many (?:days|weeks|months) (?:do (?:i|we) have(?: left)?|are left|are there|left)
runout: (?:run|runs|running|ran) (?:out|dry|low)
runout: (?:hit|hits|reach|reaches|at|until) (?:zero|0|nothing)
runout: (?:be|are|is|am) (?:empty|out of(?= connects?)|gone|all gone)
runout: (?:all )?used up
need: (?:have|has|got) to(?= (?:buy|get|apply|bid))
cost: how (?:much|expensive) (?:is|are|was|were|do|does|did|per|for)(?: (?:a|an|one|each|the))?(?= (?:repl|hir|view))
cost: how (?:much|expensive) (?:is|are|was|were|do|does|did|per|for)(?: (?:a|an|one|each|the))?(?= (?:respon|answ))
cost: how (?:much|expensive) (?:is|are|was|were|do|does|did|per|for)(?: (?:a|an|one|each|the))?(?= (?:interv|client))
cost: how (?:much|expensive) (?:is|are|was|were|do|does|did|per|for)(?: (?:a|an|one|each|the))?(?= (?:boost|bid|prop))
cost: how (?:expensive|costly|dear)
cost: (?:connects|money|dollars|pay|paying|spend|spending) (?:per|for (?:an?|each|every|one))(?! (?:day|week|month))
many: how (?:many|much)
many: number of
many: amount of
many: count of
long: how (?:long|far)
long: until when
long: till when
-: so far
-: up to now
-: as of now
-: until now
-: till now
-: right now
expired: did (?:i|we) lose
expired: have (?:i|we) lost
expired: did (?:\w+ ){0,3}expire
expire: go(?:es|ing)? to waste
rate: how (?:often|likely|probable)
rate: what (?:share|part)
rate: out of (?:all|my) \w+
trend: (?:per|each|every|a|by) (?:day|week|month)
trend: over time
trend: (?:week|month) (?:by|after|over|to) (?:week|month)
trend: go(?:es|ing)? (?:up|down)
trend: went (?:up|down)
returned: (?:came|come|comes|coming|get|gets|got|getting|give|gave|go|goes|went) back
effect: (?:pays?|paid|paying) (?:itself|themselves|off)
effect: (?:makes?|made) (?:any )?(?:sense|difference)
balance: what (?:is|are) (?:(?:my|the|our|those|these) )?(?:connects|balance|lots|they|it) worth
balance: value of
effect: (?:earns?|earned|pays?|paid) back
effect: worth it
effect: (?:the )?point of
effect: (?:a )?waste(?: of \w+)?
effect: roi
lots: (?:come|comes|came) from
recent: (?:last|latest|recent)(?: few| \d)?(?= (?:proposals?|bids?|entries|entry|bookings?|applications?)\b)
income: (?:did|do|have) (?:i|we) (?:make|made)(?= (?:on|from|with) upwork|$)
band: (?:small|smaller|big|bigger|large|larger|cheap|cheaper|expensive)(?: (?:jobs?|projects?|ones|budgets?))?
band: price (?:bands?|ranges?|levels?)
band: (?:job|project) (?:sizes?|budgets?)
age: (?:job|posting)s? age
age: age of (?:the |a )?(?:job|posting)s?
age: how (?:early|late|soon|quickly|fast)
age: (?:fresh|new|old) (?:jobs?|postings?)
waiting: (?:no|without(?: an| a| any)?|not) (?:answers?|answered|repl(?:y|ied|ies)|responses?)
waiting: (?:did|has|have|do) not (?:answer|answered|reply|replied|respond|responded|come back)
hire: (?:got|get|gets|landed?|wins?|won) (?:a |the |any )?(?:jobs?|contracts?|gigs?|work)
became: (?:became|become|happened|came) (?:of|to|with)
became: (?:status|state) of
became: anything new
became: (?:any )?news
-: (?:lead|led|leads) to
-: turn(?:ed|s)? into
-: end(?:ed|s)? (?:up )?in
match: (?:is|are) (?:this|it|that|(?:my|the|our) \w+) (?:right|wrong)
own: do (?:i|we)(?: still)? have
own: have (?:i|we)(?: got)?
own: (?:i|we)(?: still)? (?:have|got)
own: (?:is|are) there
"""
"""A meaning and its words, in the order in which they are looked for; with "-", the words mean nothing."""


def _phrases() -> Iterator[tuple[re.Pattern[str], str]]:
    for line in IN_ORDER.strip().splitlines():
        meaning, _, words = line.partition(": ")
        yield re.compile(rf"(?<!\S)(?:{words})(?!\S)"), meaning.strip("-")


PHRASES: Final = tuple(_phrases())
