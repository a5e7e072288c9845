# Every sentence of the bot, in English. A name in { $braces } is a fact; keep all of them.

## Small words
raw = { $text }
never = never
free = free
connects = { $connects ->
    [one] 1 Connect
   *[other] { $connects } Connects
}
signed = { $delta }
day = { $at }
expires-on = expires { $day }
entry-number = #{ $number }
entry-line = #{ $number } · { $deed } · { $delta }
balance-after = { $connects } left
command-name = /{ $command }
option-name = { $option }

## Choices
choice-list = List
choice-launch = Launch
choice-cancel = Cancel
choice-show = Show
choice-send = Send
choice-pause = Pause
choice-start = Start
choice-end = End it
choice-resume = Go on
choice-stop = Stop
choice-resend = Send again
choice-report = Report
choice-edit = Edit
choice-copy = Duplicate
choice-claims = Claims that wait
choice-approve = Approve
choice-refuse = Refuse
choice-yes = Yes, for good
choice-no = No, keep it
choice-on = Yes
choice-off = No
choice-title = Title
choice-text = Text
choice-gives = Connects
choice-ends = End
choice-starts = Begin
choice-winners = Winners
choice-supply = Supply
choice-approval = Approval
choice-code = Code
choice-lasts = Lasts
choice-new = New only
choice-plan = Plan
choice-assessments = Assessments
choice-interviews = Interviews
choice-tags = Tags
choice-platforms = Platforms
choice-languages = Languages
choice-proposal = Proposal
choice-boost = Boost
choice-badge = Availability badge
choice-profile-ad = Profile ad
choice-other = Other
choice-welcome = Welcome bonus
choice-opening = Opening balance
choice-monthly = Monthly Connects
choice-assessment = Assessment
choice-interview = Interview
choice-feedback = Feedback
choice-reward = Reward
choice-promotion = Promotion
choice-purchase = Purchase
choice-return = Returned
choice-adjustment = Correction
choice-basic = Freelancer Basic
choice-plus = Freelancer Plus
choice-agency = Agency
choice-test = Test
choice-group = in the group
choice-private = in private
choice-both = both
choice-low = Low balance
choice-budget = Budget
choice-expiring = Expiring Connects
choice-expired = Expired Connects
choice-runway = Runway
choice-missing = Monthly Connects that did not come
choice-promotion-ending = Expiring promotion Connects
choice-promotion-eve = Contest draws
choice-digest = Weekly digest

## What an entry did
deed-purchase = Purchase
deed-expiry = Expired
deed-adjustment = Correction
deed-return = Return of #{ $of }
deed-undo = Undo of #{ $of }
deed-of-job = { $deed }: job { $job }
deed-titled = { $deed }: { $title }
sum = { $one } + { $other }
cost-free = nothing, they were free
cost-paid = { $price }
cost-mixed = { $price } ({ $free } free, { $paid } paid)
price-taxed = { $price }, of which { $tax } tax

## Labels
field-begins = Begins
field-ends = Ends
field-supply = Supply
field-code = Code
field-approval = Approval
field-doubts = In doubt
field-state = State
field-given = Given
field-chats = { $platform } chats
field-length = Length
field-takes = Takes at least
field-time-left = Time left, at least
field-left = Left
field-lasts = Lasts
field-spent = Spent
field-returned = Returned
field-bought = Bought
field-earned = Earned
field-expired = Expired
field-cost = Cost
field-price = Price
field-posted = Job posted
posted-before = { $age } before this bid
field-expires = Expires
field-free = Free
field-paid = Paid
field-worth = Worth
field-soon = Expiring soon
field-person = You are
field-identity = Known as
field-chat = Chat
field-wallet = Wallet
field-role = Role
field-zone = Time zone
field-currency = Currency
field-plan = Plan
field-low = Low-balance warning
field-cycle = They come
field-where = Told
field-promotions = Promotions and contests
field-quiet = Quiet hours
column-left = Left
column-source = From
column-worth = Worth
column-expires = Expires
column-number = No.
column-day = When
column-change = Change
column-what = What
column-by = By
column-balance = Balance

## Buttons
button-promote = New promotion
button-launch = Launch
button-cancel = Cancel
button-launch-one = Launch { $number }
button-edit = Edit
button-copy = Duplicate
button-waiting = { $number } waiting
button-approve = Approve #{ $number }
button-refuse = Refuse #{ $number }
button-more = More
button-back = Back
button-ask = Ask for it
button-claim = Claim
button-enter = Take part
button-subscribe = Subscribe
button-unsubscribe = No more of these
button-send = { $chats ->
    [one] Send to 1 chat
   *[other] Send to { $chats } chats
}
button-discard = Discard
button-show = Refresh
button-pause = Pause
button-resume = Go on
button-stop = Stop
button-resend = Send again
button-report = Report
button-undo = Undo
button-return = They were returned
button-start = Open my wallet
button-begin = Start
button-help = What can you do?
button-opening = I already hold Connects
button-history = History
button-lots = Lots
button-expiring = What expires soon
button-newer = Newer
button-older = Older
button-start-series = Start
button-end = End it
button-show-series = Show { $number }
button-report-of = Report: { $at }
button-only = Only { $name }
button-spend = Spent on a proposal
button-boost = Spent on a boost
button-bought = Bought
button-buy = I bought { $connects } for { $price }
button-zone = Change time zone
button-currency = Change currency
button-plan = Change plan
button-low = Change warning
button-alerts = All alerts
button-cycle = Day they come
button-where = Where
button-quiet = Quiet hours
button-test = Test
button-budget = Change budget
button-switch-on = Switch on: { $what }
button-switch-off = Switch off: { $what }
button-snooze = Not for a week
button-wake = Tell me again
button-wake-of = Tell again: { $what }
button-write = Write it
button-came = They came: book them
button-no-monthly = No such reminders
button-no-promotions = No such reminders
button-no-digest = No weekly digest
button-run = Run now: { $job }
button-jobs = All jobs
answer-label = Your answer
answer-by-reply = Press one, or reply to this message: { $hint }

## start
start-welcome =
    Hello { $name }! Your wallet is open with { $connects ->
        [one] 1 free Connect
       *[other] { $connects } free Connects
    }. { $expires ->
        [never] They do not expire.
       *[other] They expire on { $expires }.
    }
start-next = Tell me what you spend: /spend 16 Logo redesign, or paste a link to a job.
start-again = Your wallet is open: { $connects ->
    [one] 1 Connect
   *[other] { $connects } Connects
} can be spent.
greet-group = Hello! I keep the books on Upwork Connects. An admin says /start to keep this group's Connects here, and /subscribe to hear of promotions.
start-group = The wallet of { $group } is open and empty. Everyone here can book what the group spends; admins book what comes in.
opening-done = Booked: you start with { $connects ->
    [one] 1 Connect
   *[other] { $connects } Connects
}, in place of the welcome bonus.
opening-group = Booked: the group starts with { $connects ->
    [one] 1 Connect
   *[other] { $connects } Connects
}.
cancelled = Nothing is open now.

## help
help-intro = I keep the books on your Upwork Connects. Say:
help-more = More on one command: /help spend.
help-bare = A bare number or a pasted job link works too.
help-command = { $usage } — { $about }
help-options = Options
help-choices = { $about }: { $known }
help-required = { $about }
help-optional = { $about } (optional)
help-example = For example: { $example }
cmd-start = Open your wallet
cmd-opening = Book what you held before you came here
cmd-help = List the commands, or explain one
cmd-cancel = Close the question that is open
cmd-whoami = Show who I take you for
cmd-spend = Book Connects you spent
cmd-buy = Book Connects you bought
cmd-earn = Book Connects that Upwork gave you
cmd-return = Book Connects that came back
cmd-undo = Take back an entry
cmd-adjust = Correct the books by some Connects
cmd-balance = Show what you can spend
cmd-lots = Show your lots in the order of use
cmd-expiring = Show what expires soon
cmd-history = Show what was booked
cmd-export = Get the whole journal as a CSV file
cmd-settings = Show or change time zone, currency, plan and warning
cmd-alerts = Show or change what I tell you unasked, and your budget
cmd-claim = Claim what a promotion gives
cmd-promote = Write a promotion or a contest
cmd-promo = See and steer the promotions
cmd-edit = Change what a promotion says
cmd-subscribe = Hear announcements in this chat
cmd-unsubscribe = Hear no more announcements here
cmd-announce = Write an announcement to all who subscribed
cmd-announcement = See how far an announcement has come
example-start = /start
example-opening = /opening 87
example-help = /help spend
example-cancel = /cancel
example-whoami = /whoami
example-spend = /spend 16 Logo redesign
example-buy = /buy 60 $9
example-earn = /earn assessment Python
example-return = /return 12
example-undo = /undo
example-adjust = /adjust -2 as Upwork shows it
example-balance = /balance 2026-01-31
example-lots = /lots
example-expiring = /expiring 14
example-history = /history
example-export = /export
example-settings = /settings zone=Europe/Kyiv low=20
example-alerts = /alerts budget=300 days=30,7,1
example-claim = /claim SUMMER
example-promote = /promote Summer bonus gives=20
example-promo = /promo show 7
example-edit = /edit 7 ends 5 days
example-subscribe = /subscribe design, python
example-unsubscribe = /unsubscribe
example-announce = /announce Free portfolio review on Friday tags=design
example-announcement = /announcement show 0t8n5xkabcdef

## Options, as menus and forms show them
opt-topic = The command to explain
opt-task = The job to run
opt-person = The number of who did it
opt-connects = How many Connects
opt-purpose = What they were spent on
opt-job = Link to the job
opt-title = Title of the job
opt-price = What you paid, before tax
opt-tax = Tax on top of the price, such as $1.80 or 20%
opt-source = What they were given for
opt-amount = How many Connects; for feedback, how many stars
opt-name = Name of the assessment or reward
opt-number = Number of the entry
opt-by = How many to add, or to take away with a minus
opt-reason = Why
opt-on = A past day, such as 2026-01-31
opt-days = Within how many days
opt-before = Entries before this number
opt-zone = Time zone, such as Europe/Kyiv
opt-currency = Currency, such as USD
opt-plan = Your plan on Upwork
opt-low = Warn below this many Connects; 0 switches it off
opt-alerts-do = A test goes where your alerts go
opt-alerts-days = How many days before Connects expire, such as 30,7,1; or off
opt-runway = Tell when they will last fewer days than this; 0 or off: never
opt-budget = Connects for a calendar month; 0 or off: no budget
opt-cycle = Day of the month on which your plan's Connects come; 0: as they last came
opt-monthly = Ask when your plan's Connects are due: on or off
opt-promotions = Tell when what a promotion gave is about to end: on or off
opt-digest = A digest every Monday: on or off
opt-where = Where a group's alerts are told
opt-quiet = Hours in which nothing is told, such as 22-8; off, or usual
opt-alert = Which alert
opt-of = The wallet's number
opt-what = Its number or its code
opt-gives = Connects for each who claims or wins
opt-ends = When it ends, such as 3 days or 2026-12-01 09:00
opt-starts = When it begins; left out: now
opt-winners = How many a contest draws; 0: it is no contest
opt-approval = Whether each claim waits for your yes or no
opt-sure = Whether you really mean it
opt-claim = Number of the claim
opt-after = Claims after this number
opt-field = What to change
opt-value = What it says from now on; none takes it away
opt-seen = The version that you saw
opt-supply = Connects that it gives in all, at most
opt-code = A word that must be said to claim it
opt-lasts = Days until what it gives expires
opt-new = Only for those whose wallet is at most so many days old
opt-feedback = Only for those with so much positive feedback
opt-assessments = Only for those with so many assessments
opt-interviews = Only for those with so many interviews
opt-tags = Words it is about, such as design, python; none: everything
opt-text = The text, as it is to be read
opt-platforms = Only there, such as telegram
opt-languages = Only for readers of these languages, such as en, uk
opt-cron = When it comes again, such as: every monday at 9
opt-do = What to do with it
opt-id = Its number

## Questions
ask = { $about }?
hint = your answer
ask-connects = How many Connects?
ask-opening-connects = How many Connects do you hold now?
ask-buy-connects = How many Connects did you buy?
ask-source = What were they given for?
ask-name = What is its name?
ask-amount = How many stars, or Connects?
ask-number = Which entry?
ask-by = By how many Connects? A minus takes away.
ask-on = Which day?
ask-zone = Which time zone? A city will do.
ask-currency = Which currency?
ask-plan = Which plan do you have on Upwork?
ask-low = Warn you below how many Connects? 0 for never.
ask-alerts-days = How many days before they expire? Such as 30,7,1, or off.
ask-runway = Tell you when they will last fewer days than what? 0 for never.
ask-budget = How many Connects for a calendar month? 0 for no budget.
ask-cycle = On which day of the month do your plan's Connects come? 0 for: as they last came.
ask-where = Where shall this group's alerts be told?
ask-quiet = In which hours shall nothing be told? Such as 22-8; off for none, or usual.
ask-what = Which promotion? Its number or its code.
ask-promote-title = What is the promotion called?
ask-promote-text = What is it about? Its text, as people will read it.
ask-promo-sure = Really cancel it? Nobody can claim it any more, what was not sent yet is never sent, and there is no way back.
ask-promo-number = Which promotion? Its number, please.
ask-edit-number = Which promotion? Its number, please.
ask-field = What do you want to change?
ask-value = What shall it be from now on? "none" takes away what need not be there.
ask-claim = Which claim? Its number, please.
ask-gives = How many Connects does each get?
ask-ends = When does it end?
ask-announce-text = What do you want to announce? You see it once more before it is sent.
hint-connects = such as 16
hint-source = such as interview
hint-name = such as Python
hint-amount = such as 5
hint-number = such as 12
hint-by = such as -2
hint-on = such as 2026-01-31
hint-zone = such as Kyiv
hint-currency = such as EUR
hint-plan = such as plus
hint-low = such as 20
hint-days = such as 30,7,1
hint-runway = such as 7
hint-budget = such as 300
hint-cycle = such as 15
hint-quiet = such as 22-8
hint-what = such as SUMMER
hint-gives = such as 20
hint-ends = such as 3 days
hint-text = the text

## Answers
spend-done = #{ $number } booked: { $connects ->
    [one] 1 Connect
   *[other] { $connects } Connects
} · { $deed }
bid-before = Mind: a bid on this job is booked already, as #{ $number }.
bid-before-by = Mind: { $name } bid on this job already, see #{ $number }.
buy-done = #{ $number } booked: { $connects ->
    [one] 1 Connect
   *[other] { $connects } Connects
} bought
earn-done = #{ $number } booked: { $connects ->
    [one] 1 Connect
   *[other] { $connects } Connects
} earned · { $source }
return-done = #{ $number } booked: { $connects ->
    [one] 1 Connect
   *[other] { $connects } Connects
} returned from #{ $of }
undo-done = #{ $of } is undone: { $deed } ({ $delta })
adjust-done = #{ $number } booked: corrected by { $delta }
adjust-too-low = { $available ->
    [0] No Connects are left to take away.
    [one] Only 1 Connect is left to take away.
   *[other] Only { $available } Connects are left to take away.
}
low-balance = Running low: { $connects ->
    [0] no Connects are
    [one] 1 Connect is
   *[other] { $connects } Connects are
} left, below your mark of { $threshold }.
number-what = { $connects ->
    [one] 1 Connect
   *[other] { $connects } Connects
}: what happened to them?
number-what-titled = { $connects ->
    [one] 1 Connect
   *[other] { $connects } Connects
} for "{ $title }": what happened to them?
balance-now = { $connects ->
    [0] No Connects can be spent now.
    [one] 1 Connect can be spent.
   *[other] { $connects } Connects can be spent.
}
balance-then = { $connects ->
    [0] No Connects could be spent
    [one] 1 Connect could be spent
   *[other] { $connects } Connects could be spent
} at the end of { $day }.
soon = { $connects } within 30 days, the first on { $first }
lots-none = There are no Connects in your wallet.
lots-title = { $connects ->
    [one] 1 Connect, used in this order
   *[other] { $connects } Connects, used in this order
}
expiring-none = { $days ->
    [one] Nothing expires within a day.
   *[other] Nothing expires within { $days } days.
}
expiring-title = { $connects ->
    [one] 1 Connect expires
   *[other] { $connects } Connects expire
} within { $days ->
    [one] a day
   *[other] { $days } days
}
history-none = Nothing is booked there.
history-title = { $entries ->
    [one] Entry #{ $newest }
   *[other] Entries #{ $newest } to #{ $oldest }
}
export-done = { $entries ->
    [one] Your journal: 1 entry
   *[other] Your journal: { $entries } entries
}
settings-title = Your settings
settings-saved = Saved. Your settings now
low-on = on
low-off = off
low-at = below { $connects }
alerts-title = What I tell you unasked
alerts-saved = Saved. What I tell you unasked now
alerts-check = They come to your private chat with me, which must be open: the button Test shows whether they arrive.
alerts-private-already = Here all is private already; where alerts are told is chosen in a group.
alerts-not-yours = The alerts of that group do not come to you. Its admins change them there, with /alerts.
days-before = { $days ->
    [one] { $days } day before
   *[other] { $days } days before
}
runway-under = when they last under { $days ->
    [one] a day
   *[other] { $days } days
}
budget-spent = { $spent } of { $limit } Connects spent this month ({ $percent } %)
cycle-on = on day { $day } of the month
cycle-as-last = on the day of the month on which they last came
silent-until = { $stands } (silent until { $until })
quiet-from = { $evening } to { $morning }
told-to = in private to { $name }
told-to-both = in the group, and in private to { $name }
test-sent = A test is on its way to where these alerts are told.
test-group = It goes to this group on { $platform }.
test-private = It goes to the private chat of { $name } with me on { $platform }.
snoozed = { $what }: you hear nothing of it until { $until }.
awake = { $what }: you hear of it again.
person-line = { $name } (no. { $number })
chat-private = private
chat-group = group { $title }
wallet-none = not open yet; /start opens it
wallet-open = open
role-operator = operator of this bot

## Told unasked
promote-preview = Promotion { $number }, as it will be read. Nobody has heard of it yet.
promote-backwards = It must end later than it begins, and later than now.
promote-short = A supply of { $supply } Connects is less than the { $needed } that it takes.
promote-code = That code reads like a number. Take a word that does not, such as SUMMER.
promote-both = In a contest the draw decides, so that no approval is needed. Leave one of winners and approval out.
approval-needed = each claim waits for your yes
edit-what = What do you want to change?
edit-what-launched = What do you want to change? What else was announced stays as it is.
edit-done = Changed. This is how it reads from now on; what was told of it before is not told again.
edit-done-draft = Promotion { $number }, changed. Nobody has heard of it yet.
doubts = { $number ->
    [one] 1 announcement may or may not have arrived
   *[other] { $number } announcements may or may not have arrived
}
claims-of = { $claims ->
    [one] 1 claim
   *[other] { $claims } claims
}, { $connects ->
    [one] 1 Connect
   *[other] { $connects } Connects
}
chat-in-private = In private
chat-others = Elsewhere
chat-untitled = { $platform } { $id }
waiting-none = No claim on “{ $title }” waits.
waiting-title = { $number ->
    [one] 1 claim
   *[other] { $number } claims
} on “{ $title }”: yes or no?
waiting-number = #{ $number } { $name }
waiting-line = { $at } · { $where }
waiting-approved = #{ $number } { $name } is given it.
waiting-refused = #{ $number } { $name } is told no.
report-claims = { $claims ->
    [one] All claims: 1
   *[other] All claims: { $claims }
}
report-told = { $number ->
    [one] What became of the announcements: 1 delivery
   *[other] What became of the announcements: { $number } deliveries
}
file-none = Send me the file itself, with /promote as its caption or without one.
file-unwanted = I have no use for a file here. /help lists what I can do for you.
file-unreadable = I could not fetch that file. Please send it again.
file-large = That file is too large: it may have { $most } KiB.
file-kind = I can read promotions from a file whose name ends in .toml or .csv, and “{ $name }” does not.
file-encoding = That file is not text in UTF-8. Save it as UTF-8, please.
file-count = { $number ->
    [0] There is no promotion in that file.
   *[other] There are { $number } promotions in that file; at most { $most } fit.
}
file-broken = The file cannot be read from line { $line } on: look for a quote or a bracket that is missing there.
file-cells = Line { $line } has { $cells } values for { $columns } columns.
file-faulty = { $number ->
    [one] One thing is wrong in that file, so nothing of it was kept.
   *[other] { $number } things are wrong in that file, so nothing of it was kept.
}
file-fault = Line { $line }, { $key }: { $what }
file-more = And { $number } more.
file-key = there is no such key.
file-value = that is no value for it.
file-missing = it is missing.
file-drafted = { $number ->
    [one] 1 promotion, as a draft. Nobody has heard of it yet.
   *[other] { $number } promotions, as drafts. Nobody has heard of them yet.
}
file-line = { $title } · { $gives ->
    [one] 1 Connect
   *[other] { $gives } Connects
} · { $begins } to { $ends }
file-next = /promo show and its number shows one as it will be read.
promo-new = I ask for one thing after the other, and nobody hears of it before you have looked it over. A file will do too: docs/promotions.example.toml shows how.
promo-none = There are no promotions yet.
promo-title = The newest promotions
promo-number = { $number }
promo-line = { $title } · { $status }
promo-named = Promotion { $number }: { $title }
promo-launched-already = It was launched before.
promo-paused = It is on hold: nothing is announced, and nothing can be claimed.
promo-live = It goes on.
promo-cancelled = It is cancelled. What was given stays with those who have it.
promo-kept = It stays as it was.
promo-not-so = That does not fit how it stands.
status-draft = draft
status-live = live
status-paused = on hold
status-cancelled = cancelled
status-ended = over
claims-asked = Wait for your yes
claims-refused = Were refused
claims-entered = Take part
claims-won = Won, and wait for it
claims-given = Were given it
claims-lost = Did not win
claim-unknown = There is no such promotion now. Name its number or its code as the announcement says it.
claim-code = That promotion is claimed by its code: /claim and the code.
claim-others = That one is for others. In private, /claim { $what } tells you why.
claim-done = { $connects ->
    [one] 1 Connect
   *[other] { $connects } Connects
} for { $name } from “{ $title }”. { $expires ->
    [never] They never expire.
   *[other] They expire on { $expires }.
}
claim-again = { $name } claimed it before: { $connects ->
    [one] 1 Connect
   *[other] { $connects } Connects
} from “{ $title }”. { $expires ->
    [never] They never expire.
   *[other] They expire on { $expires }.
}
claim-entered = { $name } takes part in “{ $title }” as entry #{ $number }.
claim-asked = { $name } asked for “{ $title }”. Whoever runs it looks at each claim, and you hear what becomes of yours.
claim-approved = { $name } was given it: “{ $title }”.
claim-refused = “{ $title }” was not given to { $name }.
claim-won = { $name } has won in “{ $title }”. The Connects are still to come.
claim-lost = { $name } took part in “{ $title }” and did not win.
claim-hash = The draw is fixed already: SHA-256 of its seed is { $hash }. The seed is told at the end.
offer-start = New: { $title }
offer-reminder = One day left: { $title }
offer-last-call = Last call: { $title }
offer-gives = { $gives ->
    [one] 1 Connect
   *[other] { $gives } Connects
} for each who qualifies, once.
offer-contest = { $winners ->
    [one] 1 winner gets
   *[other] { $winners } winners get
} { $gives ->
    [one] 1 Connect
   *[other] { $gives } Connects
}.
offer-ends = Until { $ends }. { $left }
offer-coded = Claim it with its code: /claim and the code.
offer-asks = One press asks for it; each claim is looked at.
offer-press = One press is enough.
offer-hash = The draw can be checked: SHA-256 of its seed is { $hash }.
drawn = “{ $title }” is over. { $entries ->
    [one] 1 took part.
   *[other] { $entries } took part.
}
drawn-won = Drawn: { $winners }
drawn-nobody = Nobody took part.
drawn-check = The seed was { $seed }, and its SHA-256 { $hash }, as announced. An entry’s lot is SHA-256 of “seed:number”; the smallest win.
alert-promotion-won = You won { $gives ->
    [one] 1 Connect
   *[other] { $gives } Connects
} in “{ $title }”. They are booked.
alert-promotion-approved = Your claim on “{ $title }” was approved: { $gives ->
    [one] 1 Connect is
   *[other] { $gives } Connects are
} booked.
alert-promotion-refused = Your claim on “{ $title }” was not approved.
subscribed = Announcements will be told here.
subscribed-tags = Announcements about { $tags } will be told here, and those that are for everybody.
unsubscribed = No more announcements will be told here.
unsubscribed-already = No announcements are told here.
announce-nobody = Nobody would hear it: no chat that fits has subscribed. A group does with /subscribe, by one of its admins; a person too, in a private chat with me.
announce-preview = This is how it will be read. Nothing has been sent yet.
announcement-unknown = I do not know this announcement; it is kept for 90 days. /announce writes a new one.
announcement-begun = It is on its way to { $chats ->
    [one] 1 chat
   *[other] { $chats } chats
}; the message below shows how far it has come.
announcement-watch-private = In your private chat with me, if it is open, a message shows how far it has come.
announcement-again = It was sent before, and goes to no chat twice.
announcement-unsent = It has not been sent.
announcement-paused = { $number ->
    [one] 1 chat waits until you go on.
   *[other] { $number } chats wait until you go on.
}
announcement-resumed = It goes on in { $number ->
    [one] 1 chat.
   *[other] { $number } chats.
}
announcement-stopped = Stopped: { $number ->
    [one] 1 chat does not hear it.
   *[other] { $number } chats do not hear it.
}
announcement-resent = It is sent again to { $number ->
    [one] 1 chat.
   *[other] { $number } chats.
}
watch-title = On its way: { $text }
watch-over = It has come to its end: { $text }
progress = { $bar } { $done } of { $all }
state-pending = Waiting
state-held = On hold
state-sending = Being sent
state-sent = Sent
state-gone = Gone: the bot was removed or blocked
state-failed = Failed
state-unknown = Unknown: it may have arrived
state-cancelled = Stopped
length-of = { $length } of { $most } characters
report-caption = What became of it in { $chats ->
    [one] 1 chat
   *[other] { $chats } chats
}
alert-low = Running low: { $connects ->
    [0] no Connects are
    [one] 1 Connect is
   *[other] { $connects } Connects are
} left, below your mark of { $threshold }.
alert-of-group = In { $group }:
alert-test = This is a test: alerts are told here.
alert-budget = { $mark ->
    [100] Your budget for this month is used up: { $spent } of { $limit } Connects are spent.
   *[other] Most of your budget for this month is used: { $spent } of { $limit } Connects are spent.
}
alert-expiring = { $connects ->
    [one] 1 Connect expires
   *[other] { $connects } Connects expire
} on { $expires }.
alert-expired = { $connects ->
    [one] 1 Connect
   *[other] { $connects } Connects
} expired on { $expired }. { $left ->
    [0] None is left.
    [one] 1 is left.
   *[other] { $left } are left.
}
alert-expiring-paid = You paid { $price } for them.
alert-runway = At your pace your { $connects ->
    [0] 0 Connects last
    [one] 1 Connect lasts
   *[other] { $connects } Connects last
} { $lasting }.
alert-runway-next = { $needed } would last for about { $days ->
    [one] 1 day
   *[other] { $days } days
}.
lasting = { $days ->
    [0] less than a day
    [one] about 1 day
   *[other] about { $days } days
}
lasting-long = more than half a year
lasting-range = { $about } ({ $least } to { $most })
lasting-least = { $about } (at least { $least })
alert-monthly = Your plan's { $connects } Connects { $when ->
    [today] are due today
   *[past] were due on { $due }
}. Did they come?
alert-monthly-next = If not, they may still come in the next days; I look again in three.
alert-missing = Your plan's { $connects } Connects, due on { $due }, are not in the books.
alert-missing-next = Upwork shows under Settings, Membership & Connects, whether they came, and when your billing cycle begins; its Connects history has a row “Monthly Connects renewal”. If they did not come, write to Upwork's support. If they did, book them.
alert-promotion-ending = { $connects ->
    [one] 1 Connect from a promotion expires
   *[other] { $connects } Connects from a promotion expire
} on { $expires }.
alert-promotion-ending-of = { $connects ->
    [one] 1 Connect from “{ $title }” expires
   *[other] { $connects } Connects from “{ $title }” expire
} on { $expires }.
alert-promotion-ending-next = What is not spent before then is gone. Lots shows what is used first.
alert-promotion-eve = “{ $title }” is drawn on { $at }. You take part as entry #{ $entry }; whoever wins is told then.
alert-digest = Your week, { $first } to { $last }
digest-month = The month, { $first } to { $last }
digest-of = { $total } ({ $parts })
digest-part = { $purpose } { $connects }
digest-parts = { $some }, { $more }
digest-paid = { $connects } for { $price }
digest-each-proposal = { $cost }, { $each } for each of { $number } proposals
digest-each-interview = { $cost }, { $each } for each of { $number } interviews

alert-series-days = “{ $text }” (series { $number }) is on hold. It names days of the month and days of the week, and was sent only when both matched. From now on it would be sent on either, as cron does: { $when }. Let it go on if that suits you. If not, end it and write it anew with /announce.


## What comes again
every-at = { $days } at { $times } { $zone }
every-hour = every hour at { $minute } past, { $zone }
every-cron = whenever “{ $cron }” says so, { $zone }
every-day = every day
every-weekday = from Monday to Friday
every-weekend = every Saturday and Sunday
every-named = every { $days }
every-month = on { $count ->
    [one] day
   *[other] days
} { $days } of each month
every-last-day = on the last day of each month
every-either = { $month }, and { $week },
weekday-mon = Monday
weekday-tue = Tuesday
weekday-wed = Wednesday
weekday-thu = Thursday
weekday-fri = Friday
weekday-sat = Saturday
weekday-sun = Sunday
list-more = { $first }, { $next }
list-last = { $first } and { $last }
zone-of = { $city } time
series-preview = This is how it will be read, each time. Nothing has been started yet.
series-never = That time never comes. Please look at the day and the month again.
series-title = Announcements that come again
series-none = No announcement comes again yet. Write one with cron, such as: /announce Weekly tips cron="every monday at 9"
series-line = { $text } ({ $when }; { $status })
series-live = It is on: it will be told at these times by itself.
series-paused = It is on hold, and is not told until you go on.
series-ended = It has ended, and is not told any more.
series-not-so = That does not fit how it stands; somebody may have changed it just now.
series-told = { $sent } of { $all ->
    [one] 1 chat
   *[other] { $all } chats
}
series-missed = left out: it would have been more than an hour late
field-repeats = Comes again
field-next = { $number ->
    [1] Next
    [2] After that
   *[other] And then
}
field-told-at = { $at }

## A kind no
refusal-not-now = { $why ->
    [early] It begins on { $at }.
    [late] It was over on { $at }.
    [paused] It is on hold at the moment.
    [cancelled] It was cancelled.
    [changed] It was changed at this very moment. Please look again.
   *[other] It is over.
}
refusal-not-changeable = { $what ->
    [over] It is over, and stays as it was. A duplicate of it can say something else.
    [ends] Its end can only be moved to a later time, for people rely on it.
    [supply] It gave { $given } Connects already; a supply cannot be less.
   *[other] That was announced and stays so. Once launched, its title, text, end, supply and code can be changed.
}
refusal-not-qualified = { $what ->
    [new] It is for those whose wallet is no older than { $needed ->
        [one] 1 day
       *[other] { $needed } days
    }; yours is { $has }.
    [feedback] It is for those with { $needed } positive feedback or more; you have { $has }. /earn feedback books one.
    [assessments] It is for those with { $needed } assessments or more; you have { $has }. /earn assessment books one.
    [interviews] It is for those with { $needed } interviews or more; you have { $has }. /earn interview books one.
   *[other] It is for those on the plan { $what }. /settings shows yours.
}
refusal-sold-out = Nothing is left of it: all has been given.
refusal-code-taken = Promotion { $promotion }, “{ $title }”, is claimed by that code now. Choose another one with /promo edit, or wait until that one is over.
refusal-not-enough = That takes { $needed ->
    [one] 1 Connect
   *[other] { $needed } Connects
} and { $available } can be spent: { $shortfall } short. Buying { $cover } for { $price } would cover it.
refusal-unknown = { $what ->
    [entry] There is no entry #{ $name }. /history shows the numbers.
   *[other] There is no { $what } { $name }.
}
refusal-already-done = { $what ->
    [undo] That was undone already, by #{ $number }.
    [return] All of that came back already, the last of it by #{ $number }.
    [assessment] That assessment is booked already.
    [monthly] This month's Connects are booked already, as #{ $number }.
    [claim_given] That claim was approved before.
    [claim_refused] That claim was refused before.
    [claim_never] Nobody asked for that.
    [welcome] The welcome bonus is given once.
   *[other] That was done already ({ $what }).
}
refusal-out-of-range = { $what ->
    [stars] Feedback counts from { $low } to { $high } stars, not { $value }.
    [return] Between { $low } and { $high } Connects can come back from that, not { $value }.
    [price] A purchase may cost from { $low } to { $high }, not { $value }.
    [tax] The tax on a purchase may be from { $low } to { $high }, not { $value }.
    [monthly] { $value ->
        [0] Your plan brings no monthly Connects. If you changed it, say so first: /settings plan=plus.
       *[other] It takes a number from { $low } to { $high }, not { $value }.
    }
    [adjustment] { $value ->
        [0] A correction by 0 changes nothing. Write how many to add, or to take away with a minus.
       *[other] It takes a number from { $low } to { $high }, not { $value }.
    }
   *[other] It takes a number from { $low } to { $high }, not { $value }.
}
refusal-limit-reached = Interviews bring at most { $cap } Connects in { $days } days. The next counts from { $possible_at }.
refusal-lot-used = That cannot be undone: { $used } of the Connects it brought are spent. Undo those first.
refusal-expired = That cannot be undone: Connects it brought expired on { $at }.
refusal-not-undoable = { $why ->
    [undo] #{ $number } is itself an undo; book it again instead.
    [expiry] #{ $number } booked what expired, and that stays so.
    [promotion] #{ $number } came from a promotion, and that stays so.
    [returned] Connects came back from #{ $number } already. Undo the return first.
    [nothing] Nothing is left to undo. What a wallet began with is taken back by its number only.
    [not_spend] #{ $number } is not a spend, so nothing can come back from it.
   *[other] #{ $number } cannot be undone.
}
refusal-too-late = An opening balance comes first, and { $entries ->
    [one] an entry is
   *[other] { $entries } entries are
} booked already. /adjust corrects the books.
refusal-clock-behind = The last entry here is dated { $at }, which is still to come by my clock, so nothing is booked. Please tell whoever runs this bot to check the clock of its machine.
refusal-key-reused = That message was booked already, with other words.
refusal-not-open = { $group ->
    [yes] This group has no wallet yet; an admin opens it with /start. For your own, write to me in private.
    [own] You have no wallet of your own yet. Write /start to me in private, and then claim it here or there.
   *[no] You have no wallet yet.
}
admins-only = In a group, /{ $command } is for admins.
operators-only = /{ $command } is for those who run this bot. /help lists what I can do for you.
unfit-cron = “{ $words }” is no rule that I know for when to come again. Write it as: every monday at 9, daily 09:00, mon, wed and fri 18:30, 1st of the month at 10:00, or as a cron expression of five fields, such as 0 9 * * 1.
unfit-cron-often = It can come once an hour at most: let a cron expression begin with one minute, such as 30.
unfit-time = “{ $words }” is no time I know. Write it as: now, 3 days, 12 hours, 2026-12-01, or 2026-12-01 09:00.
unfit-switch = “{ $words }” is neither yes nor no. Write on or off.
unfit-tags = Name up to { $most } words with commas between, such as: design, python. None is longer than { $longest } letters.
not-yours = In a group, you can return and undo what you booked yourself, by its number; the rest is for admins.
button-over = That button is too old. Please type the command.
question-over = That question is closed. Please start again.
not-understood = I did not understand that. Try /spend 16 Logo redesign, paste a job link, or see /help.
not-understood-yet = I did not understand that. /start opens your wallet, and /help lists what I can do.
no-such-command = There is no command { $name }. /help lists them.
no-such-command-but = There is no command { $name }. Did you mean /{ $near }? /help lists them all.
no-command = A command comes right after the slash, such as /balance. /help lists them.
unavailable-lost = I cannot reach my books right now.
unavailable-busy = My books are held by another program right now.
unavailable-full = The disk that my books are on is full.
unavailable-read-only = My books can be read but not written right now.
unavailable-broken = The disk that my books are on does not work as it should. Please tell the operator.
unavailable-safe = Nothing was booked. Please send it again in a few minutes.
unavailable-maybe = It happened while I was booking, so I cannot say whether it is in. When I am back, look at /history first, and send it again only if it is not there.
fault = Something went wrong on my side, and I cannot say whether it is booked: look at /history before you send it again. If it stays, tell the operator this number: { $id }.
unfit-number = "{ $words }" is not a whole number, such as 16.
unfit-range = It takes a number from { $low } to { $high }, not { $value }.
unfit-money = "{ $words }" is not an amount, such as $9 or 9.60 EUR.
unfit-tax = "{ $words }" is not a tax, such as $1.80 or 20%.
unfit-tax-high = A tax of { $tax } is more than the price itself, { $price }. Write the price before tax, then the tax, such as /buy 60 $9 20%.
unfit-tax-currency = The price is in { $currency }; write the tax in { $currency } too, or as a percentage.
unfit-dated = Dates are not taken: what you say is booked as of now. Leave "{ $words }" out.
unfit-empty = Please write something.
unfit-long = That has { $length } characters; { $most } fit.
unfit-choice = "{ $words }" is not one of: { $known }.
unfit-link = That is not a link to a job on Upwork. One looks like https://www.upwork.com/jobs/~021234567890123456789.
unfit-links = One job link at a time, please: write a line for each.
unfit-link-future = That link cannot be right: by its id, the job is to be posted on { $day }. Copy it once more from the job's page.
unfit-day = "{ $words }" is not a day, such as 2026-01-31.
unfit-day-far = I know the days from { $first } to { $last }, and { $day } is none of them.
unfit-zone = I know no time zone "{ $words }". Try a large city in it, such as Kyiv or New York, or its hours from UTC, such as UTC+2.
unfit-days = "{ $words }" is not a list of days, such as 30,7,1. Each may be from 1 to { $high }; off is none.
unfit-days-many = At most { $most } days, please.
unfit-quiet = "{ $words }" are no hours. Write them as 22-8 or 22:30-7, or off for none, or usual.
unfit-currency = "{ $words }" is not a currency code, such as USD.
unfit-leftover = I did not understand "{ $words }" there. /help { $command } explains it.

## For whoever runs the bot
telegram-token-refused = Telegram does not accept the token in TELEGRAM_TOKEN. Copy it again from @BotFather: /mybots, your bot, API Token.
discord-token-refused = Discord does not accept the token in DISCORD_TOKEN. Copy it again from the Developer Portal, page Bot, "Reset Token".

jobs-title = What I do by myself, now and again
jobs-line = { $last }; { $next }
jobs-never = has not run yet
jobs-last = { $ago } ago, { $what }
jobs-ok = ok in { $ms } ms
jobs-counted = ok ({ $count }) in { $ms } ms
jobs-failed = failed after { $ms } ms with { $kind }, { $times ->
    [one] once
   *[other] { $times } times in a row
} (in the log: { $id })
jobs-failing = { $line }; { $name } failed { $times ->
    [one] once
   *[other] { $times } times
} with { $kind } and is tried again
jobs-next = next in { $wait }
jobs-soon = next at once
jobs-running = running now
jobs-ran = { $job }: { $what }
jobs-busy = { $job } is running right now, and never twice at once. /jobs shows when it is done.
jobs-unknown = There is no job "{ $name }". There are: { $known }.

audit-title = What operators and admins did, the newest first
audit-title-here = What admins did here, the newest first
audit-nothing = Nothing is kept. What operators and admins of groups change is kept for a year.
audit-who = { $at }, { $name }
audit-line = { $line } ({ $came })
audit-line-there = { $line } ({ $came }; in { $chat })
audit-done = done
audit-refused = refused: { $about }
audit-fault = failed, in the log: { $about }

alarm-job = Trouble: the job { $name } failed { $times } times in a row, with { $kind }. The log has more under { $id }.
alarm-due = Trouble: { $name } fell due and failed { $times } times, the last with { $kind }. It is tried again, and the rest goes on. The log has more under "job failed".
alarm-platform = Trouble: { $name } does not accept the bot's token any more. The log says what would help; then restart the bot.
alarm-stuck = Trouble: messages on { $name } have been waiting for { $minutes } minutes, and none could be sent meanwhile. The log has a line for each try.
alarm-over-job = The job { $name } works again.
alarm-over-due = { $name } is no trouble any more.
alarm-over-platform = { $name } is served again.
alarm-over-stuck = Messages on { $name } go out again.
alarm-over-store = The books were out of reach for { $minutes } minutes ({ $why }), and nothing could be booked meanwhile. They work again.

## The console
console-intro = The bot on the console. Press a button by its number and bracket, such as 1).
console-roles = The tab key completes, /as bob and /in #team play others, /quit leaves.
console-telegram = Telegram: put TELEGRAM_TOKEN=... (from @BotFather) into .env and restart.
console-discord = Discord: put DISCORD_TOKEN=... (discord.com/developers) into .env and restart.
console-private = You are { $name }, alone with the bot.
console-group = You are { $name }, in the group { $group }{ $admin ->
    [yes] , as its admin.
   *[no] .
} /in private leads out.
console-as = Say who, such as /as bob.
console-in = Say where, such as /in #team or /in private.
console-no-button = There is no button { $number } here.
console-silence = (The bot takes that as not meant for it.)
console-saved = Saved as { $path }
