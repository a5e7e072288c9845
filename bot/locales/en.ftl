# Every sentence of the bot, in English. A name in { $braces } is a fact; keep all of them.

## Small words
raw = { $text }
never = never
someone = someone
free = free
nothing = nothing
unknown = unknown
connects = { $connects ->
    [one] 1 Connect
   *[other] { $connects } Connects
}
signed = { $delta }
day = { $at }
today = today
yesterday = yesterday
yesterday-at = yesterday { $hour }
then = { $how ->
    [today] today
    [yesterday] yesterday
   *[other] on { $day }
}{ $timed ->
    [yes] { " " }at { $hour }
   *[no] { "" }
}
raw-day = { $day }
expires-on = expires { $day }
entry-number = #{ $number }
entry-numbers = #{ $first }–#{ $last }
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
choice-end = End
choice-resume = Resume
choice-stop = Stop
choice-resend = Send again
choice-report = Report
choice-discard = Discard
choice-correct = Correct
choice-withdraw = Withdraw
choice-later = Send later
choice-redraw = Redraw
choice-edit = Edit
choice-copy = Duplicate
choice-claims = Pending claims
choice-approve = Approve
choice-refuse = Decline
choice-yes = Yes, cancel it
choice-no = No, keep it
choice-on = On
choice-off = Off
choice-title = Title
choice-text = Text
choice-gives = Connects
choice-ends = End
choice-starts = Start
choice-winners = Winners
choice-supply = Supply
choice-approval = Approval
choice-moderators = Moderators
choice-code = Code
choice-lasts = Expiry
choice-new = New users only
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
per-day = a day
per-week = a week
per-month = a month
act-warn = Warn
act-block = Block
then-day = today
then-week = this week
then-month = this month
choice-assessment = Assessment
choice-interview = Interview
choice-feedback = Feedback
choice-reward = Reward
choice-promotion = Promotion
choice-purchase = Purchase
choice-return = Returned
choice-adjustment = Correction
choice-unclassified = Unexplained
choice-owed = What is owed
choice-returned = What came back
choice-kept = What does not come back
choice-basic = Freelancer Basic
choice-plus = Freelancer Plus
choice-agency = Agency
choice-cost-list = Bought at the list price ({ $price })
choice-cost-bought = Bought at the list price
choice-cost-other = Bought at another price
choice-cost-free = Given by Upwork
choice-cost-unknown = I do not know
choice-test = Send a test
choice-here = Send them here
choice-switch = On or off
choice-group = This group
choice-private = Private chat
choice-both = Both
choice-low = Low balance
choice-budget = Budget
choice-limit = Limits
choice-expiring = Expiring Connects
choice-expired = Expired Connects
choice-runway = Runway
choice-missing = Missing monthly Connects
choice-promotion-ending = Expiring promotion Connects
choice-promotion-eve = Contest draws
choice-unfed = Import reminder
choice-stale = Questions about proposals
choice-digest = Weekly digest
choice-team-week = Friday summary
choice-all = All
choice-books = Balance and books
choice-bids = Bids, outcomes
choice-figures = Figures, pictures
choice-lots = Lots and expiry
choice-files = Statement, files
choice-pages = Bring in pages
choice-offers = Offers, contests
choice-chat = Alerts, settings
choice-team = The team
choice-operators = For operators
choice-open = Open
choice-viewed = Viewed
choice-answered = Answered
choice-hired = Hired
choice-unanswered = No answer
choice-ended = Ended
choice-invitations = Invitations
choice-unclear = Unclear
choice-profile = Profile
choice-member = Member
choice-tag = Tag
choice-price = Price
choice-age = Age of the job

## What an entry is called
deed-purchase = Purchase
deed-expiry = Expired
deed-adjustment = Correction
deed-valuation = Cost stated
deed-amendment = { $deed } #{ $of } cost { $price }, not { $was }
deed-amendment-hidden = New cost of { $deed } #{ $of }
deed-priced = { $connects ->
    [one] 1 Connect
   *[other] { $connects } Connects
} of #{ $of } cost { $price }
deed-priced-hidden = Cost of { $connects ->
    [one] 1 Connect
   *[other] { $connects } Connects
} of #{ $of }
deed-return = Return of #{ $of }
deed-recast = Correction of #{ $of }
deed-undo = Undo of #{ $of }
deed-of-job = { $deed }: job { $job }
deed-titled = { $deed }: { $title }
sum = { $one } + { $other }
cost-free = nothing, they were free
cost-paid = { $price }
cost-paid-hidden = { $some ->
    [0] paid
   *[other] { $some } paid
}
cost-mixed = { $price } ({ $free } free, { $paid } paid)
cost-mixed-hidden = { $free } free, { $paid } paid
cost-free-partly = nothing for { $free } of them; { $unknown } of unknown cost
cost-partly = { $price }, and { $unknown } of unknown cost
cost-partly-hidden = { $unknown } of unknown cost
cost-unknown-of = unknown for { $connects ->
    [one] 1 Connect
   *[other] { $connects } Connects
}
price-taxed = { $price }, of which { $tax } tax

## Labels
field-begins = Starts
field-ends = Ends
field-supply = Supply
field-code = Code
field-approval = Approval
field-doubts = Uncertain
field-state = State
field-given = Given
field-each = Each person gets
field-winners = Winners
field-winner = Winner #{ $number } { $name }
field-winners-more = More winners
field-posted-to = Posted
field-prizes = Prizes booked
field-taken = Claimed
field-chats = { $platform } chats
field-length = Length
field-goes-to = Goes to
field-unmatched = No match
field-asleep = At night
field-asleep-until = Waits for the morning; next at
field-qualifies = For
field-gift-lasts = Its Connects last
field-takes = Takes at least
field-time-left = Time left (at least)
field-sent-at = Will be sent
field-corrected = Corrected
field-withdrawn = Withdrawn
field-not-mended = Not possible
field-edited = To be changed in place
field-new-at-once = Get the new text at once
field-deleted = To be deleted
field-never-sent = Not sent any more
field-replaced = Replaced by a line
field-reason = Reason
field-left = Left
field-lasts = Lasts
field-spent = Spent
field-returned = Returned
field-bid-sent = Sent
field-received = Invited
field-net = Net cost
field-hire = Worth
field-tags = Tags
field-profile = Profile
field-boosted = Boost
field-answer = Unanswered after
field-incomes = Client payments
field-dark = Pictures
field-feed = Bookings shown
field-members-money = Members see money
field-team-week = Friday summary
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
field-unknown = Cost unknown
field-worth = Worth
field-agreed = Agreed with Upwork
field-since = Booked since
field-soon = Expiring soon
field-pace = Pace
field-fast = At your fastest pace
field-slow = At your slowest pace
field-counted = Until then
field-to-buy = To buy
field-budget = Budget
field-person = You are
field-identity = Account
field-linked = Linked with
field-chat = Chat
field-wallet = Wallet
field-role = Role
field-zone = Time zone
field-currency = Currency
field-plan = Plan
field-low = Low-balance warning
field-cycle = Monthly Connects due
field-where = Sent to
field-on = On
field-off = Off
field-promotions = Promotions and contests
field-quiet = Quiet hours
column-left = Left
column-source = From
column-worth = Worth
column-expires = Expires
column-unspent = Will expire unspent
column-size = Connects
column-issued = Came on
column-cost = Cost
column-became = What became of them
column-number = No.
column-day = When
column-change = Change
column-what = What
column-same = Perhaps
column-by = By
column-missing = Missing
column-why = Why
column-balance = Balance
column-state = State
column-net = Net cost

## Buttons
button-promote = New promotion
button-launch = Launch
button-cancel = Cancel
button-launch-one = Launch { $number }
button-edit = Edit
button-copy = Duplicate
button-waiting = { $number } waiting
button-claims = Claims
button-claims-on = { $title }: { $number }
button-approve = Approve #{ $number }
button-refuse = Decline #{ $number }
button-more = More
button-back = Back
button-ask = Apply
button-claim = Claim
button-claim-link = Copy a link to share
button-hash = The whole SHA-256
button-enter = Take part
button-subscribe = Subscribe
button-unsubscribe = Unsubscribe
button-announcements-here = Announcements here
button-yes = Yes
button-no = No
button-subscribe-all = Everything
button-with = With { $topic }
button-without = Without { $topic }
button-send = { $chats ->
    [one] Send to 1 chat
   *[other] Send to { $chats } chats
}
button-to-everybody = Write to everybody instead
button-discard = Discard
button-show = Refresh
button-pause = Pause
button-resume = Resume
button-stop = Stop
button-resend = Send again
button-redraw = Redraw #{ $number }
button-redraw-it = { $next } instead of { $winner }
button-report = Report
button-correct = Correct
button-withdraw = Withdraw
button-correct-it = Correct it
button-withdraw-it = Withdraw it
button-leave = Leave it as it is
button-schedule = Send on { $at }
button-send-now = Send now
button-text = Change the text
button-later = Change the time
button-at = Send it at: { $words }
button-undo = Undo
button-undo-one = Undo #{ $number } · { $deed }
button-instead = Instead: { $line }
button-instead-spend = Book { $connects } instead
button-leave-edit = Leave it
button-run-line = Run { $line }
button-adjust = Correct by { $delta }
button-adjust-to = { $was } → { $to }
button-return = Mark as returned
button-proposal = Proposal
button-proposals = Proposals
button-all-proposals = All proposals
button-show-proposal = Show the proposal
button-back-to-list = Back to the list
button-back-to-proposal = Back
button-more-states = More states
button-book-bid = Book a bid
button-book-bid-first = Book the bid first
button-was-invited = It was an invitation
button-without-bid = { $state }, without a bid
button-outcome-on = { $state }: { $day }
button-set-back = Set it back to { $state }
button-settle = { $state }: { $ref }
button-worth = Say what it is worth
button-skip = Skip
button-undo-state = Undo the state
button-undo-tags = Undo the tags
button-tag = Tags
button-boost-back = The boost came back
button-listed = { $state } { $count }
button-answer = Change waiting time
button-dark = Change pictures
button-feed-here = Show bookings here
button-feed-off = Stop showing bookings
button-money-on = Show members money
button-money-off = Hide money from members
button-weekly-on = Send a Friday summary
button-weekly-off = Stop the Friday summary
button-draw = Draw it
button-start = Open my wallet
button-begin = Start
button-help = What can you do?
button-import = Import from Upwork
button-opening = I already have Connects
button-history = History
button-lots = Lots
button-past-lots = All lots, with past ones
button-next-lots = Next lots
button-previous-lots = Previous lots
button-cost-unknown = Say what { $connects } of them cost
button-expiring = Expiring soon
button-balance-picture = As a picture
button-newer = Newer
button-older = Older
button-start-series = Start
button-end = End
button-show-series = Show { $number }
button-report-of = Report: { $at }
button-only = Only { $name }
button-spend = Spent on a proposal
button-boost = Spent on a boost
button-bought = Bought
button-bid-anyway = Bid anyway
button-anyway = { $does ->
    [undoes] Undo it all the same
    [prices] Change it all the same
   *[books] Book it all the same
}
button-confirm = Confirm { $connects }
button-untitled = Without a link
button-why-monthly = Book the { $connects } of the month
button-why-expired-here = Upwork still has them: +{ $connects }
button-why-expired-there = They are gone: −{ $connects }
button-why-return = { $connects } came back from { $entries }
button-why-return-some = { $connects } came back
button-why-bid = Enter a bid of { $connects }
button-why-twice = Undo { $entries }
button-why-bought = I bought { $connects }
button-why-boost = { $entries } had a boost of { $connects }
button-lift = Withdraw the { $balance } of { $day }
button-adjust-is = Set the balance to { $connects }
button-no-boost = No boost
button-all-boost = All of it
button-buy = I bought { $connects } for { $price }
button-buy-and = I bought { $connects } for { $price }: book both
button-cost-each = { $price } each ({ $total })
button-cost-all = { $price } for all
button-zone = Change time zone
button-currency = Change currency
button-plan = Change plan
button-low = Change warning level
button-alerts = All alerts
button-limits = Limits
button-targets = Targets
button-target-new = New target
button-limit-instead = A limit of { $amount } Connects
span-today = Today
span-this-week = This week
span-next-week = Next week
span-this-month = This month
span-next-month = Next month
button-limit-new = New limit
button-limit-change = Change { $number }
button-limit-off = Take { $number } away
button-limit-off-one = { $limit }
button-limit-back = Set it again
button-limit-take = Take it away
button-limit-one-boost = 1 a month for boosts
button-limit-connects = { $amount } Connects
button-target-instead = A target of { $amount } bids
button-no-limit = No limit
button-act-block = Block what is over it
button-act-warn = Only warn
button-per-day = Per day
button-per-week = Per week
button-per-month = Per month
button-each = Each member apart
button-together = All together
button-already-sent = Already sent: book it
button-mine = Mine: book it as “{ $title }”
button-not-sent = Not sent
button-allow = Allow this
button-sent-book = { $name ->
    [none] Sent: book it
   *[other] { $name }: sent, book it
}
button-cycle = Due day of monthly Connects
button-days = Change expiry days
button-runway = Change runway
button-unfed = Change import reminder
button-switch = Switch on or off
button-quiet = Change quiet hours
button-place = Change place
button-where = Where alerts go
button-other-place = Choose another…
button-here = Here
button-alerts-here = Alerts here
button-to-me = To me, in private
button-not-now = Not now
button-retry = Try again
button-mydata = Send me my data
button-forget = Forget me
button-forget-on = Forget me
button-forget-all = { $entries ->
    [0] Yes, forget me
    [one] Yes, with my 1 entry
   *[other] Yes, with my { $entries } entries
}
button-all-off = Switch all off
button-all-on = Switch all on
button-usual-on = Switch on all that need no figure
button-test = Send a test
button-budget = Change budget
button-switch-on = Switch on: { $what }
button-switch-off = Switch off: { $what }
button-snooze = Snooze for a week
button-wake = Unsnooze
button-wake-of = Unsnooze: { $what }
button-write = Answer
button-book-stated = Book { $boost ->
    [0] { $connects }
   *[other] { $connects } + { $boost }
}
button-book-other = Another amount
pick-hint = Choose one
button-came = They came: book them
button-came-on = { $connects } came on { $day }: book them
button-no-monthly = Stop these reminders
button-no-promotions = Stop these reminders
button-no-digest = Stop the weekly digest
button-nothing-yet = Nothing yet
button-all-waiting = All that wait
button-no-stale = Stop these questions
button-run = Run now: { $job }
button-jobs = All jobs
answer-label = Your answer
answer-in-reply = Reply to this message: { $hint }
answer-by-reply = Press a button, or reply to this message: { $hint }

## start
bot-description =
    I keep the books on your Upwork Connects: what you have, what each bid cost, and what expires when.

    Press Start to open your wallet. Then tell me what you spend, or paste a link to a job. In a group, everyone sees who spent what from one shared wallet.
bot-short-description = Keeps the books on Upwork Connects: what you have, what a bid cost, what expires when.
start-welcome =
    Hello { $name }! Your wallet is open with { $connects ->
        [one] 1 free Connect
       *[other] { $connects } free Connects
    }. { $expires ->
        [never] They do not expire.
       *[other] They expire on { $expires }.
    }
start-next = Tell me what you spend{ $platform ->
    [discord] , such as “spend 16 Logo redesign”
   *[other] : /spend 16 Logo redesign
}, or paste a link to a job.
start-next-away = Use my commands wherever you are, such as /spend connects:16 title:Logo redesign. In our direct messages you can also write without a command. There I also send your alerts.
button-add-group = Add to a group
button-add-channel = Add to a channel
start-again = Your wallet is already open: { $connects ->
    [one] 1 Connect is
   *[other] { $connects } Connects are
} available.
greet-group = Hello! I keep the books on Upwork Connects. An admin can write /start to keep this group's Connects here, and /subscribe to get announcements of promotions.
greet-channel = Hello! I keep the books on Upwork Connects. To get announcements of promotions in this channel, post /subscribe here.
start-group = The wallet of { $group } is open and empty. Everyone here can book what the group spends; admins book what comes in. Later, /role names managers and others, /limit says how much each may spend, and /team shows who spent what.
start-alerts = Its alerts will come to { $place }.
start-alerts-not = I cannot write in { $place }: I lack { $rights }. Choose another place for its alerts.
opening-done = Booked: you start with { $connects ->
    [one] 1 Connect
   *[other] { $connects } Connects
}, instead of the welcome bonus.
opening-group = Booked: the group starts with { $connects ->
    [one] 1 Connect
   *[other] { $connects } Connects
}.
opening-unknown = What is spent of them has an unknown cost, too. If you find out what they cost, write /cost.
cancelled = Nothing is waiting for your answer now.
cancelled-writing = Nothing is waiting for your answer now. To stop the file that I am writing, press Cancel below “I am writing …”.

## menu
button-menu = Menu
menu-intro = { $said ->
    [hello] Hello! This
   *[nothing] This
} is all that I can do { $group ->
    [yes] in this group
   *[no] for you
}. Choose a subject, or simply ask, such as “what did October cost”.
menu-welcome = You are welcome!
menu-not-here = There is nothing of that for you here. This is what there is:
menu-theirs = There is nothing of that for you here.
menu-lost = I am sorry, I did not understand that. What is it about?
topic-books = what you have, what you spend, what comes in
topic-bids = your proposals, what became of them, what is owed
topic-figures = what a reply costs, where it went, when you run out
topic-lots = which Connects are used first, and what they cost
topic-files = what a month comes to, and your books as a file or a page
topic-pages = your history from Upwork, in one go
topic-offers = promotions, contests and announcements
topic-chat = when I write by myself, limits and targets, time zone and currency
topic-team = who spent what, who is what, and sharing with another group
topic-operators = promotions, announcements, the bot itself
menu-example = { $about }, such as { $example }
item-balance = Balance
item-history = History
item-spend = Book a spend
item-return = Book a return
item-buy = Book a purchase
item-earn = Book a bonus
item-reconcile = Compare books
item-export = All as CSV
item-statement = Statement
item-export-excel = All as Excel
item-export-month = This month: Excel
item-export-calendar = Calendar of dates
item-report = Report as a page
item-proposals = My proposals
item-unanswered = Unanswered bids
item-interviews = My interviews
item-hired = My hires
item-refunds = Owed refunds
item-stats = Statistics
item-team = Who spent what
item-team-picture = Picture of it
item-forecast = Forecast
item-balance-picture = Balance chart
item-spend-picture = Spending chart
item-funnel-picture = Outcomes chart
item-replies-picture = Reply cost chart
item-clients = Clients
item-lots = Lots
item-past-lots = Past lots
item-expiring = Expiring soon
item-cost = State a cost
item-import = Import from Upwork
item-claim = Claim an offer
item-claims = Claims to decide
item-alerts = Alerts
item-limits = Limits
item-targets = Targets
item-settings = Settings
item-whoami = Who am I
item-link = Link an account
item-unlink = Separate accounts
item-help = All commands
item-promote = New promotion
item-promo = Promotions
item-announce = Announce
item-announcements = Announcements
item-series = Recurring ones
item-jobs = Jobs
item-role = Who is what
item-audit = Audit log
item-join = Join another group

## groups that use the books of another group
join-how = Two groups can share one set of books, also on two platforms. First an owner writes /join in the group whose books are to be used, and I answer with a code. Then write it here, such as /join AB3D-5F7H, and { $group } uses those books.
join-code = The code is { $code }. In the other group, an admin writes within ten minutes:
    /join { $code }
    From then on that group uses the books of { $group }: whoever writes there can book and read what members can here. Its admins get no more rights than that, and alerts still come here.
join-group = { $group } ({ $platform })
join-groups = These groups use the books already: { $groups }.
join-too-many-groups = { $most } groups use these books already, and no more can. /join off parts one of them.
join-sure = { $here } would use the books of { $group } ({ $platform }). Everybody here could book and read there what members can.{ $own ->
    [yes] { " " }Nothing is booked here yet, so nothing is lost but the settings of this group.
   *[no] { "" }
} Shall I do that?
join-has-books = { $here } has books of its own: { $entries ->
    [one] 1 entry
   *[other] { $entries } entries
} and a balance of { $balance }. If it used those of { $group }, nobody would see them any more. So I leave both as they are. There are two other ways: write /join here without a code, and { $group } can join these books if it has none of its own; or add me to a new group, and write the code there.
join-kept = Something was kept in the books of this group meanwhile, so it does not join those of { $group }. Nothing has changed.
join-no-code = That code does not exist, or its ten minutes are over, or it was used. An owner gets a new one with /join in the group whose books are to be used.
join-guessed = { $most } codes were wrong, so I accept no other for an hour. After that, ask for a new code with /join in the other group.
join-same = That code is for another group, because this one has these books already. Write /join { $code } there.
join-none = No other group like that uses these books. /join shows which do.
join-which = Which group shall no longer use these books?
joined-here = Done. { $here } now uses the books of { $group } ({ $platform }). Spend, ask and import here as there. Both groups have been told.
joined-already = This group uses the books of { $group } ({ $platform }). To join others, leave them first.
parted-here = This group no longer uses the books of { $group }, which stay as they are. Both groups have been told.
parted-from = { $group } ({ $platform }) no longer uses these books. Whoever there has a role keeps it until you take it away with /role. Both groups have been told.
told-joined = { $group } ({ $platform }) uses these books from now on: { $by } wrote the code there. Its members can book and read what members can here.
told-parted = { $side ->
    [first] { $by } has separated { $group } ({ $platform }) from these books, which stay as they are.
   *[second] { $by } has separated this group from the books of { $group } ({ $platform }). With /start it gets books of its own.
}
unfit-join = A code has eight letters and figures, such as AB3D-5F7H. To separate two groups, write /join off.
unfit-forgetme = That was not the word, so nothing is forgotten yet. If you mean it, write "{ $word }". With /cancel everything stays as it is.
alerts-joined = This group uses the books of another group, and their alerts go to a place there. Choose it there with /alerts.
button-join = Join
button-part = Separate again
button-part-from = Separate from { $group }

## one person on several platforms
link-private = This is about you alone, so write /link in our private chat.
link-code-seen = Others may have read that code here, so it links nothing any more. Write /link in our private chat, and I give you a new one.
link-code = Your code is { $code }. It is good for ten minutes. From your other account, write to me:
    /link { $code }
link-there = on { $platform } as { $name }
link-where = There you find me { $there }.
link-next = I will then show you what both accounts hold. Nothing is linked until you have pressed “Link” on both sides. Give the code to nobody else: whoever writes it sees your name and your balance.
link-linked = You are linked with { $others } already. Another code adds one more account, and /unlink separates the last one again.
link-guessed = { $most } codes were wrong, so I accept no other for an hour. After that, write /link from your other account for a new code.
fate-unknown = I do not know that code. Write /link from your other account, and I give you one.
fate-expired = The ten minutes of that code are over. Write /link again from your other account for a new one.
fate-used = That code was used already, and each works once. Write /link again from your other account for a new one. If it was not you who used it: nothing is linked without your own yes.
link-own-code = { $code } is the code of this account. Write it to me from your other account:
    /link { $code }
unfit-link-code = A code has eight letters and figures, such as AB3D-5F7H. To get one, write /link from your other account.
unfit-link-other = I cannot link somebody for you, and an operator cannot either. Whoever wants to be linked writes /link from one of their accounts, and the code from the other.
unfit-true-balance = I cannot read “{ $words }” as a balance. Write a figure such as 190, or /link, which shows the choices again.
link-over = This offer to link is over. For a new code, write /link.
link-side = { $platform } ({ $name })
link-balance = { $connects ->
    [one] 1 Connect
   *[other] { $connects } Connects
}
link-no-books = no wallet yet
link-entries = { $entries ->
    [one] 1 entry
   *[other] { $entries } entries
}
link-ask-accounts = Do both stand for the same Upwork account? If so, what is in both books counts once. If not, everything of both stays, side by side in one wallet.
link-doubtful = { $entries ->
    [one] 1 entry may be in both books
   *[other] { $entries } entries may be in both books
}{ $more ->
    [0] { "" }
   *[other] . The last { $more } are not shown
}
link-ask-doubtful = Are they the same, or do they only look alike?
link-perhaps = perhaps #{ $number }, { $what }, { $day }{ $others ->
    [0] { "" }
    [one] { " " }or another
   *[other] { " " }or { $others } others
}
ask-linking-pair = I cannot read which link this is about. Press a button of its question, or write /cancel, and then /link to begin anew.
link-which-balance = Which balance does Upwork show now?
ask-linking-balance = Which balance does Upwork show now? Choose one, or write the figure.
link-confirm = This is what linking comes to. Please check it:
both-same = one account
both-two = two accounts
field-link-accounts = On Upwork
field-link-same = In both books
field-link-taken = Taken over from { $side }
field-link-dropped = Left out
field-link-derived = Held before, booked nowhere
field-link-recosted = With another cost than so far
field-link-difference = Booked as a correction
field-link-after = Then, in one wallet
link-taken = Taken over from { $side }: { $entries ->
    [one] 1 entry
   *[other] { $entries } entries
}{ $more ->
    [0] { "" }
   *[other] , of which { $more } are not shown
}
link-dropped = Left out: { $entries ->
    [one] 1 entry
   *[other] { $entries } entries
}{ $more ->
    [0] { "" }
   *[other] , of which { $more } are not shown
}
link-why-derived = More was spent than both books say had come in, so { $connects ->
    [one] 1 Connect is
   *[other] { $connects } Connects are
} booked as held before.
link-why-difference = Put together, both books come to { $known }, and { $after } was chosen as what Upwork shows. So { $difference } is booked as a correction.
both-then-same = You will have one wallet on both platforms. As long as nothing is booked on top, /unlink separates it again.
both-then-two = One wallet will hold what both have, and each keeps its own costs. As long as nothing is booked on top, /unlink separates it again.
both-then-alone = Nothing has to be put together: you will have the same wallet on both platforms. /unlink separates it again.
link-changed = Something has changed meanwhile, so please look again.
link-yes-noted = Your yes is noted. Now press “Link” on { $platform } as { $name }: I have just asked there. If nothing has come, write /link there.
link-under-way = Both sides have said yes, so it is too late to decline. /link shows what is linked, and /unlink separates it again.
link-declined = You have declined, so nothing is linked. If you want to link them after all, write /link for a new code.
link-done = Done. To me you are one person now, on { $giver } and on { $taker }{ $books ->
    [yes] , with one wallet of { $connects ->
        [one] 1 Connect
       *[other] { $connects } Connects
    }.
   *[no] . You have no wallet yet; /start opens one for both.
}
link-done-next = Your alerts come where you wrote last. As long as nothing is booked on top, you can separate them again.
told-link-asked = { $name } ({ $platform }) has written your code and wants to link that account with this one:
told-link-warning = Is that you? Then press “Link”. If it is not, decline: nothing is linked without your yes.
told-link-declined = { $name } ({ $platform }) has declined, so nothing is linked. For another try, write /link for a new code.
unlink-none = You are linked with no other account. /link gives you a code for that.
unlink-private = This is about you alone, so write /unlink in our private chat.
unlink-sure = Shall I separate your accounts again? You would be two persons to me, as before:
unlink-back = What linking booked is undone. Settings, roles, claims and announcements are again what they were, unless they were changed since.
unlink-back-alone = Everything that was booked stays in that wallet. Settings, roles, claims and announcements are again what they were, unless they were changed since.
unlink-for-good = Your accounts cannot be separated any more. Since they were linked, a promotion has given you Connects, and that cannot be undone.
unlink-on-top = Your accounts cannot be separated yet, because of what was booked since. Undo that first, the newest first, and then write /unlink again.
since-import = Import { $number }
since-pinned = A balance that was confirmed
since-lifted = A balance that no longer counts as confirmed
since-outcome = What became of #{ $of }
since-tag = Tags of #{ $of }
unlink-on-top-list = Since then{ $more ->
    [0] { "" }
   *[other] , and { $more } before it
}
unlinked = Done. You are two persons to me again, as before:
told-unlinked = Your accounts have been separated again, on { $platform }. You are two persons to me now, as before:
unlink-kept = Nothing was separated. You are one person to me, as before.
unlink-changed = Something has changed meanwhile, so nothing was separated. Please look again:
button-same-account = Yes, the same account
button-two-accounts = No, two accounts
button-all-same = They are the same
button-all-others = They only look alike
button-balance-of = { $connects } ({ $platform }, { $name })
button-balance-together = { $connects } (both put together)
button-other-balance = Another figure
button-link = Link
button-link-no = Do not link
button-link-not = Do not link
button-link-entries = Which entries?
button-new-code = Get a new code
button-unlink = Separate again
button-unlink-sure = Yes, separate them
button-unlink-not = Stay linked
button-open-telegram = Open Telegram
button-go-on-linking = Go on with linking
button-undo-number = Undo #{ $number }
button-undo-import-number = Undo import { $number }
button-undo-pinned = Undo the confirmed balance
button-undo-lifted = Confirm that balance again
button-undo-outcome-of = Undo the state of #{ $of }
button-undo-tag-of = Undo the tags of #{ $of }
button-where-alerts = Where alerts come
alerts-one-platform = You write to me on { $platform } only, so that is where your alerts come. /link adds another platform.
alerts-not-there = I do not know you on { $platform }. Write /link here, and the code there.
alerts-platform-group = A group's alerts come to the group. Write this in our private chat for your own.
unfit-own-platform = I cannot send your alerts to “{ $words }”. Name one platform, such as telegram, or “last” for the one that you used last.
field-platform = Where they come
platform-last = where you wrote last ({ $platform })
choice-platform-last = Where I wrote last
ask-platform = Where shall your alerts come?
opt-platform = The platform on which your alerts come, such as telegram; or last

## help
help-intro = I keep the books on { $group ->
    [yes] this group's
   *[no] your
} Upwork Connects. You can write:
help-daily = Every day
help-books = The rest of the books
help-figures = Proposals, lots, figures and files
help-news = Alerts, promotions and announcements
help-chat = This chat
help-team = The team
help-operators = For operators
help-more = More about one command: /help spend.
help-not-here = { $role ->
    [operators] Write that to me in private: the command is for the operators of this bot.
    [groups] That command is for groups, in which several people share a wallet.
   *[roles] In this group, that command is for { $roles }.
}
help-bare = A bare number or a pasted job link works too.
help-command = { $usage } — { $about }
help-options = Options
help-choices = { $about }: { $known }
help-required = { $about }
help-optional = { $about } (optional)
help-example = For example: { $example }
menu-book = Book this bid
menu-import = Import this page
cmd-start = Open your wallet
cmd-opening = Book the Connects you had before you came here
cmd-menu = Show all that I can do, by subject
cmd-help = List the commands, or explain one
cmd-cost = State or correct what Connects cost
cmd-cancel = Cancel the open question
cmd-whoami = Show your account, wallet and role
cmd-mydata = Send you everything that is kept of you
cmd-forgetme = Forget you, after asking twice
cmd-link = Link your account on another platform
cmd-unlink = Separate linked accounts again
cmd-import = Import your Connects History from Upwork
cmd-spend = Book Connects you spent
cmd-buy = Book Connects you bought
cmd-earn = Book Connects that Upwork gave you
cmd-return = Book Connects that came back
cmd-stats = Show how many proposals got a reply, and what a reply cost
cmd-proposals = Show your proposals and what became of them
cmd-tag = Give proposals tags, to tell their figures apart
cmd-refunds = Show which Connects should have come back, with a text for support
cmd-clients = Show what clients paid and what they cost to win
cmd-undo = Undo an entry
cmd-adjust = Correct the balance
cmd-reconcile = Compare with what Upwork shows
cmd-balance = Show what you can spend
cmd-chart = Draw your balance, your proposals, your spending or what a reply cost
cmd-lots = Show your lots in the order they are used
cmd-forecast = Say when your Connects run out, and what to do next
cmd-expiring = Show what expires soon
cmd-history = Show what was booked
cmd-statement = See what came and went in a month, and what is left
cmd-export = Get your books as a file: CSV, Excel, Beancount, hledger or a calendar
cmd-report = Get one page of figures, pictures and tables to read, print or send
cmd-resetowners = Give a group whose owners are gone back to its admins
cmd-role = Show who is what in a group, or change that
cmd-settings = Show or change time zone, currency, plan and more
cmd-alerts = Show or change your alerts and your budget
cmd-limit = Show or set how much everybody may spend
cmd-target = Show or set how many bids are to be sent
cmd-claim = Claim what a promotion gives
cmd-claims = Approve or decline what members of this group claimed
cmd-promote = Create a promotion or a contest
cmd-promo = Show and manage promotions
cmd-edit = Change a promotion
cmd-join = Share these books with another group
cmd-subscribe = Get announcements in this chat
cmd-unsubscribe = Stop announcements in this chat
cmd-announce = Write an announcement to all subscribers
cmd-series = Show and manage recurring announcements
cmd-audit = Show who changed roles, limits and settings
cmd-jobs = Show what the bot does by itself
cmd-announcement = Show and manage an announcement
cmd-announcements = List the announcements, newest first
example-start = /start
example-opening = /opening 87 bought for $13
example-menu = /menu books
example-help = /help spend
example-cost = /cost $13
example-clients = /clients
example-cancel = /cancel
example-whoami = /whoami
example-mydata = /mydata
example-forgetme = /forgetme
example-link = /link AB3D-5F7H
example-unlink = /unlink
example-import = /import
example-spend = /spend 16 Logo redesign
example-buy = /buy 60 $9
example-earn = /earn assessment Python
example-return = /return #12
example-tag = /tag #12 design, logo
example-refunds = /refunds
example-stats = /stats last month by tag
example-proposals = /proposals viewed in november
example-undo = /undo
example-adjust = /adjust -2 as Upwork shows it
example-reconcile = /reconcile 451
example-balance = /balance 2026-01-31
example-chart = /chart balance year
example-lots = /lots
example-forecast = /forecast
example-expiring = /expiring 14
example-history = /history
example-statement = /statement 2026-11
example-export = /export november excel
example-report = /report last year
example-resetowners = /resetowners group=telegram:-1001234
example-role = /role who=Ivan to=manager
example-settings = /settings zone=Europe/Kyiv low=20
example-alerts = /alerts budget=300 days=30,7,1
example-limit = /limit each 100 a week
example-target = /target 100 by friday
example-claim = /claim SUMMER
example-claims = /claims
example-promote = /promote Summer bonus gives=20
example-promo = /promo show 7
example-edit = /edit 7 ends 5 days
example-join = /join AB3D-5F7H
example-subscribe = /subscribe design, python
example-unsubscribe = /unsubscribe
example-announce = /announce Free portfolio review on Friday tags=design
example-series = /series show 3
example-audit = /audit
example-jobs = /jobs
example-announcement = /announcement correct 3 The review is on Monday
example-announcements = /announcements

## Options, as menus and forms show them
opt-topic = The command to explain
opt-subject = Which subject, such as books
opt-task = The job to run
opt-person = Number of the person who did it
opt-connects = How many Connects
opt-purpose = What they were spent on
opt-job = Link to the job
opt-title = Title of the job
opt-boost = What a boost cost on top
opt-part = How much of it was a boost
opt-lines = Several spends, separated by semicolons
opt-price = What you paid before tax, such as $9, or $0.15 each
opt-cost = What they cost: bought, $25, $0.15 each, free or unknown
opt-tax = Tax on top of the price, such as $1.80 or 20%
opt-source = What they were given for
opt-amount = How many Connects; for feedback, how many stars
opt-name = Name of the assessment or reward
opt-number = Number of the entry
opt-claims-number = Number of the promotion
opt-by = How many to add or take away, such as -3; or what the balance is, such as "is 190"
opt-to = What Upwork shows, such as 190
opt-shown = The balance that Upwork shows, such as 451
opt-was = The balance before; if it has changed by then, nothing is booked
opt-reason = Why
opt-on = The day it happened, such as yesterday or 28 Nov; today if left out
opt-tag-of = Numbers of proposals, such as #12 or #12, #15
opt-tag-tags = Tags to give, such as design, logo; -logo takes one away, off takes all away
opt-outcome-of = A proposal: its number, its link or its title
opt-stats-period = The period, such as last month, 30 days or all; the last 90 days if left out
opt-stats-price = Only bids up to 8 Connects (low), 9 to 16 (middle), or 17 and more (high), without boosts
opt-age = Only jobs that were under 1 hour old (hour), under 6 (hours), under 24 (day), or older (days)
opt-stats-by = Show groups: by profile, member, tag, price, age of the job, or boost
opt-profile = Only those sent with this profile
opt-tag = Only those with this tag
opt-boosted = Only boosted ones (on), or only plain ones (off)
opt-proposals-what = A number, a job's link, or words of the title
opt-state = Only those that are so, such as viewed
opt-outcome-state = What became of it
opt-show = What of it: what is owed, the text, what came back, or what does not
opt-period = Only those sent then, such as november or last 30 days
opt-member = Only those that this person sent
opt-worth = What it is worth, such as $500
opt-answer = After how many days without an answer a proposal counts as unanswered
opt-incomes = Keep what clients paid, to tell what they cost
opt-balance-on = A past day, such as 2026-01-31; or what Upwork shows, such as "is 190"
opt-days = Within how many days
opt-before = Entries before this number
opt-group = The group, such as telegram:-1001234
opt-who = Who is meant, such as Ivan
opt-role-to = What they are to be, such as manager
opt-zone = Time zone, such as Europe/Kyiv
opt-currency = Currency, such as USD
opt-plan = Your plan on Upwork
opt-low = Warn below this many Connects; 0 switches it off
opt-alerts-do = Send alerts here, switch them on or off, or send a test
opt-alerts-days = How many days before Connects expire, such as 30,7,1; or off
opt-limit-amount = How much may be spent, such as 100, or $50; or off
opt-per = Per day, week or month
opt-limit-member = Whose spends count: a name, each, or together
opt-act = Warn, or block what is over it
opt-boosts = Only boosts count
opt-bids = How many bids are to be sent, or off
opt-target-days = When, such as this week, or till the 15th
opt-target-member = Who is to send them; without a name, all together
opt-runway = Alert when your Connects will last fewer days than this; 0 or off for never
opt-budget = Connects per calendar month; 0 or off for no budget
opt-limits = Tell when a limit is nearly used up or passed: on or off
opt-cycle = Day of the month when your plan's Connects come; 0 for the same day as last time
opt-monthly = Ask when your plan's Connects are due: on or off
opt-promotions = Alert before Connects from a promotion expire and before contest draws: on or off
opt-unfed = Remind you after so many days without an import, if you import; 0 or off for never
opt-waiting-of = Number of the proposal, such as #12
opt-stale = Ask what became of a proposal without news: on or off
opt-which = Those that expired, or all with past ones; those that can be spent if left out
opt-chart-what = What the picture shows
opt-chart-period = The period it shows, such as last month, 90 days, year or all
opt-export-period = The period, such as november, last quarter, 2026 or all; all if left out
opt-export-form = The form of the file; CSV if left out
opt-form = The form: CSV, Excel, Beancount, hledger, a calendar or a page
opt-postings = Every posting as it was booked, undone ones too: on or off
opt-statement-period = The period, such as 2026-11, last quarter or 2026; last month if left out
opt-statement-form = The form of a file; here in the chat if left out
opt-report-period = The period, such as november, last quarter or 2026; the last 12 months if left out
opt-money = What a reply cost in money, not in Connects
opt-dark = Pictures on a dark background: on or off
opt-feed = Show each booking of the group: here, or off
opt-settings-money = Members of the group see money: on or off
opt-weekly = A summary for the group on Fridays: on or off
opt-digest = A digest every Monday: on or off
opt-where = A group's alerts to the group, to you in private, or both
opt-place = The channel or topic of the group that its alerts go to; “here” for this one
opt-quiet = Quiet hours, such as 22-8; off for none, or usual
opt-alert = Which alert
opt-of = Number of the wallet
opt-what = Number or code of the promotion
opt-spend = Number, link or title of the spend, such as #12
opt-return-connects = How many Connects came back; all of it if left out
opt-gives = Connects for each person who claims or wins
opt-ends = When it ends, such as 3 days, friday or 2026-12-01 09:00
opt-starts = When it starts, such as tomorrow 9am; now if left out
opt-winners = How many winners are drawn; 0 if it is not a contest
opt-approval = Whether each claim waits for your approval
opt-moderators = With approval: whether moderators may also decide on the claims made in their groups
opt-sure = Whether you really mean it
opt-claim = Number of the claim
opt-after = Claims after this number
opt-field = What to change
opt-value = The new value; none removes it
opt-seen = The version that you saw
opt-supply = The most Connects it gives in total
opt-code = A word that people need to claim it
opt-lasts = Days until the Connects it gives expire
opt-new = Only for wallets that are at most this many days old
opt-feedback = Only for people with at least this much positive feedback
opt-assessments = Only for people with at least this many assessments
opt-interviews = Only for people with at least this many interviews
opt-join-code = The code from the other group; off to separate again
opt-link-code = The code from your other account
opt-tags = Topics, such as design, python; all if left out
opt-subscribe-tags = Topics, such as design, python, or no design; all if left out
opt-unsubscribe-tags = Topics to drop, such as design; all if left out
file-option = A file of promotions, in place of everything else
opt-text = The text, as people will read it
opt-at = When to send it, such as tomorrow 9:00
opt-platforms = Only on these platforms, such as telegram
opt-languages = Only for readers of these languages, such as en, uk
opt-cron = When it repeats, such as: every monday at 9
opt-do = What to do with it
opt-id = Number of the announcement

## Questions
ask = { $about }?
hint = your answer
ask-connects = How many Connects?
ask-boosted-connects = How many Connects in all, with the boost?
ask-part = How many of them were for the boost?
ask-boost = How many Connects did the boost cost on top?
ask-opening-connects = How many Connects do you have now?
ask-opening-cost-of = { $connects ->
    [one] What did this 1 Connect cost you?
   *[other] What did these { $connects } Connects cost you?
}
ask-cost = { $connects ->
    [none] What did they cost you in total?
   *[other] What did these { $connects } cost you in total?
}
ask-buy-connects = How many Connects did you buy?
ask-price-taxed = What did you pay in all, tax included?
ask-source = What were they given for?
ask-name = What is its name?
ask-amount = How many stars, or Connects?
ask-number = Which entry?
ask-spend = Which spend came back?
ask-purpose = What were they spent on?
ask-days = Within how many days?
ask-before = Before which entry?
ask-do = What should I do?
ask-id = Which announcement? Its number, please; /announcements lists them.
ask-announcement-text = What should it say instead? You will see what changes before anything does.
ask-at = When should it be sent? Such as: tomorrow 9:00
ask-cron = When should it repeat? Such as: every monday at 9
ask-approval = Should each claim wait for your approval?
ask-moderators = May the moderators of a group decide on the claims made there? That takes approval=on.
ask-monthly = Should I alert you when your plan's Connects are due?
ask-tags = Which topics? Such as design, python.
ask-unsubscribe-tags = Which topics do you want to drop? Such as design.
ask-series-number = Which series? Its number, please.
ask-words = What would you like to know?
ask-by = By how many Connects, such as -3? Or what is the balance, such as: is 190
ask-on = Which day?
ask-tag-of = Which proposals? Their numbers, such as #12 or #12, #15.
ask-tag-tags = Which tags? Such as design, logo; -logo takes one away, off takes all away.
ask-tag-sure = Is that really a tag?
ask-tag-undo = Which import should I take back? Its number, please.
ask-outcome-of = Which proposal do you mean? Its number, its link or its title.
ask-outcome-state = What became of it?
ask-proposals-what = Which proposal? Its number, its link or words of its title.
ask-proposals-state = Which proposals do you want to see?
ask-period = From which time? Such as november, or last 30 days.
ask-proposals-member = Who sent them?
ask-show = What would you like to see?
ask-skip = How many newer ones should I leave out?
ask-more = Should I show all states?
ask-back = Which list did you come from?
ask-worth = What is it worth? Such as $500.
ask-undo = What should I take back? Its number, please.
ask-afresh = Should what I knew until now no longer count?
ask-outcome-seen = Which line of which import? Such as 7-3.
ask-outcome-sure = Should I keep that without a bid?
ask-invited = Was it an invitation?
ask-answer = After how many days without an answer should a proposal count as unanswered?
ask-line = Which figures do you want to see in money?
ask-wallet = Of which group? Its number, please.
ask-stats-period = Which period? Such as 1 Nov to 15 Nov, October, or last 60 days.
ask-stats-by = By what should I group them?
ask-stats-profile = Sent with which profile?
ask-stats-member = Sent by whom?
ask-stats-tag = With which tag?
ask-stats-boosted = Only boosted ones?
ask-stats-price = At which price?
ask-stats-age = How old was the job?
ask-stats-show = What would you like to see?
ask-incomes = Shall I keep what clients paid, from your list of transactions?
ask-importfor-on = Which import?
ask-importproposals-do = What shall I do with it?
ask-importproposals-on = Which import?
ask-each = Should I list each entry of an import by itself?
ask-shown = What balance does Upwork show?
ask-again = Should I do it once more?
ask-confirm = Which balance should I confirm?
ask-lift = Which confirmation should I withdraw?
ask-reconcile-back = Which confirmation should I take back?
ask-missed-bid = Which job was it? Send its link or its title.
ask-anyway = Should I do it all the same?
ask-included = Is the tax in that price?
ask-here = Do you mean this place?
ask-started = Did you come by a link?
ask-group = Which group, such as telegram:-1001234?
ask-role-who = Whose role do you want to change?
ask-role-to = What shall they be?
ask-role-of = { $name } is { $role } here. What shall they be?
ask-zone = Which time zone? A city will do.
ask-currency = Which currency?
ask-plan = Which plan do you have on Upwork?
ask-low = Below how many Connects should I warn you? 0 for never.
ask-alerts-days = How many days before Connects expire should I alert you? Such as 30,7,1, or off.
ask-limit-amount = How much may be spent? Such as 100 for Connects, or $50; or off.
ask-per = Per day, per week or per month?
ask-limit-member = Whose spends count?
ask-limit-all = For each member apart, or for all together?
ask-sent = Was it sent already?
ask-sent-told = Was it sent already? Then I book it, and the owner hears of it.
ask-limit = Which limit? Write its number.
ask-asked = How much is it about?
ask-since = On which day did it begin? Such as 2026-01-12.
ask-allow-line = Which line is it about?
ask-allow-by = Who wants to? Write their number.
ask-act = What shall I do with a spend that is over it?
ask-boosts = Shall only boosts count?
ask-bids = How many bids are to be sent? Or off.
ask-target-days = Until when? Such as this week, friday, or till the 15th.
ask-target-member = Who is to send them?
ask-runway = Alert you when your Connects will last fewer than how many days? 0 for never.
ask-unfed = After how many days without an import should I remind you? 0 for never.
ask-waiting-of = Which proposal is it?
ask-came = On which day did the monthly Connects come?
ask-which = Which lots do you want to see?
ask-export-period = For which period? Such as november, last quarter, 2026 or all.
ask-export-form = In which form?
ask-export-stop = Which file should I stop?
ask-postings = Every posting as a row of its own: on or off?
ask-statement-period = For which period? Such as 2026-11, last quarter or 2026.
ask-statement-form = In which form?
ask-export-more = All forms: on or off?
ask-statement-more = All forms: on or off?
ask-statement-stop = Which file should I stop?
ask-report-period = For which period? Such as november, last quarter or 2026.
ask-report-stop = Which file should I stop?
ask-mydata-stop = Which files should I stop?
ask-chart-what = What shall I draw?
ask-chart-period = For which period? Such as last month, 90 days, year or all.
ask-chart-money = In money, not in Connects?
ask-chart-stop = Which drawing should I stop?
ask-dark = A dark background for pictures: on or off?
ask-feed = Shall I show each booking of this group here? For another channel or topic, write /settings feed=here there. Or off, to show them nowhere.
ask-settings-money = Shall this group's members see what Connects cost in money: on or off?
doubt-feed-elsewhere = I show bookings in the place where an owner writes /settings feed=here. So write that in the channel or topic that you mean. Or shall I show them here?
doubt-weekly-day = The summary of the week comes on Fridays at nine. Shall I send it then?
ask-weekly = Shall I send this group a summary on Fridays: on or off?
ask-budget = How many Connects per calendar month? 0 for no budget.
ask-cycle = On which day of the month do your plan's Connects come? 0 for the same day as last time.
ask-where = Where should this group's alerts go?
ask-place = Where should this group's alerts go?
ask-alerts-on = Which alerts shall I switch on?
ask-alerts-off = Which alerts shall I switch off?
ask-alerts-switch = Which alert shall I switch on or off?
ask-quiet = What are your quiet hours? Such as 22-8; off for none, or usual.
ask-what = Which promotion? Its number or its code.
ask-promote-title = What is the promotion called?
ask-promote-text = What is it about? Its text, as people will read it.
ask-promo-sure = Really cancel it? Nobody can claim it any more, and announcements not yet sent are never sent. This cannot be undone.
ask-promo-number = Which promotion? Its number, please.
ask-claims-number = On which promotion?
ask-edit-number = Which promotion? Its number, please.
ask-field = What do you want to change?
ask-value = What is the new value? "none" removes it if it is optional.
ask-claim = Which claim? Its number, please.
ask-promote-plan = Only for people on which plan?
ask-promote-new = How many days old may a wallet be, at most?
ask-promote-lasts = After how many days do its Connects expire?
ask-promote-supply = How many Connects does it give in total, at most?
ask-promote-winners = How many winners are drawn? 0 if it is not a contest.
ask-join-code = Which code did the other group get?
ask-link-new = Should I give you a new code?
ask-linking-act = How should linking go on? /link shows what is open.
ask-unlink-number = Which link should I undo? /unlink shows it.
ask-unlink-sure = Should I really separate your accounts? /unlink shows what goes where.
ask-unlink-keep = Should your accounts stay linked?
ask-forgetme-begun = I cannot read when I asked you first. Write /cancel, and then /forgetme to be asked again.
ask-forgetme-word = If I shall forget you, write the word "forget". With /cancel everything stays as it is.
ask-link-code = Which code did you get from your other account?
ask-promote-code = Which word do people need to claim it?
ask-starts = When does it start?
ask-languages = For readers of which languages? Such as en, uk.
ask-platforms = On which platforms? Such as telegram, discord.
ask-gives = How many Connects does each person get?
ask-ends = When does it end?
ask-announce-text = What do you want to announce? You will see a preview before it is sent.
hint-connects = such as 16
hint-cost = such as $25
hint-part = such as 8
hint-source = such as interview
hint-name = such as Python
hint-amount = such as 5
hint-spend = such as #12
hint-worth = such as $500
hint-answer = such as 14
hint-export-period = such as november
hint-statement-period = such as 2026-11
hint-report-period = such as 2026
hint-chart-what = such as balance
hint-chart-period = such as 90 days
hint-outcome-of = such as #12
hint-number = such as 12
hint-by = such as -2
hint-on = such as 2026-01-31
hint-role-who = such as Ivan, or #7
hint-role-to = such as manager
hint-zone = such as Kyiv
hint-currency = such as EUR
hint-plan = such as plus
hint-low = such as 20
hint-days = such as 30,7,1
hint-expiring-days = such as 14
hint-runway = such as 7
hint-unfed = such as 7
hint-waiting-of = such as #12
hint-budget = such as 300
hint-cycle = such as 15
hint-quiet = such as 22-8
hint-place = such as “here”
hint-what = such as SUMMER
hint-gives = such as 20
hint-ends = such as 3 days
hint-text = the text

## Answers
spend-done = #{ $number } booked: { $connects ->
    [one] 1 Connect
   *[other] { $connects } Connects
} · { $deed }
spend-done-boosted = #{ $first } and #{ $last } booked: { $connects ->
    [one] 1 Connect
   *[other] { $connects } Connects
} and a boost of { $boost } · { $deed }
spend-done-several = #{ $first } to #{ $last } booked: { $count } bids, { $connects } Connects
entry-spent = { $connects ->
    [one] 1 Connect
   *[other] { $connects } Connects
} · { $deed } · { $cost }
booked-on = Booked on { $day }.
day-named = { $weekday }, { $day }
before-pin = Your balance was confirmed on { $day }: { $balance }, as Upwork said. { $does ->
    [undoes] Undo something from before that all the same?
    [prices] That balance stays, but what was spent before may cost more or less than it did. Change the price all the same?
   *[books] Book it before that all the same?
}
pin-broken = The confirmation of { $day } no longer holds: my books now say { $now } for that moment, and Upwork said { $balance }.
bid-again = { $bids } Bid again?
bid-again-by = { $bids } Bid anyway?
bid-before = { $who ->
    [you] You
    [known] { $name }
   *[nobody] Somebody
} bid { $connects } on { $several ->
    [yes] { $job }
   *[no] this job
} { $when }{ $became ->
    [withdrawn] { " " }and withdrew it
    [returned] , and it was returned
   *[open] { "" }
}, see #{ $number }.
bids-before-more = { $bids }
    { $bid }
refusal-already-bid = There is a bid on this job already, see #{ $number }.
shown-differs = Upwork showed { $shown } Connects before this bid, but my books had { $before }.
buy-done = #{ $number } booked: { $connects ->
    [one] 1 Connect
   *[other] { $connects } Connects
} bought
doubt-price = That is far from the list price, which is { $usual } for { $connects ->
    [one] 1 Connect
   *[other] { $connects } Connects
}. What did you pay?
doubt-order = I am not sure which figure is which. What did you buy?
doubt-currency = Which currency did you pay in?
doubt-comma = Is that comma a decimal point, or does it stand between thousands?
doubt-tax = Is the tax in that price, or does it come on top?
button-tax-on-top = On top
button-tax-inside = In the price
doubt-tax-part = How much of { $price } is tax? If you know the rate, write it too, such as: incl. 20% VAT.
reading-taxed = { $price }, of which { $tax } tax
reading-untaxed = { $price }, no tax apart
reading-currency = { $price } ({ $currency })
reading-buy = { $connects ->
    [one] 1 Connect
   *[other] { $connects } Connects
} for { $price }
reading-buy-each = { $connects } Connects for { $price } ({ $each } each)
doubt-plan = Your plan here is { $plan }. Book another amount this once, or change the plan?
doubt-amount = Which of these did you earn?
reading-earn = { $connects ->
    [one] 1 Connect
   *[other] { $connects } Connects
} · { $what }
reading-written = As written: { $connects ->
    [one] 1 Connect
   *[other] { $connects } Connects
} for { $price }
earn-done = #{ $number } booked: { $connects ->
    [one] 1 Connect
   *[other] { $connects } Connects
} earned · { $source }
return-done = #{ $number } booked: { $connects ->
    [one] 1 Connect
   *[other] { $connects } Connects
} returned from #{ $of }
return-several = { $connects ->
    [one] 1 Connect
   *[other] { $connects } Connects
} returned from { $entries }
return-which = Which spend came back?
return-of-which = { $connects ->
    [one] 1 Connect came back: from which spend?
   *[other] { $connects } Connects came back: from which spend?
}
return-entry-or-connects = Entry #{ $number }, or { $number ->
    [one] 1 Connect?
   *[other] { $number } Connects?
}
return-not-entry = Nothing can come back from entry #{ $number }. If { $number ->
    [one] 1 Connect came back, which spend is it from?
   *[other] { $number } Connects came back, which spend are they from?
}
return-which-on-job = Several spends on that job are open. Which came back?
return-none-on-job = I know of nothing on that job that can still come back. Which spend was it?
return-other-job = That entry is for another job. Which do you mean?
return-unread = I did not understand "{ $words }". Which spend came back?
return-too-many = No spend has { $connects } Connects left that can come back.
return-none = Nothing that was spent lately can still come back.
return-part = { $connects ->
    [one] 1 Connect
   *[other] { $connects } Connects
} of #{ $number } · { $deed }
return-all = All of { $entries }: { $connects ->
    [one] 1 Connect
   *[other] { $connects } Connects
}
undo-replaced = #{ $of } is undone: { $deed }. An import had put other Connects in its place, so the balance stays. If you undo that import, these do not come back.
undo-done = #{ $of } is undone: { $deed } ({ $delta })
edited-booked = You changed this line. I had booked { $entries }.
edited-spend = { $connects ->
    [one] 1 Connect
   *[other] { $connects } Connects
} for { $deed } (#{ $number })
edited-entry = { $deed } ({ $delta }, #{ $number })
edited-entries = the entries { $entries }
edited-undone = You changed this line. What I had booked for it ({ $entries }) is undone already. What you have booked with buttons since stays booked.
edited-not-run = You changed this line. I have not run it again, and what you booked with buttons stays booked.
edited-other-books = You wrote that line before you linked or unlinked your accounts, so it was for other books, and I have not run it again. What it had booked shows in /history.
edited-left = I left it as it was booked.
undo-several = { $entries } are undone ({ $delta })
reconcile-equal = Your books and Upwork agree on { $connects ->
    [one] 1 Connect
   *[other] { $connects } Connects
}.
reconcile-confirmed = Confirmed: your books and Upwork agree on { $connects ->
    [one] 1 Connect
   *[other] { $connects } Connects
}. I will ask before I book anything that changes this.
reconcile-withdrawn = That confirmation is withdrawn. Nothing else has changed.
reconcile-lifted = That confirmation no longer counts. Nothing else has changed.
reconcile-lift-undone = That confirmation counts again.
reconcile-differs = Upwork shows { $shown } and my books have { $balance }: { $delta }. Nothing is booked yet.
reconcile-agreed = On { $day } they agreed, on { $balance }.
reconcile-never = Nobody has confirmed yet that your books agree with Upwork.
reconcile-how = Tell me what Upwork shows as your balance, such as /reconcile 451.
reconcile-last = { $day }, on { $balance } ({ $days ->
    [0] today
    [one] 1 day ago
   *[other] { $days } days ago
})
reconcile-since = { $entries ->
    [0] nothing booked
    [one] 1 entry, { $delta } in all
   *[other] { $entries } entries, { $delta } in all
}
pin-holds = { $day }: { $balance } confirmed, as Upwork says
pin-moved = { $day }: { $balance } was confirmed, as Upwork said; my books now have { $now } for that moment
explains-all = That would explain it.
explains-part = That would explain { $connects } of the { $of }.
why-unknown = I found nothing in my books that would explain it.
why-entry = { $entries } ({ $deed })
why-never-imported = My books have only what was typed. An import from Upwork would show what is missing.
why-import-old = The last import covers the time until { $day }. A new one would show what is missing.
why-monthly = The { $connects } Connects of your plan were due on { $day } and are not booked. { $explains }
why-expired-here = { $connects ->
    [one] 1 Connect has
   *[other] { $connects } Connects have
} expired in my books. Upwork may still have them. { $explains }
why-expired-there = { $connects ->
    [one] 1 Connect expires
   *[other] { $connects } Connects expire
} in my books within two days. At Upwork they may be gone already. { $explains }
why-owed = { $what } should have come back, but your books have no return of it. { $explains }
why-return = { $what } may have come back. { $explains }
why-return-some = One of several spends may have come back. { $explains }
why-bid = A bid of { $connects } may be missing. { $explains }
why-twice = { $what } looks as if it were entered twice. { $explains }
why-bought = A purchase of { $connects } may be missing. { $explains }
why-boost = The boost of { $what } may be missing. { $explains }
adjust-done = #{ $number } booked: corrected by { $delta }
adjust-total = { $was } → { $to }: that is a correction of { $delta }. Nothing is booked yet.
adjust-was = You wrote { $said }; my books say { $was }.
adjust-equal = The balance is { $connects ->
    [one] 1 Connect
   *[other] { $connects } Connects
} already, so there is nothing to correct.
adjust-which = Which correction do you mean?
adjust-unread = I did not understand "{ $words }". Which correction do you mean?
adjust-sum = Is { $connects } the right balance, or is it off by { $connects }?
adjust-moved = Since you were asked, the balance went from { $was } to { $now }.
adjust-equal-or = The balance is { $connects } already. Should { $connects } be added, or taken away?
adjust-direction = Should { $connects } be added, or taken away?
adjust-too-low = { $available ->
    [0] No Connects are left to take away.
    [one] Only 1 Connect is left to take away.
   *[other] Only { $available } Connects are left to take away.
}
cost-question = { $connects ->
    [one] I do not know yet what 1 of your Connects cost. What did it cost you?
   *[other] I do not know yet what { $connects } of your Connects cost. What did they cost you in total?
}
cost-done = #{ $number } booked: { $connects ->
    [one] the cost of 1 Connect
   *[other] the cost of { $connects } Connects
}
cost-spent-before = { $connects ->
    [one] 1 Connect was spent before that. Its cost stays unknown.
   *[other] { $connects } Connects were spent before that. Their cost stays unknown.
}
cost-stays-unknown = Then it stays unknown. If you find out, write /cost.
doubt-cost = { $price } for { $connects ->
    [one] 1 Connect
   *[other] { $connects } Connects
} is far from the list price. What did you pay?
low-balance = Running low: { $connects ->
    [0] no Connects are
    [one] 1 Connect is
   *[other] { $connects } Connects are
} left, below your warning level of { $threshold }.
number-what = { $connects ->
    [one] 1 Connect
   *[other] { $connects } Connects
}: what happened to them?
number-what-titled = { $connects ->
    [one] 1 Connect
   *[other] { $connects } Connects
} for "{ $title }": what happened to them?
balance-now = { $connects ->
    [0] No Connects are available.
    [one] 1 Connect is available.
   *[other] { $connects } Connects are available.
}
unknown-number = { $connects } (write /cost if you know it)
balance-then = { $connects ->
    [0] No Connects were available
    [one] 1 Connect was available
   *[other] { $connects } Connects were available
} at the end of { $day }.
soon = { $connects } within 30 days, the first on { $first }
lots-none = There are no Connects in your wallet.
lots-title = { $connects ->
    [one] 1 Connect, used in this order
   *[other] { $connects } Connects, used in this order
}
lots-expired-none = No Connects have expired.
lots-all-none = There are no lots in your books yet.
lots-expired-title = { $connects ->
    [one] 1 Connect has expired
   *[other] { $connects } Connects have expired
}
lots-all-title = { $lots ->
    [one] Your only lot
   *[other] { $lots } lots, newest first
}
lot-left = { $left } of { $size } Connects
lot-unspent = about { $connects } will expire unspent
lot-unspent-worth = about { $connects } will expire unspent ({ $price })
lot-expired = { $connects } expired on { $day }
lot-still = { $left } left
lot-spent = all spent
unspent-unknown = I cannot say what will expire unspent, because I do not know your pace. That takes a week of entries, with a spend in the last four weeks.
unspent-none = At the pace of your last four weeks, nothing will expire unspent.
unspent-maybe = At the pace of your last four weeks, nothing will expire unspent. At that of your slowest week, { $connects ->
    [one] 1 Connect
   *[other] { $connects } Connects
} would expire{ $worth }.
unspent-about = At the pace of your last four weeks, about { $connects ->
    [one] 1 Connect
   *[other] { $connects } Connects
} will expire unspent{ $worth }.
unspent-range = { $about } Going by your fastest and your slowest week, it may be anything from { $least } to { $most }.
unspent-connects = { $connects }
unspent-amount = { $connects } ({ $price })
unspent-free = , all of them free
unspent-all-unknown = ; what they cost is unknown
unspent-paid = , for which you paid { $price }{ $unknown ->
    [0] { "" }
   *[other] {" "}(the cost of { $unknown } of them is unknown)
}
amount = { $price }

## Forecast
forecast-out = { $connects ->
    [one] At your pace of the last four weeks, your 1 Connect will be gone around { $day }.
   *[other] At your pace of the last four weeks, your { $connects } Connects will be gone around { $day }.
}
forecast-long = { $connects ->
    [one] At your pace of the last four weeks, your 1 Connect will last for more than half a year.
   *[other] At your pace of the last four weeks, your { $connects } Connects will last for more than half a year.
}
forecast-empty = You have no Connects left.
forecast-young = { $connects ->
    [0] You have no Connects.
    [one] You have 1 Connect.
   *[other] You have { $connects } Connects.
} I cannot say yet how long they will last: that takes a week of entries. Book what you spend, such as /spend 16 Logo redesign, or import your Connects History from Upwork. With that, I can tell at once.
forecast-idle = { $connects ->
    [0] You have no Connects.
    [one] You have 1 Connect.
   *[other] You have { $connects } Connects.
} As far as I know, nothing was spent in the last four weeks, so I cannot say how long they will last. If something is missing, import your Connects History from Upwork.
forecast-later = in more than half a year
forecast-pace = about { $usual ->
    [0] 1 Connect or less
    [one] 1 Connect
   *[other] { $usual } Connects
} a week{ $range ->
    [no] { "" }
   *[yes] {" "}({ $slow } to { $fast })
}
forecast-counted = { $expired ->
    [0] nothing expires unspent
    [one] 1 expires unspent
   *[other] { $expired } expire unspent
}, { $lots ->
    [0] and none come from your plan
    [one] and { $came } come from your plan
   *[other] and { $came } come from your plan ({ $lots } times)
}
forecast-buy = { $connects } by { $by }, to last until { $until }
forecast-buy-price = { $bought }: about { $price } at the list price
forecast-budget = { $spent } of { $limit } spent this month
forecast-budget-end = { $so_far }, about { $expected } by { $last } at your pace
forecast-budget-passed = { $by_end }; you would pass the limit around { $day }
forecast-known = I know your Connects History up to { $day } only. The pace is that of the four weeks before, and what you have spent since is not counted.
advice-next = Worth doing next: { $what } { $sure }
advice-none = As far as your books show, nothing needs doing now.
advice-import = import your Connects History, because the books know nothing after { $day }.
advice-buy = { $left ->
    [0] buy { $buy } Connects, because you have none left.
   *[other] buy { $buy } Connects by { $day }, because you will have none left then at your pace.
}
advice-refunds = ask for what should have come back: { $jobs ->
    [one] 1 closed job has
   *[other] { $jobs } closed jobs have
} not given back { $owed ->
    [one] 1 Connect.
   *[other] { $owed } Connects.
}
advice-missed = look for your plan's { $came } Connects. They were due on { $due }, and are not in the books.
advice-use = use your Connects, because { $pace ->
    [none] { $connects ->
        [one] 1 of them expires
       *[other] { $connects } of them expire
    } by { $day }{ $worth }, and you have spent none for four weeks.
   *[usual] about { $connects } of them will expire unspent by { $day }{ $worth } at your pace.
}
advice-worth = {" "}(you paid { $price })
advice-budget = slow down, or raise your budget. At your pace, you will have spent { $expected } Connects by the end of the month, and your limit is { $limit }.
advice-boost = boost less. Of your { $bids } boosted bids from the last 90 days, { $replies ->
    [0] none was
    [one] 1 was
   *[other] { $replies } were
} answered, and the boosts cost { $boost } Connects.
advice-news = import “My proposals”, because nobody has told me what became of { $proposals ->
    [one] 1 proposal.
   *[other] { $proposals } proposals.
}
advice-cost = say what { $unknown ->
    [one] 1 Connect
   *[other] { $unknown } Connects
} cost you, so that I can count them in money.
sure-certain = That is certain.
sure-likely = That is likely.
sure-possible = That is possible, but not certain.

## Calendar
calendar-name = Connects
calendar-of = Connects: { $title }
due-expiry = { $connects ->
    [one] 1 Connect expires
   *[other] { $connects } Connects expire
}
due-lot = { $connects ->
    [one] 1 Connect
   *[other] { $connects } Connects
} · { $source }
due-lot-worth = { $connects ->
    [one] 1 Connect
   *[other] { $connects } Connects
} · { $source } · { $worth }
due-until = Spend them before { $until }.
due-monthly = Your plan's { $connects } Connects are due
due-monthly-detail = If they do not come within three days, ask Upwork's support.
due-target = { $named ->
    [yes] Target of { $name }
   *[no] Target
}: { $bids ->
    [one] 1 bid
   *[other] { $bids } bids
} until today
due-target-detail = It counts what was sent since { $first }. Write /target to see how far it is.
due-draw = Draw of “{ $title }”
due-offer = “{ $title }” ends
due-entered = You take part as entry #{ $entry }. { $prize }
due-enter = Until then you can take part with /claim { $number }. { $prize }
due-prize = { $winners ->
    [one] The winner gets { $gives ->
        [one] 1 Connect
       *[other] { $gives } Connects
    }.
   *[other] Each of the { $winners } winners gets { $gives ->
        [one] 1 Connect
       *[other] { $gives } Connects
    }.
}
due-claim = Until then /claim { $number } gives you { $gives ->
    [one] 1 Connect
   *[other] { $gives } Connects
}.
due-coded = You need its code to claim it.

## Questions
ask-tax-inside = How much of that was tax?

## Answers
undo-amended = #{ $of } is undone. What #{ $entry } cost is what it was before.
cost-question-of = #{ $number } brought { $connects ->
    [one] 1 Connect. What did it really cost you?
   *[other] { $connects } Connects. What did they really cost you in total?
}
cost-corrected = #{ $number } booked: { $deed }.
cost-spent = { $spends ->
    [one] What you spent of them costs { $cost } now: 1 spend.
   *[other] What you spent of them costs { $cost } now: { $spends } spends.
}
button-cost-rest = { $connects ->
    [one] What the spent one cost
   *[other] What the other { $connects } cost
}
button-cost-every = All { $connects }
button-cost-left = Only the { $connects } left
doubt-cost-which = { $every } of your Connects came at an unknown cost, and { $left } of them are left. Which did you pay that for?
monthly-missed = Your plan's Connects that were due on { $days }{ $earlier ->
    [0] { "" }
    [one] , and 1 lot before them,
   *[other] , and { $earlier } lots before them,
} are not in the books. On Upwork, look in your Connects History for a row “Monthly Connects renewal”. If it is there, book them here. If not, ask Upwork's support.
monthly-due = Your plan's { $connects } Connects were due on { $day }, and are not in the books yet.
monthly-next = The next { $connects } Connects of your plan are due on { $day }.
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
history-none = There are no entries to show.
history-together = Booked together
history-import = Import { $number }
history-import-undone = Import { $number } taken back
history-pin = { $balance } confirmed, as Upwork says
history-pin-moved = { $balance } was confirmed, which no longer holds
history-title = { $entries ->
    [one] Entry #{ $newest }
   *[other] Entries #{ $newest } to #{ $oldest }
}
file-parts-table = { $name } is larger than a file may be here, even as a zip file. So it comes in { $parts } parts, each a zip file. Each part begins with the names of the columns.
file-parts-journal = { $name } is larger than a file may be here, even as a zip file. So it comes in { $parts } parts, each a zip file. Unpacked and joined in this order, they are the whole journal.
file-part = Part { $number } of { $parts }
file-zipped = { $name } is larger than a file may be here, so it comes as a zip file.
file-volumes = { $name } is larger than a file may be here, even as a zip file. So that zip file comes in { $parts } pieces. Save all of them in one folder, then open { $first } with 7-Zip. Without 7-Zip, join them first: cat { $whole }.* > { $whole }
file-too-large = { $name } has { $megabytes } MB, which is more than I can send here, even in { $most } zip files. About { $share } % of it would fit, so please ask for a shorter period. Whoever runs this bot can give you all of it.
file-not-sent = I may not send files here, so “{ $name }” is missing. An admin can allow that, or you can ask me in our private chat.
settings-title = { $group ->
    [yes] This group's settings
   *[no] Your settings
}
settings-saved = { $group ->
    [yes] Saved. This group's settings are now:
   *[no] Saved. Your settings are now:
}
low-on = on
low-off = off
low-at = below { $connects }
alerts-title = { $group ->
    [yes] This group's alerts
   *[no] Your alerts
}
alerts-beside = Nothing was changed: “{ $do }” cannot stand beside other settings. Please write them alone.
alerts-saved = { $group ->
    [yes] Saved. This group's alerts are now:
   *[no] Saved. Your alerts are now:
}
alerts-check = They go to your private chat with me, which must be open. Press “Send a test” to see if they arrive.
alerts-all-on = { $group ->
    [yes] All of this group's alerts are on
   *[no] All your alerts are on
}
alerts-all-off = { $group ->
    [yes] All of this group's alerts are off
   *[no] All your alerts are off
}
alerts-no-private = You write as the group or channel itself, which has no private chat with me. Choose this with your own account: an admin who is not anonymous can write /alerts where=private here.
alerts-private-already = Alerts here are private already. Only a group can choose where its alerts go.
alerts-no-admin = You no longer decide about that group’s alerts, so they no longer come to you.
alerts-admin-unknown = I cannot check right now what you are in that group. Please try again in a minute.
alerts-back = { $name } no longer decides about this group’s alerts. What went to them in private comes here again. Whoever decides about them can change that with /alerts where=private.
alerts-not-yours = That group's alerts are not sent to you. Its admins can change them there, with /alerts.
days-before = { $days ->
    [one] { $days } day before
   *[other] { $days } days before
}
runway-under = when they will last { $days ->
    [one] less than a day
   *[other] fewer than { $days } days
}
waiting-noted = All right. I will not ask about it again for { $days } days.
unfit-earned-on = Only monthly Connects can be booked on an earlier day. Leave the day out to book this today.
unfit-waiting = “{ $words }” is not the number of a proposal, such as #12.
unfed-after = after { $days ->
    [one] a day
   *[other] { $days } days
} without an import
limit-title = { $group ->
    [yes] This group's limits
   *[no] Your limits
}
limit-none = { $group ->
    [yes] This group has no limits: everybody may spend as much as there is.
   *[no] You have set no limits.
}
limit-none-such = There is no such limit.
limit-none-for-you = There is no limit for you.
limit-none-for = There is no limit for { $name }.
limit-not-yours = What others may spend is for owners, managers and viewers to see. You see your own limits, and those for all.
limit-how = { $group ->
    [yes] Set one with a line such as /limit each 100 a week, or /limit me 20 a day for boosts.
   *[no] Set one with a line such as /limit 100 a week, or /limit 20 a day for boosts.
}
limit-change = { $group ->
    [yes] Change one with a line such as /limit each 100 a week, or take it away with /limit { $number } off.
   *[no] Change one with a line such as /limit 100 a week, or take it away with /limit { $number } off.
}
limit-row = { $number }. { $limit }{ $act ->
    [block] { "" } (blocks)
   *[warn] { "" }
}
limit-line = { $whom }: { $amount } { $per }{ $boosts ->
    [yes] { "" } for boosts
   *[no] { "" }
}
limit-each = Each member
limit-together = All together
limit-you = You
over-together = all together
over-whose = { "" } ({ $who })
limit-money = { $price }
limit-hidden = a sum of money
limit-untouched = nothing is spent of it yet
limit-unspent = nothing is spent of it yet
limit-stands = { $spent } spent, { $state ->
    [over] { $left } over
    [none] nothing left
   *[left] { $left } left
}; whole again { $when }{ $lifted ->
    [none] { "" }
   *[other] { "" } ({ $lifted } more allowed until then)
}
limit-percent = { $percent }% used; whole again { $when }
limit-brief = { $spent } of { $amount }
limit-brief-percent = { $percent }%
limit-of-one = { $name } { $stands }
limit-set = Saved. { $limit }. { $act ->
    [block] What would be over it is not booked, unless it was sent already.
   *[warn] What is over it is booked, with a warning.
}
limit-was = Before: { $limit }.
limit-now = Now: { $stands }.
limit-off = That limit is gone. { $limit }.
limit-which-off = Which limit shall I take away?
limit-gone = There is no limit { $number } any more. /limit shows those that there are.
limit-alone = Here you are the only one who spends, so a limit is for you.
limit-near = { $who ->
    [you] You have
    [all] All together have
   *[one] { $name } has
} spent { $spent } of { $amount } { $boosts ->
    [yes] for boosts { "" }
   *[no] { "" }
}{ $then }: { $state ->
    [over] { $left } over the limit
    [none] nothing is left
   *[left] { $left } left
}. The limit is whole again { $when }.
limit-near-percent = { $who ->
    [you] You have
    [all] All together have
   *[one] { $name } has
} used { $percent }% of the limit in money { $then }. The limit is whole again { $when }.
target-title = { $group ->
    [yes] This group's targets
   *[no] Your targets
}
target-none = { $group ->
    [yes] This group has no targets.
   *[no] You have set no targets.
}
target-how = { $group ->
    [yes] Set one with a line such as /target 100 bids till the 15th, or /target me 20 bids this week.
   *[no] Set one with a line such as /target 100 bids till the 15th, or /target 20 bids this week.
}
target-alone = Here you are the only one who bids, so a target is for you.
target-none-such = There is no such target. /target shows those that there are.
target-row = { $number }. { $target }
target-line = { $whom }: { $bids ->
    [one] 1 bid
   *[other] { $bids } bids
} { $span ->
    [one] on { $last }
   *[several] from { $first } to { $last }
}
target-progress = { $bids } of { $wanted }{ $state ->
    [reached] . It is reached.
    [missed] . It was missed by { $missing }.
    [ahead] . It has not begun yet.
    [last] . Today is the last day: { $missing } to go.
   *[going] . That takes { $each } a day for the { $days } days that are left.
}
target-set = Saved. { $target }.
target-off = That target is gone. { $target }.
target-which-off = Which target shall I take away?
target-each = A target is for one member, or for all together. Whose shall it be?
target-past = { $day } has passed already. A target needs days that are still to come.
target-backwards = That would end on { $last }, before it begins on { $first }.
target-long = A target can last { $days } days at most.
doubt-target-every = A target is for certain days, not for “{ $words }”. Which shall it be?
doubt-target-of = A target counts the bids that are sent, not what comes of them. What do you mean by “{ $words }”?
doubt-target-connects = A target counts bids, not Connects. What do you mean by “{ $words }”?
whole-tomorrow = tomorrow
whole-weekday = on { $weekday }
whole-next = on { $weekday }, { $day }
whole-day = on { $day }
whole-again = The limit is whole again { $when }.
whole-past = That time is over.
then-past = { $period ->
    [day] on { $day }
    [week] in the week of { $day }
   *[month] in the month from { $day }
}
over-limit = That would be { $total } of { $amount } Connects { $boosts ->
    [yes] for boosts { "" }
   *[no] { "" }
}{ $then }{ $who }. { $left ->
    [0] Nothing is left.
    [one] 1 is left.
   *[other] { $left } are left.
} { $whole }
over-limit-money = That would be { $total } of { $amount } { $boosts ->
    [yes] for boosts { "" }
   *[no] { "" }
}{ $then }{ $who }. { $left } is left. { $whole }
over-limit-percent = That would be { $percent }% of what may be spent { $boosts ->
    [yes] on boosts { "" }
   *[no] { "" }
}{ $then }{ $who }. { $whole }
unsent-booked = It is booked already, as { $entries }. If it was not sent, undo that.
unsent = That was not booked. { $owner ->
    [yes] You can allow it just this once.
   *[no] An owner can allow it just this once.
}
allowed = { $unit ->
    [money] { $name ->
        [none] That is allowed { $then }, just this once.
       *[other] { $name }, you may spend that { $then }, just this once.
    }
   *[connects] { $name ->
        [none] Allowed, just this once: another { $more } { $then }.
       *[other] { $name }, you may spend another { $more } { $then }, just this once.
    }
}
allowed-next = Book it once it is sent.
allowed-elsewhere = Allowed. I am telling the group.
allow-over = That time is over, so nothing needs to be allowed. The limit is whole again. { $limit }.
allow-room = Nothing needs to be allowed: by now there is room for it. { $limit }, whole again { $when }.
allow-gone = That limit is not there any more, so nothing needs to be allowed.
allow-owners = Only owners of that group can allow more.
allow-unseen = I cannot check right now whether you are an owner of that group. Please try again in a minute.
unfit-ceiling = “{ $words }” is no amount. Write a number of Connects such as 100, an amount of money such as $50, or off.
unfit-ceiling-nothing = A limit of nothing would let nobody spend. Write off to take it away.
unfit-ahead = “{ $words }” is no time to come. Write this week, friday, till the 15th, or in 10 days.
doubt-limit-period = A limit is per day, week or month, not “{ $words }”. Which shall it be?
doubt-limit-once = A limit holds every { $unit ->
    [day] day
    [week] week
   *[month] month
}, not only “{ $words }”. Shall I set it so?
doubt-limit-bound = A limit has no first or last day (“{ $words }”): it holds until somebody takes it away. Shall I set it so?
doubt-limit-pause = I cannot pause a limit (“{ $words }”). I can take it away, and you can set it again later.
doubt-limit-more = Tell me the whole limit that you want, such as /limit 50 a day, and for whom. /limit shows how high it is now.
doubt-limit-no-boosts = The lowest limit is 1 Connect. With 1 a month, practically no boost gets through without being asked about.
doubt-limit-bids = A limit counts Connects or money, not bids. What do you mean by “{ $words }”?
doubt-limit-several = That may be several limits. I set one at a time: which is it?
budget-spent = { $spent } of { $limit } Connects spent this month ({ $percent }%)
cycle-on = on day { $day } of the month
cycle-on-first = on the 1st of the month, as for every cycle that began on the 29th, 30th or 31st
cycle-as-last = on the same day of the month as last time
silent-until = { $stands } (snoozed until { $until })
quiet-from = { $evening } to { $morning }
told-to = { $name }, in private
told-to-both = { $place }, and { $name } in private
place-group = this group
place-here = { $platform ->
    [discord] this channel
   *[other] this topic
}
place-other = { $platform ->
    [discord] a channel whose name I do not see
   *[other] another topic of this group
}{ $link ->
    [none] { "" }
   *[other] { " " }({ $link })
}
place-one-of = { $platform ->
    [discord] one of its channels
   *[other] one of its topics
}{ $link ->
    [none] { "" }
   *[other] { " " }({ $link })
}
place-itself = the group itself
place-none = no channel yet
place-lost-now = { $place }, but nothing arrives there: { $why }
place-why-unset = no channel was chosen
place-why-unknown = it no longer exists
place-why-closed = it is closed
place-why-rights = I am not allowed to write there
place-lacks = I cannot write in { $place }: I lack { $rights }. Allow that there, or choose another place.
place-unchecked = I could not check whether I may write there. Press “Send a test” to see if it arrives.
place-again = { $number ->
    [one] The alert that could not be sent before is on its way there, if it still holds.
   *[other] The { $number } alerts that could not be sent before are on their way there, if they still hold.
}
place-ask = { $platform ->
    [discord] Nobody has chosen yet in which channel this group's alerts appear. Shall they come to { $place }?
   *[other] This group's alerts go to its general topic, because nobody has chosen one. Shall they come to { $place }?
}
place-ask-lost = This group's alerts do not arrive any more in { $place }: { $why }. Where shall they go?
place-later = I will not ask again for { $days } days. You can choose with /alerts here at any time.
place-elsewhere = That is no channel of this server, or I do not see it. Choose one that I see, or write /alerts here in the channel that you want.
place-unknown = I see no channel called “{ $name }” here. Choose one that I see, or write /alerts here in the channel that you want.
place-unnamed = I do not know topics by their names. Write /alerts here in the topic that you want.
place-several = Several channels here are called “{ $name }”. Which one do you mean?
unfit-member = Whom do you mean? Write their name as it stands here, “me”, or their number, such as #7.
ask-which-member = Which { $name } do you mean?
no-such-member = I know nobody called “{ $name }” here. I only know those who have used me in this group. Ask them to write /whoami here once.
one-member = One at a time, please. Who comes first?
nobody-left-out = That can be for one member, for each member apart, or for all together, but nobody can be left out.
member-anonymous = You write in the name of the group here, so I cannot tell who you are. Write it as yourself.
role-title = Who is what here
role-admins-so-far = { $joined ->
    [yes] the admins of the group whose books these are, until one is named
   *[no] the admins of this group, until one is named
}
role-everybody-else = everybody else
role-what-each-may = Managers book what comes in, members what is spent. Viewers read and export everything, and moderators decide about claims.
role-who-changes = Only an owner can change that.
role-owners-only = You are no longer an owner here, so nothing was changed.
role-given = { $name } is now { $role }.
role-already = { $name } is { $role } already.
role-is = { $name } is { $role } here.
role-still-member = Everybody in this group can book what they spend. To keep somebody out, take them out of the group itself.
role-can-owner = Owners decide who is what, and about limits and settings.
role-can-manager = Managers book what comes in, correct what others booked, and see money.
role-can-member = Members book what they spend, and correct their own entries.
role-can-viewer = Viewers read and export everything, also in money, and book nothing.
role-can-moderator = Moderators decide about the claims made here, and book what they spend.
role-first-owner = The other admins of this group are members here from now on. An owner can give each of them a role.
reset-owners-done = No owner is named here any more, so the admins of this group are its owners again, until they name one with /role. Managers, viewers and moderators stay what they are.
reset-owners-which = Which group do you mean? Write this in the group itself, or with its id: /resetowners group=telegram:-1001234. It must have a wallet.
reset-owners-none = That group has no named owner, so nothing was changed.
role-last-owner = { $name } is the only owner, so somebody else must become one first.
doubt-first-owner = Once { $name } is the owner, all admins of this group are members here, you too, until an owner gives them a role. How do you want it?
button-role-change = Change a role
button-role-me = Make me the owner
button-role-me-first = First make me an owner
button-role-owner = Make { $name } the owner
button-role-other = Name another owner
button-roles = Who is what
member-numbered = { $text } (#{ $number })
unfit-place = Write “here” for this place, or the name of a channel, such as #general.
right-view = View Channel
right-send = Send Messages
right-threads = Send Messages in Threads
right-embeds = Embed Links
right-files = Attach Files
right-post = Post Messages
right-topic = access to the topic, which is closed or deleted
right-unknown = access to it
with-detail = { $what } ({ $detail })
test-sent = A test is on its way to where these alerts go.
test-group = It goes to { $place } on { $platform }.
test-private = It goes to the private chat of { $name } with me on { $platform }.
snoozed = { $what }: snoozed until { $until }.
awake = { $what }: no longer snoozed.
person-line = { $name } (no. { $number })
chat-private = private
book-which = This message links to { $count } jobs. Which one did you bid on?
book-sure = Shall I book { $boost ->
    [0] { $connects ->
        [one] 1 Connect
       *[other] { $connects } Connects
    }
   *[other] { $connects } Connects and a boost of { $boost }
} for { $title }?
book-no-job = There is no link to an Upwork job in this message. Choose this on a message with one, such as https://www.upwork.com/jobs/~021234567890123456789.
own-wallet = Your own wallet · only you see this
group-wallet = The wallet of { $group } · only you see this
chat-away = elsewhere, with your own wallet
chat-group = group { $title }
wallet-none = not open yet; /start opens it
wallet-open = open
role-operator = operator of this bot
role-owner = Owner
role-manager = Manager
role-member = Member
role-viewer = Viewer
role-moderator = Moderator
role-a-owner = an owner
role-a-manager = a manager
role-a-member = a member
role-a-viewer = a viewer
role-a-moderator = a moderator

## Proposals
incomes-on = kept, to tell what a client cost
incomes-off = not kept
incomes-how = Now send me your list of transactions: on Upwork, Transactions, “Download CSV”. I keep what clients paid, and nothing else of it. You can send a list again that I have seen already.
incomes-forgotten = { $rows ->
    [one] I deleted the 1 client payment that I had kept.
   *[other] I deleted the { $rows } client payments that I had kept.
}
sharing-private = Nobody shares this wallet, so there is nothing to set here: nobody else sees your bookings or your money. In a group that has a wallet, its owner can set this.
feed-here = Show them here
feed-off = Off
feed-lacks = I cannot show bookings in { $place }: I lack { $rights }. Allow that there, or write /settings feed=here where I may write.
feed-unchecked = I could not check whether I may write here. If I may not, I will say so where this group's alerts go.
feed-elsewhere = in a group on { $platform }
incomes-private = What clients paid is private, so I keep it in a private chat only. Please write that to me there.
answer-days = { $days ->
    [one] 1 day
   *[other] { $days } days
}
reached-invited = Invited
reached-sent = Sent
reached-viewed = Viewed
reached-replied = Replied
reached-interview = Interview
reached-offered = Offered
reached-hired = Hired
reached-declined = Declined
reached-withdrawn = Withdrawn
reached-closed = Job closed
reached-expired = Expired
reached-archived = Archived
reached-unanswered = No answer
reached-viewed-only = Viewed, no answer
became-invited = The client sent an invitation
became-sent = Sent
became-viewed = Viewed by the client
became-replied = The client replied
became-interview = Interview
became-offered = The client made an offer
became-hired = Hired
became-declined = Declined by the client
became-withdrawn = Withdrawn
became-closed = The client closed the job
became-expired = The job expired
became-archived = Archived
became-waiting = { $became }; { $days ->
    [0] no answer yet
    [one] no answer for 1 day so far
   *[other] no answer for { $days } days so far
}
became-unanswered = { $became }; no answer for { $days ->
    [one] 1 day
   *[other] { $days } days
}, so it counts as unanswered
became-since = { $became } ({ $day })
became-after = { $became } ({ $day }), { $stage }
after-replied = after a reply
after-interview = after an interview
after-offered = after an offer
after-hired = after a hire
proposal-ref = #{ $ref }
proposal-named = { $ref } · { $title }
proposal-untitled = without a title
kind-bid = cost not known
kind-invitation = invitation
card-bid = Proposal { $ref } · { $title }
card-invitation = Invitation { $ref } · { $title }
card-row = { $deed } · { $delta } · { $day }
sent-by = { $sent }, by { $name }
boost-outbid = You were outbid
net-nothing = Nothing
net-returned = Nothing: it all came back
net-cost = { $connects ->
    [one] 1 Connect
   *[other] { $connects } Connects
}: { $cost }
unclear-entry = Entry #{ $number } may be part of this proposal, or of { $others }.
unclear-row = #{ $number } ({ $row }) may be part of this proposal, or of { $others }.
unclear-until = A saved page of your Connects History tells them apart.
unclear-state = A page says: { $state }. It may mean this proposal, or { $others }. Which is it?
proposals-title = { $total ->
    [one] 1 proposal
   *[other] { $shown ->
        [one] Proposal { $first } of { $total }
       *[other] Proposals { $first }–{ $last } of { $total }
    }
}{ $about }
filtered = : { $about }
filtered-none = { "" }
filtered-and = { $first } · { $next }
filtered-by = by { $name }
filtered-words = “{ $words }”
filtered-days = { $first } – { $last }
invitations-title = { $total ->
    [one] 1 invitation
   *[other] { $shown ->
        [one] Invitation { $first } of { $total }
       *[other] Invitations { $first }–{ $last } of { $total }
    }
}{ $about }
proposals-none = There are no proposals yet. Book a bid, or import your Connects History, and they appear here.
proposals-none-so = I found no proposals for this{ $about }.
proposals-on-job = There are { $count } proposals on this job. Which one do you mean?
proposal-none-on-job = There is no proposal on this job in my books. Shall I book one?
proposal-unknown = There is no proposal { $ref }. /proposals lists them.
tags-now = { $title } · { $count ->
    [0] no tags
    [one] Tag: { $tags }
   *[other] Tags: { $tags }
}
tags-undone = The tags are as they were before:
doubt-tag = Is “{ $tag }” a tag, or does it say something else about the proposal?
button-as-tag = The tag “{ $tag }”
tags-question = { $others ->
    [0] Which tags shall { $title } have? Such as design, logo.
    [one] Which tags shall { $title } and 1 other have? Such as design, logo.
   *[other] Which tags shall { $title } and { $others } others have? Such as design, logo.
}
not-your-proposal = You can say what became of your own proposals here; the others are for { $roles }.
outcome-unread = I cannot tell what became of which proposal from “{ $words }”. Write it like this: #12 hired.
outcome-ahead = “{ $words }” is still to come. I keep what has happened: shall I note it already?
doubt-state = What became of the proposal?
doubt-hired-for = Were you hired for { $money }?
doubt-outbid = An outbid boost comes back. Has it?
outcome-which = { $count ->
    [one] { $state }: do you mean this proposal?
   *[other] { $state }: which proposal do you mean?
}
outcomes-several = That is news of { $count } proposals. Press one after the other, and I note each.
outcome-no-bid = { $state }: I know no bid of yours on this job. What should I do?
outcome-untitled = I know no proposal called “{ $words }”. You can also name it by its number or its link.
outcome-already = I know that already: { $state }.
outcome-bid-already = You bid on this job already, so I noted no invitation.
outcome-lower = { $title } has been at “{ $was }” since { $day }. Set it back to “{ $state }”?
outcome-told = { $state }: noted.
outcome-done = Noted: { $state }.
outcome-done-on = Noted: { $state }, on { $day }.
outcome-older = I know something newer or more exact, so its state stays as it is.
outcome-worth = Noted: it is worth { $worth }.
outcome-worth-hidden = Noted what it is worth.
outcome-worth-undone = I took back what it is worth.
outcome-closed = If its Connects have come back, mark them as returned.
reached-worth = { $state }, worth { $worth }
reached-worth-hidden = { $state }
undo-tags = { $count ->
    [0] The last thing that you noted is that { $of } has no tags.
   *[other] The last thing that you noted is: { $of } has the tags { $tags }.
} Should I take that back?
undo-state = The last thing that you noted is: { $state }, of { $of }. Should I take that back?
outcome-undone = I took that back: { $state }.
worth-question = Noted: { $title } · Hired. Congratulations! What is it worth? Write an amount, such as $500, or press Skip.
unfit-period = I cannot read “{ $words }” as a period. Please write it like this: november, 2026-11, last month, or 30 days.
unfit-period-order = { $last } is before { $first }. Please write the first day first.

## Statistics
share = { $percent }
share-tenths = 0.{ $tenths }
rate = { $hits } of { $of } ({ $share } %), likely between { $low } and { $high } %
rate-none = none of { $of }, likely at most { $high } %
rate-all = { $of } of { $of } (100 %), likely at least { $low } %
rate-of-none = none to count yet
rate-views = at least { $hits } of { $of } ({ $share } %)
rate-views-unknown = not known: Upwork's page seldom shows them
cost-each-about = about { $cost }
cost-each-most = at most { $cost }
cost-each-unknown = not known
cost-each-unpriced = price not known
cost-each-tiny = less than 1 Connect
cost-each-none = none yet
cost-each-in-money = { $connects } ({ $price })
period-this-month = This month
period-last-month = Last month
period-30-days = 30 days
period-90-days = 90 days
period-year = Year
period-all = All time
period-with-days = { $name } ({ $days })
stats-title = Statistics · { $period }{ $about }
stats-cost-title = What it cost · { $period }{ $about }
stats-by-title = { $facet } · { $period }{ $about }
grouped-profile = By profile
grouped-member = By member
grouped-tag = By tag
grouped-price = By price
grouped-age = By age of the job
grouped-boost = Boosted or plain
stats-only = {" "}· only { $which }
only-profile = profile “{ $name }”
only-member = by { $name }
only-me = by you
only-tag = tag “{ $name }”
segment-price-low = bids of up to 8 Connects
segment-price-middle = bids of 9 to 16 Connects
segment-price-high = bids of 17 Connects or more
segment-price-unknown = bids of unknown price
segment-age-hour = jobs under 1 hour old
segment-age-hours = jobs 1 to 6 hours old
segment-age-day = jobs 6 to 24 hours old
segment-age-days = jobs a day old or more
segment-age-unknown = jobs of unknown age
segment-boost-boosted = boosted bids
segment-boost-plain = plain bids
segment-profile-unknown = profile not known
segment-member-unknown = sender not known
segment-tag-unknown = without a tag
segment-waiting = { $count } too recent to count
segment-sent = { $sent } sent{ $waiting ->
    [0] { "" }
   *[other] , { $waiting } of them too recent to count
}
segment-each = { $cost } a reply
segment-cost = { $cost } in all
segment-unpriced = cost not known
field-stats-proposals = Proposals
step-view = Viewed
step-reply = Replies
step-interview = Interviews
step-hire = Hires
each-proposal = A proposal
each-view = A view
each-reply = A reply
each-interview = An interview
each-hire = A hire
field-stats-reply-cost = A reply cost
field-stats-together = All that count
field-stats-spent = Spent in that period
field-stats-bought = Bought
field-stats-moved = Connects
field-stats-invitations = Invitations
stats-sent = { $sent } sent
stats-sent-waiting = { $sent } sent; { $waiting ->
    [one] 1 is younger than { $days } days and does not count yet
   *[other] { $waiting } are younger than { $days } days and do not count yet
}{ $early ->
    [0] { "" }
    [one] , though { $waiting ->
        [one] it
       *[other] 1
    } has a reply already
   *[other] , though { $early } have a reply already
}
stats-invited = { $count } came
invited-accepted = { $count } accepted
invited-replied = { $count } with a reply
invited-hired = { $count } led to a hire
moved-spent = { $connects } spent
moved-returned = { $connects } came back
moved-expired = { $connects } expired
moved-bought = { $connects } bought
moved-earned = { $connects } earned
moved-other = { $connects } unexplained
purpose-proposal = { $connects } on proposals
purpose-boost = { $connects } on boosts
purpose-badge = { $connects } on the badge
purpose-profile-ad = { $connects } on profile ads
purpose-other = { $connects } on other things
doubt-chart = I do not understand “{ $words }” there. I can draw:
doubt-stats-time = By time I can draw what you spent, and what a reply cost:
doubt-stats = I do not understand “{ $words }” there. Which statistics did you mean?
stats-uninformed = Nobody has told me yet what became of your proposals, so I cannot say how many got a reply. Import your My proposals page, or write it to me, such as: #12 replied.
stats-only-young = { $sent ->
    [one] It is
   *[other] All of them are
} younger than { $days } days{ $early ->
    [0] { "" }
   *[other] , though { $sent ->
        [one] it has
       *[other] { $early ->
            [one] 1 has
           *[other] { $early } have
        }
    } a reply already
}. That is too early to say how many get a reply.
stats-unreported = { $count ->
    [one] { $of ->
        [one] What became of it is not known, so it counts as not answered.
       *[other] What became of 1 of these { $of } is not known, so it counts as not answered.
    }
   *[other] What became of { $count } of these { $of } is not known, so they count as not answered.
}
stats-few = { $count ->
    [one] Only 1 proposal counts so far: too few for a verdict.
   *[other] Only { $count } proposals count so far: too few for a verdict.
}
stats-yardsticks-inconclusive = It is too early to compare the replies with two rules of thumb, which are not Upwork's: { $which }.
yardstick-inconclusive = { $percent } % ({ $name })
stats-yardsticks = Replies beside two rules of thumb, which are not Upwork's: { $which }.
yardstick = { $name } { $percent } %: { $verdict ->
    [above] these are above
    [below] these are below
   *[inconclusive] too early to tell
}
yardstick-hand = written by hand
yardstick-volume = sent in bulk
list-comma = { $first }, { $last }
list-semicolon = { $first }; { $last }
stats-unpriced = { $count ->
    [one] 1 proposal was only seen on a page. Its price is not known, so the costs leave it out.
   *[other] { $count } proposals were only seen on a page. Their price is not known, so the costs leave them out.
}
stats-unknown-cost = { $count ->
    [one] 1 proposal used
   *[other] { $count } proposals used
} { $connects ->
    [one] 1 Connect
   *[other] { $connects } Connects
} whose cost nobody has told me. The sums in money leave { $count ->
    [one] it
   *[other] them
} out. If you know the cost, write /cost.
stats-about = “About”, because { $count ->
    [one] 1 proposal has an entry that may belong to another.
   *[other] { $count } proposals have entries that may belong to others.
}
stats-costly = Most Connects without a hire: { $which }.
stats-costly-one = { $name }: { $cost }
stats-more-segments = { $count ->
    [one] 1 smaller group is not shown.
   *[other] { $count } smaller groups are not shown.
}
stats-several-tags = A proposal with several tags counts under each of them.
boost-one-sided = { $boosted ->
    [0] { $plain ->
        [0] None of them counts yet, so there is nothing to compare.
       *[other] None of those that count was boosted, so there is nothing to compare.
    }
   *[other] All of those that count were boosted, so there is nothing to compare.
}
boost-more = Boosted ones get more replies: between { $least } and { $most } points more.
boost-fewer = Boosted ones get fewer replies: between { $least } and { $most } points fewer.
boost-inconclusive = I cannot tell yet which get more replies: the difference may be anything from { $low } to { $high } points.
boost-inconclusive-more = I cannot tell yet which get more replies: the difference may be anything from { $low } to { $high } points. { $more }
boost-needed = { $which ->
    [each] About { $boosted } more of each would tell.
    [boosted] About { $boosted } more boosted { $boosted ->
        [one] one
       *[other] ones
    } would tell.
    [plain] About { $plain } more plain { $plain ->
        [one] one
       *[other] ones
    } would tell.
   *[both] About { $boosted } more boosted and { $plain } more plain ones would tell.
}
stats-pictures = Which picture? Each shows{ $filtered ->
    [yes] {" "}all proposals
   *[no] { "" }
}: { $period }.
stats-nothing-yet = There are no proposals in your books yet, so there is nothing to count. Import your Connects History and My proposals from Upwork, or book your next bid.
stats-nothing-then = No proposals were sent in this period: { $period }. You can choose another one.
stats-nothing-so = { $count ->
    [one] The only proposal or invitation of this period is not
   *[other] None of the { $count } proposals and invitations of this period is
} what you chose: { $which }. The period is: { $period }.
stats-only-invitations = No proposals were sent in this period: { $period }. Invitations: { $invitations }.
column-segment = Group
column-replies = Replies
column-each-reply = Cost
detail-cost = Cost
detail-pictures = Pictures
button-other-days = Other days
button-no-filter = Without the filter
button-back-to-stats = Back to statistics
button-import-proposals = Import My proposals
button-invitations = Invitations
picture-funnel = How far they got
picture-replies = Cost per reply
picture-spend = Spending
picture-balance = Balance
picture-team = Who spent what
button-in-money = In money
button-in-connects = In Connects
button-in-private = Open our private chat
money-of = The figures of { $group } in money. Only you see this.
money-admins = Only { $roles } of this group see its figures in money. The figures in Connects are for everybody here.
money-unseen = I cannot see right now what you are in that group, so I show no money. Please try again in a minute.
money-gone = I cannot find that group's figures any more. Write /stats in the group, and press “In money” there.
money-in-private = I show you figures in money in our private chat, where nobody else reads them.
money-hidden = That is a figure in money, and in this group I show none.

## Who spent what

cmd-team = Show who spent what, and what came of it
opt-team-period = A period, such as "last month"; this week if you say nothing
opt-team-member = One member, such as "Ivan" or "me"
example-team = /team
team-title = Who spent what · { $period }
team-member-title = { $name } · { $period }
team-together = All together
team-nobody = Nobody named
team-others-together = All others
team-spent = { $connects ->
    [one] 1 Connect
   *[other] { $connects } Connects
}{ $share ->
    [none] { "" }
   *[other] , { $share } %
}{ $money ->
    [yes] {" "}({ $price })
   *[no] { "" }
}
team-spent-of = { $connects ->
    [one] 1 Connect
   *[other] { $connects } Connects
}{ $known ->
    [yes] , { $share } % of all
   *[no] { "" }
}
team-bids = { $count ->
    [one] 1 bid
   *[other] { $count } bids
}{ $young ->
    [0] { "" }
   *[other] {" "}({ $young } too recent{ $known ->
        [yes] ; so far { $early }
       *[no] { "" }
    })
}
team-replies = { $count ->
    [0] no reply
    [one] 1 reply
   *[other] { $count } replies
}
team-hires = { $count ->
    [one] 1 hire
   *[other] { $count } hires
}
team-each-bid = { $connects } a bid
team-each-reply = { $connects } a reply
team-each-hire = { $connects } a hire
field-team-spent = Spent
field-team-on = On what
field-team-returned = Came back
field-team-cost = Cost
field-team-bids = Sent
team-others = { $count ->
    [one] Of the others, one has spent.
   *[other] Of the others, { $count } have spent.
}
team-young = { $count ->
    [one] 1 bid is younger than { $days } days, so that what came of it does not count yet.
   *[other] { $count } bids are younger than { $days } days, so that what came of them does not count yet.
}
team-untold = Nobody has told me yet what became of these bids, so I cannot say how many got a reply. Import your My proposals page, or write it to me, such as: #12 replied.
team-few = What came of fewer than { $enough } bids may be chance.
team-unknown = { $connects ->
    [one] What 1 of these Connects cost is not known.
   *[other] What { $connects } of these Connects cost is not known.
}
team-target = { $person ->
    [yes] Target of { $whose }
   *[no] Target
}: { $sent } of { $bids } bids till { $last }{ $reached ->
    [yes] . It is reached.
   *[no] .
}
team-nothing = { $one ->
    [yes] { $name } has not spent anything in this period: { $days }.
   *[no] Nobody has spent anything in this period: { $days }.
}
team-not-yours = What others have spent is for owners, managers and viewers to see. You see what you have spent yourself.
team-which = Which “{ $name }” do you mean?
team-unknown-member = I do not know anybody here who is called “{ $name }”. Whom do you mean?
team-for-groups = A team shares the wallet of a group, and this wallet is yours alone. Write /team in the group{ $groups ->
    [yes] , or choose it here.
   *[no] .
}
team-named = { $known ->
    [yes] “{ $name }” is { $person } from now on, also for what was booked before.
   *[no] “{ $name }” stays a name. Nobody here is meant.
}
team-others-bar = { $count } more
chart-team-own = { $days }: { $most } of the { $connects } Connects that were spent are yours, { $share } %.
chart-team-caption = { $days }: { $connects ->
    [one] 1 Connect
   *[other] { $connects } Connects
} spent{ $returned ->
    [0] { "" }
   *[other] , net of the { $returned } that came back
}{ $several ->
    [yes] . { $name } spent most: { $most }, { $share } %.
   *[no] .
}
button-who-is = Who is “{ $name }”?
button-my-figures = My own figures
button-all-members = All members
button-picture = Picture
button-more-members = and { $count } more
period-this-week = This week
period-last-week = Last week

## Pictures
pictures-dark = on a dark background
pictures-light = on a light background
chart-today = today
chart-in-all = in all
chart-returned = came back
chart-expires = expires
chart-threshold = warning below { $connects }
chart-runs-out = runs out about { $day }
chart-lasts = lasts for half a year or more
chart-percent = { $percent } %
chart-interval = where the true rate likely is, 95 % certain
chart-yardsticks = rules of thumb, not official
thumb-hand = bids written by hand
thumb-volume = bids sent in bulk
chart-average = { $cost } on average
pictured-view = Viewed
pictured-reply = Replies
pictured-interview = Interviews
pictured-hire = Hires
chart-balance-title = Connects over time
chart-balance-now = { $connects ->
    [0] No Connects are available
    [one] 1 Connect is available
   *[other] { $connects } Connects are available
}{ $changed }. { $ahead }
chart-balance-then = On { $day }, { $connects ->
    [one] 1 Connect was available
   *[other] { $connects } Connects were available
}{ $changed }. The lowest balance was { $lowest } on { $at }.
chart-balance-change = , { $more ->
    [0] { $fewer ->
        [0] as many as
       *[other] { $fewer } fewer than
    }
   *[other] { $more } more than
} on { $day }
chart-balance-out = At the usual pace they run out about { $day }.
chart-balance-lasts = At the usual pace they last for half a year or more.
chart-balance-expiring = { $connects } of them expire on { $day }.
chart-balance-unpaced = How long they last can be said after a week of entries with a spend.
chart-spend-title = Spent by { $by ->
    [month] month
   *[week] week
}
chart-spend-caption = { $days }: { $connects ->
    [one] 1 Connect was spent
   *[other] { $connects } Connects were spent
}{ $purposes }{ $returned ->
    [0] { "" }
   *[other] {" "}and { $returned } came back
}{ $cost }.
chart-spend-on = {" "}({ $purposes })
chart-spend-cost = { $returned ->
    [0] , at a cost of
   *[other] , which leaves a cost of
} { $price }{ $unknown ->
    [0] { "" }
   *[other] {" "}(and { $unknown } of unknown cost)
}
chart-spend-most = { $spent } { $by ->
    [month] The highest month was { $day }, with { $connects }.
   *[week] The highest week began on { $day }, with { $connects }.
}
chart-funnel-title = What became of proposals
chart-funnel-base = { $proposals ->
    [one] 1 proposal
   *[other] { $proposals } proposals
}
chart-funnel-waiting = { $waiting } more { $waiting ->
    [one] is
   *[other] are
} too recent to count
chart-funnel-caption = { $days }. Replies: { $replies }. Hires: { $hires }.
chart-funnel-cost = { $caption } A reply cost { $cost }.
chart-funnel-young = { $waiting ->
    [one] The only proposal of this period is
   *[other] All { $waiting } proposals of this period are
} too recent. I count a proposal { $days ->
    [one] 1 day
   *[other] { $days } days
} after it was sent. A longer period may show more.
chart-replies-title = What a reply cost
chart-replies-in = by month in which proposals were sent, in { $currency }
chart-replies-counts = replies
chart-replies-hatched = { $money ->
    [yes] no reply, or its cost in { $currency } is not known
   *[no] no reply
}
chart-replies-average = { $days }. A reply cost { $about ->
    [yes] about { $average }
   *[no] { $average }
} on average.
chart-replies-both = { $average } { $months }
chart-replies-months = The cheapest month was { $cheapest } with { $least } each; the latest is { $latest } with { $last }{ $open ->
    [yes] {" "}so far
   *[no] { "" }
}.
chart-replies-latest = The latest month, { $latest }, is the cheapest with { $last } each{ $open ->
    [yes] {" "}so far
   *[no] { "" }
}.
chart-replies-none = No month of this period can show what a reply cost: either no reply came, or its proposals are too recent. A longer period may show more.
chart-before = Your books begin on { $day }, so there is nothing to draw before that. Choose another time, or import an older Connects History from Upwork.
chart-nothing = There is nothing to draw yet. Import your Connects History from Upwork, or book what you spend. Then I can draw it.
chart-no-proposals = No proposals were sent in this period: { $days }. Choose another time, import My proposals from Upwork, or book a bid.
chart-uninformed = Nobody has told me what became of these proposals, so there are no rates to draw. Import My proposals from Upwork: it shows views, replies and hires.
chart-spend-none = Nothing was spent in this period: { $days }. Choose another time, or book a spend.
chart-drawing = I am drawing the picture “{ $picture }”. It comes here as soon as it is ready.
chart-stopped = I have stopped drawing.
chart-not-drawing = Nothing is being drawn now.
chart-of-another = Somebody else asked for this picture, so only they can stop it.
chart-drawn-already = That picture was ready before you stopped it.
chart-busy = I am drawing several pictures already, so I did not begin this one. Please try again in a moment.
chart-failed = I could not draw this, but the figures above are right. If it keeps happening, give the operator this number: { $id }.

## Documents of the books
form-csv = CSV
form-excel = Excel
form-beancount = Beancount
form-hledger = hledger
form-calendar = Calendar
form-page = Page
button-page = As a page
button-statement = Statement
button-calendar = Calendar of what is to come
button-more-forms = More forms
button-fewer-forms = Fewer forms
button-more-files = More
button-every-posting = Every posting
button-every-entry = Every entry
button-say-costs = Say what they cost
button-earlier = ◂ { $period }
button-later-period = { $period } ▸
button-export = As a file
period-quarter = Q{ $quarter } { $year }
period-last-quarter = Last quarter
period-last-year = Last year
period-this-year = This year
period-running = { $period }, so far
doubt-document = I do not understand “{ $words }” there. Which of these do you mean?
doubt-forms = I write one file at a time. Which form first?
doubt-stop = While I am writing a file, you can stop it with Cancel below “I am writing …”.
doubt-several-documents = I can give you one at a time. Which first?
doubt-elsewhere = I can only send it to this chat. You can forward it from here.
doubt-program = I have nothing for “{ $words }”. Most programs can read CSV or Excel.
doubt-picked = I cannot pick out “{ $words }”: a file has every entry of its period. In Excel you can filter them by kind, and proposals and lots have sheets of their own.
doubt-bills = I write no invoices or receipts. A statement says what you paid for Connects, with the tax apart.
doubt-printed = I write no PDF files, but you can print the page from any browser, or save it as a PDF there.
doubt-ahead = Nothing is booked for the days to come. I can give you a calendar of what falls due, or what has been booked so far.
doubt-report-form = The report is a page to read. As { $form } I can give you the entries or the statement.
doubt-calendar = A calendar has what is still to come, so it has no period.
doubt-postings-form = I write every posting as CSV only. As { $form } I can give you the entries.
doubt-postings = Only the export has every posting as a row of its own.
document-ahead = { $period } is still to come, so nothing is booked there yet.
document-before = Your books begin on { $day }, so there is nothing in this period: { $period }. Choose another one, or import an older Connects History from Upwork.
document-nothing = There is nothing in your books yet. Import your Connects History from Upwork, or book what you spend. Then I can give you a statement, a file or a page.
document-writing = I am writing { $what }. It comes here as soon as it is ready.
document-reading-share = I am reading your books: { $percent } %. Then I will write { $what }.
document-drawing = I am drawing the pictures. Then I will write { $what }.
document-writing-share = I am writing { $what }: { $percent } %.
document-stopped = I have stopped writing.
document-not-writing = Nothing is being written now.
document-of-another = Somebody else asked for this file, so only they can stop it.
document-written-already = That file was ready before you stopped it.
document-busy = I am writing several files already, so I did not begin this one. Please try again in a moment.
document-failed = I could not write { $what }. Your books are as they were. If it keeps happening, give the operator this number: { $id }.
document-needs-money = A journal for { $form } needs what everything cost, and in a group I show that in private only. CSV and Excel work without it.
subject-entries = the entries
subject-postings = the postings
subject-statement = the statement
subject-report = the report
subject-dates = the calendar
subject-person = everything that is kept of you
document-what = { $subject } ({ $period }) as { $form }
document-what-page = { $subject } ({ $period })
document-what-dates = the calendar
export-entries = { $period }: { $entries ->
    [0] no entries
    [one] 1 entry
   *[other] { $entries } entries
}{ $sum }.
export-sum = {" "}that { $entries ->
    [one] comes
   *[other] come
} to { $closing ->
    [one] 1 Connect
   *[other] { $closing } Connects
}
export-sum-before = . With the { $opening ->
    [one] 1 Connect
   *[other] { $opening } Connects
} from before, they sum to { $closing }
export-postings = { $period }: { $rows ->
    [one] 1 posting
   *[other] { $rows } postings
}, exactly as they were booked, with undone entries and corrections.
export-journal = { $period }: { $entries ->
    [one] 1 entry
   *[other] { $entries } entries
} in a journal for { $form }. It ends with { $closing ->
    [one] 1 Connect
   *[other] { $closing } Connects
}.
export-choose = { $period }: choose a file, or another period as { $form }.
export-dates = { $dates ->
    [one] 1 date
   *[other] { $dates } dates
} to come: what expires, billing days and draws. Open the file to add them to your calendar.
export-no-dates = Nothing falls due in the days to come, so there is nothing to put into a calendar.
export-statement = Statement: { $period }. It { $opening ->
    [0] ends with
   *[other] begins with { $opening } Connects and ends with
} { $closing ->
    [one] 1 Connect
   *[other] { $closing } Connects
}.
export-report = Report: { $period }. Open it in any browser, even offline. You can search and sort its tables, print it, or pass it on.
report-uninformed = What became of these proposals is not known, so there are no rates of replies.
report-unknown-cost = { $count ->
    [one] 1 proposal used
   *[other] { $count } proposals used
} { $connects ->
    [one] 1 Connect
   *[other] { $connects } Connects
} whose cost is not known. The sums in money leave { $count ->
    [one] it
   *[other] them
} out.
report-line = { $label }: { $value }
report-left-out = { $count ->
    [one] This picture could not be drawn: { $pictures }.
   *[other] These pictures could not be drawn: { $pictures }.
}
statement-title = Statement: { $period }
field-statement-opening = At the beginning
field-statement-came = Came in
field-statement-went = Went out
field-statement-expired = Expired
field-statement-corrected = Corrected
field-statement-closing = At the end
field-statement-now = Now
field-statement-paid = Paid
field-statement-used = What was used up cost
field-statement-lost = What expired cost
statement-sum = { $connects } ({ $parts })
field-statement-team = Spent by
statement-you = you
statement-others = others
statement-member = { $name } { $connects }
statement-net = { $shares }, net of the { $returned } that came back
statement-opened = { $connects } to begin with
statement-from = { $connects } { $source ->
    [welcome] as the welcome bonus
    [monthly] monthly
    [assessment] for assessments
    [interview] for interviews
    [feedback] for feedback
    [reward] as rewards
    [promotion] from promotions
   *[other] from elsewhere
}
statement-paid = { $net } and { $tax } tax
statement-untaxed = { $net }
statement-taxed = { $cost }, tax included
statement-unknown-cost = { $connects ->
    [one] 1 Connect that was spent has
   *[other] { $connects } Connects that were spent have
} a cost that nobody has stated, so it is not part of these figures.
statement-unpriced = { $connects ->
    [one] 1 Connect was
   *[other] { $connects } Connects were
} bought at a price that nobody has stated.
statement-unknown-left = { $connects ->
    [one] 1 Connect at the end has
   *[other] { $connects } Connects at the end have
} a cost that nobody has stated.
statement-nothing = Nothing moved in this period.
statement-began = Your books begin on { $day }, within this period.

## Refunds
refunds-title = { $connects ->
    [one] 1 Connect has
   *[other] { $connects } Connects have
} not come back, of { $count ->
    [one] 1 proposal
   *[other] { $count } proposals
}
refunds-missing = { $connects } missing
refunds-none = I know of nothing that should have come back and did not.
refunds-waiting = { $connects ->
    [one] 1 Connect
   *[other] { $connects } Connects
} may still be on the way. I call it owed after { $days ->
    [one] 1 day
   *[other] { $days } days
}.
refunds-typed = I know only what was typed here. Before you write to Upwork, please import your Connects History, or compare it with this list.
refunds-unproven = I know your Connects History up to { $day }. What came back later is not in my books, so please import it again first.
refunds-uncosted = { $count ->
    [one] 1 proposal on a closed job has
   *[other] { $count } proposals on closed jobs have
} no bid in my books, so I cannot tell what came back of it.
owed-closed = job closed, seen { $day }
owed-outbid = outbid
owed-unclear = not all rows are clear
refunds-text = Please check this text, then copy it and send it to Upwork’s support. What they give back is up to them.
refunds-text-unclear = Some rows may belong to { $refs } or to another proposal. Please look at them before you send this.
refunds-came = { $connects ->
    [one] 1 Connect
   *[other] { $connects } Connects
} came back, of { $count ->
    [one] 1 proposal
   *[other] { $count } proposals
}
refunds-came-none = Nothing has come back yet, as far as I know.
refunds-came-of = { $ref } · { $title }
refunds-came-row = { $delta } ({ $day })
refunds-came-rows = { $first }, { $last }
refunds-netted = { $rows }. Net cost: { $net }
refunds-kept = What does not come back
kept-so-far = { $reason }{ $count ->
    [0] { "" }
   *[other] { " " }({ $count ->
        [one] 1 proposal
       *[other] { $count } proposals
    }, { $connects ->
        [one] 1 Connect
       *[other] { $connects } Connects
    })
}
kept-hired = You were hired
kept-declined = Declined by the client
kept-withdrawn = Withdrawn by you
kept-expired = The job expired
kept-archived = Over, but nothing says why
kept-charged = A boost that was charged
kept-other = Someone else was hired
kept-badge = Availability badge
kept-ads = Profile ads
why-kept-hired = The bid did its work, and Upwork keeps its Connects.
why-kept-declined = Upwork returns nothing for a proposal that was declined.
why-kept-withdrawn = As a rule nothing comes back. Pages have shown exceptions, and what your page shows counts here.
why-kept-expired = Upwork returns nothing for a job that ran out.
why-kept-archived = If the job was closed, tell me, and I look for what should have come back.
why-kept-charged = The boost was shown to the client. Only what it cost less than your bid comes back.
why-kept-other = Upwork returns nothing then, though the job may be shown as closed.
why-kept-badge = It costs Connects day by day, and they do not come back.
why-kept-ads = Clicks are charged, and they do not come back.
support-begin = Hello,

    As far as I can see, Connects for { $count ->
    [one] this proposal
   *[other] these proposals
    } have not come back to my account. Could you please check?
support-gap = { "" }
support-title = { $number }. “{ $title }”
support-link = Job: { $link }
support-sent = Proposal sent on { $day }.
support-sent-by = Proposal sent on { $day } by { $name }.
support-bid = - { $day }: { $connects ->
    [one] 1 Connect
   *[other] { $connects } Connects
} spent on the proposal
support-boost = - { $day }: { $connects ->
    [one] 1 Connect
   *[other] { $connects } Connects
} spent on a boost
support-bid-back = - { $day }: { $connects ->
    [one] 1 Connect
   *[other] { $connects } Connects
} returned for the proposal
support-boost-back = - { $day }: { $connects ->
    [one] 1 Connect
   *[other] { $connects } Connects
} returned for a boost
support-back = - { $day }: { $connects ->
    [one] 1 Connect
   *[other] { $connects } Connects
} returned
support-closed = The job was shown as closed on { $day }.
support-outbid = The boost was shown as outbid.
support-missing = Not returned so far: { $connects ->
    [one] 1 Connect
   *[other] { $connects } Connects
}.
support-total = Not returned in all: { $connects ->
    [one] 1 Connect
   *[other] { $connects } Connects
}.
support-end = Thank you for your help.
button-support-text = Text for support
button-next-text = Next text
button-refunds-returned = What came back
button-refunds-kept = What does not

lost-linked = I am sorry to hear that. This account is linked with { $others }, so all your books are here. Whoever has the other account sees them as well, until you separate the two. /unlink shows first what would stay with whom.
lost-alone = I am sorry to hear that. No other account is linked with this one, and I cannot link one without a yes from there. An operator cannot do that either. But Upwork has your history: import it, and you have your books here.
more-link = You get one wallet and one history, on whichever platform you write. What is in both books counts once, and you see the result before anything is booked. What promotions gave you stays given. If both have an open claim on one promotion, one stays, and of two roles in a group the higher one counts. Nothing is linked until you have pressed “Link” on both sides. As long as nothing is booked on top, /unlink undoes all of it.
more-unlink = What the link booked is undone, and each account has again what it had. First you see what goes where. What was booked since has to be undone before, and I list it.
more-mydata = You get a page to read, and the same as JSON for programs. It is about you alone: of others I tell you nothing, and nobody but you can ask for yours, operators included. In a group everybody sees what you book there. For your entries as a table, there is /export. How long I keep what is in docs/privacy.md.
more-forgetme = First you see what would go and what would stay, and I ask twice. It is all or nothing: I cannot forget your name alone, or one platform. Nobody can do it for somebody else, operators included. For a single entry there is /undo, and to separate two platforms /unlink.

## Everybody's own data
mydata-in-private = What I keep of you is for nobody else to read. Write /mydata in our private chat.
mydata-page = Everything that I keep of you, on a page to read. Open it in any browser.
mydata-data = The same as data for programs. docs/privacy.md explains each name in it.
forgetme-in-private = Others read along here. Write /forgetme in our private chat.
forgetme-goes = If I forget you, this goes for good: your name and your accounts, our chats, your settings, your drafts and open questions, my messages to you, what clients paid you, and every word of your entries and pages: titles, notes and names.
forgetme-linked = I know you on { $platforms }, and forget all of it together.
forgetme-stays = { $own ->
    [0] { $groups ->
        [0] You have booked nothing, so no figures stay.
        [one] What stays is a figure without your name: 1 entry that you booked in a group. It is there as that of someone, because the group relies on its books.
       *[other] What stays are figures without your name: { $groups } entries that you booked in groups. They are there as those of someone, because the groups rely on their books.
    }
    [one] What stays is a figure without your name: 1 entry of yours, because the books are sealed and a missing entry would break them{ $groups ->
        [0] .
        [one] { "" }, and 1 that you booked in a group, as that of someone.
       *[other] { "" }, and { $groups } that you booked in groups, as those of someone.
    }
   *[other] What stays are figures without your name: your { $own } entries, because the books are sealed and a missing entry would break them{ $groups ->
        [0] .
        [one] { "" }, and 1 that you booked in a group, as that of someone.
       *[other] { "" }, and { $groups } that you booked in groups, as those of someone.
    }
}
forgetme-numbers = With each figure stay its day and the numbers that Upwork gave to jobs and proposals. There are no words in them.
forgetme-elsewhere = I cannot delete what is not mine. The platform keeps our messages until you delete this chat there, and whoever runs this bot may have a backup for a while.
forgetme-owner = You are the only owner of { $group }. Name another one there first with /role. Otherwise the group's admins become its owners.
forgetme-running = { $count ->
    [one] Your promotion { $promotions } goes on without your name.
   *[other] Your promotions { $promotions } go on without your name.
} To end it first, use /promo.
forgetme-first = Nobody can undo this. Would you like your data first?
forgetme-sure = { $entries ->
    [0] This cannot be undone.
    [one] This cannot be undone, and 1 entry loses its words and your name.
   *[other] This cannot be undone, and { $entries } entries lose their words and your name.
} Shall I forget you now? Press the button, or write the word "{ $word }".
forgetme-over = That question is more than fifteen minutes old, so nothing is forgotten. Write /forgetme to be asked again.
forgotten = You are forgotten. { $texts ->
    [0] { "" }
    [one] I erased 1 text of yours.{ " " }
   *[other] I erased { $texts } texts of yours.{ " " }
}Your name, your accounts, our chat and all notes about you are gone.
forgotten-stays = { $own ->
    [0] { $groups ->
        [0] Nothing of yours stays in books of your own, or in those of groups.
        [one] 1 figure stays in the books of a group, as that of someone.
       *[other] { $groups } figures stay in the books of groups, as those of someone.
    }
    [one] 1 figure of your books stays without a name{ $groups ->
        [0] .
        [one] { "" }, and 1 in the books of a group.
       *[other] { "" }, and { $groups } in the books of groups.
    }
   *[other] { $own } figures of your books stay without a name{ $groups ->
        [0] .
        [one] { "" }, and 1 in the books of a group.
       *[other] { "" }, and { $groups } in the books of groups.
    }
}
forgotten-after = Delete this chat on your side as well, if you like. If you write again, I will not know you. Goodbye!
data-kind-of-page = Connects: what is kept of you
page-made-of-person = Made on { $at }.
data-persons = As whom I know you
data-accounts = Your accounts
data-chats = Our private chats
data-wallets = Your wallets and their settings
data-entries = Your entries
data-lots = Your lots of Connects
data-imports = What you imported or confirmed
data-rows = Rows of the pages that you gave me
data-proposals = Your proposals
data-incomes = What clients paid you
data-won-by = Which proposal won which client
data-groups = What you are in groups
data-group-entries = What you booked in groups
data-group-imports = What you imported or confirmed in groups
data-group-rows = Rows of pages about what you booked in groups
data-claims = Your claims on promotions
data-promotions = Promotions that you made
data-announcements = Announcements that you made
data-series = Recurring announcements that you made
data-subscriptions = Chats that get announcements because of you
data-messages = Messages that I sent you or will send
data-links = When your accounts were linked
data-notes = Drafts, open questions and other notes
data-updates = What you wrote that I have not finished reading
data-actions = What you did as an operator or in groups
data-about = For what
data-which-accounts = On Upwork
data-amount = Amount
data-at = When
data-balance = Balance
data-body = As it came
data-chat = Chat
data-group-chats = Chats
data-client = Client
data-closed = Closed
data-connects = Connects
data-cost = Cost
data-cron = Recurs
data-day = Day
data-end = End
data-entry = Entry
data-expires = Expires
data-facts = Figures and words
data-first = From
data-happened = When
data-import = Import
data-issued = Issued
data-kind = Kind
data-last = To
data-left = Left
data-limits = Your limits
data-line = Line
data-made = Made
data-member = Member
data-name = Name
data-number = Number
data-outcome = Outcome
data-platform = Platform
data-profile = Profile
data-promotion = Promotion
data-proposal = Proposal
data-ref = Proposal
data-roles = Role
data-sent = Sent
data-settings = Settings
data-since = Since
data-size = Size
data-source = Source
data-stage = Stage
data-state = State
data-status = Status
data-tags = Tags
data-targets = Your targets
data-text = Text
data-title = Title
data-titles = Group
data-topics = Topics
data-undone = Undone
data-unreachable = Cannot be reached because
data-until = Kept until
data-used = Account used last
data-user = Account
data-wallet = Wallet
data-what = What
data-wording = Wording

## The page of the report
page-kind = Connects report
page-title = { $name }
page-title-own = What happened to your Connects
page-days = { $first } – { $last }
page-until = From the beginning to { $last }
page-made = Made on { $at }, as the books stood then.
page-skip = Skip to the content
page-contents = Contents
page-footer = Made by connects-bot. This page is one file: it works without a network, and asks nothing of it.
page-statement = Statement
page-figures = Key figures
page-pictures = Pictures
page-members = Who spent what
page-each = Connects each
page-months = Months
page-proposals = Proposals
page-lots = Lots
page-entries = Entries
page-connects = Connects
page-opening = At the beginning
page-came = Came in
page-went = Went out
page-expired = Expired
page-closing = At the end
page-bought = Bought
page-earned = Earned
page-spent = Spent
page-came-back = Came back
page-corrected = Corrected
page-valued = Cost stated later
page-other = In other ways
page-others = Opening, corrections
page-free = free
page-bought-ones = paid for
page-unknown-ones = of unknown cost
page-money = Money
page-what = What
page-net = Net
page-tax = Tax
page-together = Total
page-unknown = { $connects } of unknown cost
page-unpriced = Nobody has stated at which price { $connects ->
    [one] 1 Connect was bought, so these figures leave it out.
   *[other] { $connects } Connects were bought, so these figures leave them out.
}
page-unknown-spent = Nobody has stated what { $connects } of the Connects that were spent cost, so these figures leave { $connects ->
    [one] it
   *[other] them
} out.
page-unknown-left = Nobody has stated what { $connects } of the Connects at the end cost, so these figures leave { $connects ->
    [one] it
   *[other] them
} out.
page-month = Month
page-job = Job
page-cost-taxed = Cost with tax
page-money-taxed = Money with tax
page-size = Size
page-left = Left at the end
page-nothing = There is nothing in these days.
page-search-members = Search the members
page-search-months = Search the months
page-search-proposals = Search the proposals
page-search-lots = Search the lots
page-search-entries = Search the entries
page-found = { $found } of { $total } found
page-more = Show all { $total }
page-fewer = Show fewer
page-entries-of = Entries of proposal #{ $ref }
page-entries-before = Not in these days: { $numbers }

## Importing
import-how = 1. Open your Connects History on Upwork, choose “Last 90 days”, and press “Show more” until everything is there.
    2. Select all, copy it, and paste it here as it is. A saved page or a text file works too.
    3. I show you what I found, and nothing is booked before you press a button.
    My proposals (what became of each) and the CSV file of your transactions (what you really paid) go in the same way.
import-how-group = { $how }
    In a group I read only what is meant for me: paste the text as a reply to this message, or send the file with /import beside it.
import-how-console = A terminal hands me what you paste as a whole. Through a pipe it would come line by line, so there please name a file: /import @history.txt
button-how-to-import = How to import
button-connects-history = Open Connects History
button-my-proposals = Open My proposals
import-for = For the wallet of “{ $group }”:
import-found = { $rows ->
    [one] 1 row
   *[other] { $rows } rows
} { $days }: { $what }.
import-all-new = { $rows ->
    [one] 1 row { $days }: it is new.
   *[other] { $rows } rows { $days }: all new.
}
import-all-known = { $rows ->
    [one] The one row { $days } is booked already.
   *[other] All { $rows } rows { $days } are booked already.
}
import-none = none is left to book
import-new = { $rows } new
import-known = { $rows } known
import-unsure = { $rows } unsure
days-one = of { $day }
days-from = from { $first } to { $last }
rows-proposals = Proposals
rows-boosts = Boosts
rows-badge = Badge
rows-ads = Profile ads
rows-back = Given back
rows-monthly = Monthly
rows-rewards = Rewards
rows-bought = Bought
rows-expired = Expired
rows-unexplained = Unexplained
rows-sum = { $rows } · { $delta }
row-line = { $day } · { $what } · { $delta }
row-untitled = { $day } · { $delta }
row-titled = { $wording } · { $title }
row-of-member = { $what } · { $member }
row-named = { $what } ({ $day })
field-balance = Balance
field-parted = Difference
field-before = Before
field-gap = Gap
field-confirmed = Confirmed
field-recosted = Costs
field-completed = Details
field-unread = Not read
balance-moves = { $before } → { $after }, { $said }
balance-stays = { $after }, { $said }
balance-proven = as Upwork says
balance-proven-then = and { $balance } on the page's own day, as Upwork says
balance-unproven = the page shows none
balance-of-two = both accounts together
balance-parted = but Upwork says { $balance }
parted-between = { $missing } between { $older } and { $newer }: { $cause }
parted-before = { $missing } before { $row }: { $cause }
parted-after = { $missing } after { $row }: { $cause }
parted-somewhere = { $missing }: { $cause }
missing-more = Upwork has { $connects } more
missing-less = Upwork has { $connects } less
cause-more = probably a purchase, a reward or a return
cause-less = probably a spend
cause-expired = probably something expired in one of the two only
cause-typed = something typed is not on the page ({ $entries })
cause-corrected = the balance was corrected by hand ({ $entries })
cause-taken-out = rows were taken out on purpose ({ $entries })
cause-unsure = some rows are unsure
cause-unread = some lines could not be read
opening-had = { $connects }
opening-costed = { $had } ({ $cost })
unknown-cost = cost unknown
opening-replaces = { $had }, { $same ->
    [yes] as booked
   *[no] in place of the { $replaces } booked
}
opening-expires = { $had }; gone by { $expires }
gap = { $delta } before { $day }, which no row explains
gaps-more = { $gaps } more, { $delta } in all
expired-more = { $connects ->
    [one] 1 Connect of the past
   *[other] { $connects } Connects of the past
}
expired-less = { $connects ->
    [one] 1 Connect less
   *[other] { $connects } Connects less
} than was booked
recosted = { $spends ->
    [one] 1 earlier spend gets another cost
   *[other] { $spends } earlier spends get another cost
}
unpins = the { $balance } of { $day } would no longer hold, because rows lie before it
recosted-by = { $spends ->
    [one] 1 earlier spend changes
   *[other] { $spends } earlier spends change
}, { $by }
money-more = { $price } more
money-less = { $price } less
price-assumed = { $connects } at the list price; your list of transactions tells what you paid
completed-rows = { $rows ->
    [one] 1 known row gets what the page adds
   *[other] { $rows } known rows get what the page adds
}
unread-lines = { $lines ->
    [one] 1 line
   *[other] { $lines } lines
}
account-no-row-in-common = None of these rows is in your books, though they cover the same days.
account-few-rows-in-common = Hardly any of these rows is in your books, though they cover the same days.
account-impossible-balance = The balance on this page does not fit your books at all.
account-other-members = This page names other members than the pages before.
ask-import-cost = What did you pay for them?
ask-import-day = On which day did you save that page?
import-day-question = This page calls its newest days “Today” and “Yesterday”. On which day did you save it?
button-other-day = Another day
import-day-early = The page names a later day itself, so it was saved on { $earliest } or after that.
ask-own-page = Is it the page of this account?
button-own-page = Yes, it is
ask-wording = What is “{ $wording }”?
meaning-proposal = Spent on a proposal
meaning-boost = Spent on a boost
meaning-badge = The badge
meaning-ad = A profile ad
meaning-expiry = Expired
meaning-proposal-back = A proposal given back
meaning-boost-back = A boost given back
meaning-purchase = Bought
meaning-reward = A reward
meaning-monthly = Monthly Connects
meaning-unclassified = Leave it unexplained
ask-member = Who is “{ $name }”?
button-only-name = Only a name
import-cost-question = { $connects ->
    [one] What did the 1 Connect cost that you had before these rows?
   *[other] What did the { $connects } Connects cost that you had before these rows?
}
button-book-all = { $rows ->
    [one] Book 1 row
   *[other] Book all { $rows }
}
button-book-rest = Book the difference
button-complete = { $rows ->
    [one] Complete 1 row
   *[other] Complete { $rows } rows
}
button-unsure = Show what is unsure ({ $rows })
button-leave-import = Leave
unsure-title = Unsure: { $number } of { $rows }
unsure-placed-twice = It equals a row that is booked, and nothing says whether it is the same one.
unsure-typed = It looks like something that was typed.
unsure-taken-out = It was booked once, and taken out on purpose.
unsure-unread = I could not read all of it.
unsure-none = Nothing is unsure any more.
button-same = It is #{ $number }
button-another = It is another: book it
button-book-row = Book it
button-leave-row = Leave it out
button-previous = Previous
button-next = Next
unread-title = { $lines ->
    [one] I could not read this line:
   *[other] I could not read these { $lines } lines:
}
unread-more = { $lines ->
    [one] And 1 line more.
   *[other] And { $lines } lines more.
}
unread-help = I left them out. If they are rows, copy the page once more and send it again; nothing is booked twice.
import-booking = Booking { $rows } rows…
import-done = { $rows ->
    [one] 1 entry booked
   *[other] { $rows } entries booked
}
import-completed = { $rows ->
    [one] 1 known row got what the page adds
   *[other] { $rows } known rows got what the page adds
}
import-recosted = { $spends ->
    [one] 1 earlier spend got another cost
   *[other] { $spends } earlier spends got another cost
}
import-rest = The difference is booked
import-answer = { $done }; { $balance }.
left-proven = { $connects ->
    [one] 1 Connect
   *[other] { $connects } Connects
}, as Upwork says
left-unproven = { $connects ->
    [one] 1 Connect
   *[other] { $connects } Connects
} left
left-parted = { $connects ->
    [one] 1 Connect
   *[other] { $connects } Connects
} left, but Upwork says { $balance }
import-undone = Import { $number } is taken back
import-stays-all = { $entries ->
    [one] Its entry stays, as import { $import } has it, too.
   *[other] Its { $entries } entries stay, as import { $import } has them, too.
}
import-stays = { $entries ->
    [one] 1 entry stays
   *[other] { $entries } entries stay
}:
stay-seen-again = #{ $number } · { $deed }: import { $import } has it, too
stay-needed = #{ $number } · { $deed }: what was spent later needs it
stays-more = { $entries ->
    [one] and 1 more
   *[other] and { $entries } more
}
import-last = { $rows ->
    [one] What was booked last is an import of 1 row { $days }. Shall I take it back?
   *[other] What was booked last is an import of { $rows } rows { $days }. Shall I take all of it back?
}
button-undo-import = Undo the import
import-title = { $state ->
    [undone] Import { $number }, undone
   *[standing] Import { $number }
} · { $rows ->
    [one] 1 row
   *[other] { $rows } rows
} { $days }, { $first }–{ $last }
imports-none = You have imported nothing yet.
imports-latest = Which import do you want to see?
import-named = { $number }: { $kind ->
    [proposals] My proposals
    [transactions] Prices
   *[history] Connects History
} · { $day }
import-unknown = There is no import { $number } here.
import-row = { $line } → { $entries }
import-moved = The books have changed in the meantime. This is what I would book now:
import-late = You sent this page before #{ $number } was booked, so its balance may lack that. If so, please copy the page once more. This is what I would book now:
import-left = I left that page alone. You can send it again at any time.
import-ended = This import is no longer open: I keep it for 24 hours, for whoever sent it. Please send the page again. What is booked already is not booked twice.
import-followed = You have linked or unlinked your accounts since you sent this. It is for the books that you have here now, so I have compared it with those:
import-booked-already = This import is booked already. To take it back, write /undo.
import-taken-back = This import was booked, and has been taken back since. To book it again, please send the page once more.
import-not-admin = I cannot see that you may import into that group’s wallet. Its owners and managers can, and its admins until an owner is named.

my-proposals-found = { $proposals ->
    [one] 1 proposal
   *[other] { $proposals } proposals
} on My proposals as of { $day }: { $new ->
    [0] nothing new so far
   *[other] { $new } with something new
}.
my-proposals-found-undated = { $proposals ->
    [one] 1 proposal
   *[other] { $proposals } proposals
} on My proposals: { $new ->
    [0] nothing new so far
   *[other] { $new } with something new
}.
my-proposals-nothing-new = { $proposals ->
    [one] The one proposal on My proposals as of { $day } is known as the page shows it.
   *[other] All { $proposals } proposals on My proposals as of { $day } are known as the page shows them.
} Nothing new is in it.
my-proposals-nothing-new-undated = { $proposals ->
    [one] The one proposal on My proposals is known as the page shows it.
   *[other] All { $proposals } proposals on My proposals are known as the page shows them.
} Nothing new is in it.
my-proposals-count = { $shown }
my-proposals-count-new = { $shown }, { $new } new
my-proposals-count-all-new = { $shown }, new
field-my-proposals-cards = Cards
field-my-proposals-completed = Details
field-my-proposals-kept = Kept
field-my-proposals-open = Open
field-my-proposals-missing = Count
my-proposals-cards = { $proposals ->
    [one] 1 proposal gets a card without a cost, as your books do not have it
   *[other] { $proposals } proposals get a card without a cost, as your books do not have them
}
my-proposals-completed = { $proposals ->
    [one] 1 proposal gets Upwork's own ID
   *[other] { $proposals } proposals get Upwork's own IDs
}
my-proposals-kept = { $proposals ->
    [one] 1 proposal is further than the page shows, and stays so
   *[other] { $proposals } proposals are further than the page shows, and stay so
}
my-proposals-open = { $proposals ->
    [one] 1 line fits several proposals
   *[other] { $proposals } lines fit several proposals
}
my-proposals-missing = “{ $section }” should be { $said }, but I read { $read }
section-offers = Offers
section-invitations = Invitations
section-active = Active proposals
section-submitted = Submitted proposals
section-archived = Archived proposals
section-archived-interviews = Archived interviews
my-proposals-other-account = Hardly any of these proposals is in your books, though they cover the same days.
my-proposals-which = { $dated ->
    [no] Which proposal is “{ $title }” ({ $state })?
   *[yes] Which proposal is “{ $title }” of { $day } ({ $state })?
}
my-proposals-candidate = #{ $ref } · { $day } · { $spent } · { $state }
my-proposals-unboosted = { $base ->
    [one] 1 Connect
   *[other] { $base } Connects
}
my-proposals-boosted = { $base } + { $boost } Connects
button-same-proposal = It is #{ $ref }
button-leave-open = Leave it open
button-book-my-proposals = { $proposals ->
    [one] Update 1 proposal
   *[other] Update { $proposals } proposals
}
button-book-open = Keep what is open
button-unread = { $lines ->
    [one] Show the line not read
   *[other] Show { $lines } lines not read
}
my-proposals-waits = Beside it waits: { $found }
history-waits = Beside it waits your Connects History: { $found } This counts what is in it.{ $asks ->
    [yes] {" "}I have a question about the history. Answer that first, and one press books both.
   *[no] { "" }
}
button-show-proposals = Show My proposals
button-show-history = Show the history
button-only-proposals = Only My proposals
button-book-both = Book both
my-proposals-done = { $proposals ->
    [0] My proposals is kept.
    [one] 1 proposal is updated.
   *[other] { $proposals } proposals are updated.
}
my-proposals-done-cards = { $proposals ->
    [one] 1 card is without a cost, until a history shows it.
   *[other] { $proposals } cards are without a cost, until a history shows them.
}
my-proposals-done-open = { $proposals ->
    [one] 1 line stays open, as it fits several proposals.
   *[other] { $proposals } lines stay open, as they fit several proposals.
}
button-undo-proposals = Undo My proposals
my-proposals-reply-cost = { $how ->
    [about] A reply cost you about { $connects } Connects
   *[exactly] A reply cost you { $connects ->
        [one] 1 Connect
       *[other] { $connects } Connects
    }
} last month: { $bids ->
    [one] 1 bid
   *[other] { $bids } bids
}, { $replies ->
    [one] 1 reply
   *[other] { $replies } replies
}{ $waiting ->
    [0] { "" }
   *[other] , without { $waiting } that { $waiting ->
        [one] is
       *[other] are
    } too recent to count
}.
my-proposals-overdue = { $jobs ->
    [one] 1 closed job has
   *[other] { $jobs } closed jobs have
} not given back { $connects } yet.
button-refunds = Refunds
my-proposals-undone = Import { $number } is taken back. Your proposals are as they were before.
link-last = What was booked last is the link of your two wallets. Separate them, and all that it booked is undone.
my-proposals-last = { $proposals ->
    [one] What was booked last is My proposals of { $day }, with 1 proposal. Shall I take it back?
   *[other] What was booked last is My proposals of { $day }, with { $proposals } proposals. Shall I take it back?
}
my-proposals-title = { $state ->
    [undone] Import { $number }, undone
   *[standing] Import { $number }
} · My proposals of { $day } · { $proposals ->
    [one] 1 proposal
   *[other] { $proposals } proposals
}, { $first }–{ $last }
my-proposals-line = { $title } · { $state }
my-proposals-line-dated = { $day } · { $what }

transactions-found = { $fees ->
    [one] 1 purchase of Connects
   *[other] { $fees } purchases of Connects
} { $days }: { $what }.
transactions-all-known = { $fees ->
    [one] The one purchase of Connects { $days } has its true price already.
   *[other] All { $fees } purchases of Connects { $days } have their true prices already.
}
transactions-all-changed = { $fees ->
    [one] 1 purchase of Connects { $days }: it gets its true price.
   *[other] { $fees } purchases of Connects { $days }: all get their true prices.
}
transactions-changed = { $fees ->
    [one] 1 gets its true price
   *[other] { $fees } get their true prices
}
transactions-known = { $fees ->
    [one] 1 has it already
   *[other] { $fees } have them already
}
transactions-asked = { $fees } to be asked about
transactions-missing = { $fees } not in your books
transactions-left-alone = { $fees } left alone
transactions-none = That is your list of transactions, but I see no purchase of Connects in it: Upwork calls it “Fees for additional Connects (60)”. If you bought some, please choose a longer time on Upwork, and download the file again.
transactions-unread-only = That is your list of transactions, but I could not read what it says about Connects. Please send me the file as Upwork gives it to you, before a spreadsheet has saved it.
transactions-none-found = { $fees ->
    [one] 1 purchase of Connects { $days }, and your books do not have it.
   *[other] { $fees } purchases of Connects { $days }, and your books have none of them.
} Please import your Connects History first, and then send this file again: it gives each purchase its true price.
field-prices = Paid
field-missing = Not found
field-older = Older
field-given-back = Money back
field-other-rows = Other rows
transactions-moved = { $before } → { $after }
raw-price = { $price }
transactions-unstated = { $fees ->
    [one] 1 at an unknown price
   *[other] { $fees } at an unknown price
}
transactions-proposals = { $follows }, and with them the cost of { $proposals ->
    [one] 1 proposal
   *[other] { $proposals } proposals
}
fee-named = { $day } ({ $connects })
transactions-more = { $fees } more
transactions-import-first = { $days }. Please import the Connects History of these days, and then send this file again.
transactions-older = { $fees ->
    [one] 1 { $days }, before
   *[other] { $fees } { $days }, before
} your books begin. If your Connects History still shows those days, import it, and then send this file again.
fee-back = { $price } on { $day }
transactions-given-back = { $some }. I book nothing for it, because the file does not say what became of the Connects. If they are gone, take the purchase back with /undo and its number.
transactions-others = { $what }; I keep nothing of them
transactions-incomes-kept = { $rows ->
    [one] I keep this 1 payment, as you asked. /clients shows what the client cost.
   *[other] I keep these { $rows } payments, as you asked. /clients shows what each client cost.
}
transaction-payment = { $rows ->
    [one] 1 payment
   *[other] { $rows } payments
}
transaction-membership = { $rows ->
    [one] 1 membership fee
   *[other] { $rows } membership fees
}
transaction-income = { $rows ->
    [one] 1 income
   *[other] { $rows } incomes
}
transaction-tax = { $rows ->
    [one] 1 other tax
   *[other] { $rows } other taxes
}
transaction-other = { $rows ->
    [one] 1 other
   *[other] { $rows } others
}
transactions-unread = { $rows ->
    [one] I could not read this row, so I leave it out:
   *[other] I could not read these { $rows } rows, so I leave them out:
}
transactions-unread-rows = { $rows ->
    [one] I could not read 1 row, so I leave it out.
   *[other] I could not read { $rows } rows, so I leave them out.
}
transactions-unclear-days = Days such as 03/05/2026 can be read in two ways, so I leave these rows out. Please send me the file as Upwork gives it to you, before a spreadsheet has saved it:
transactions-pinned = { $others ->
    [0] { $fees ->
        [one] It is from before a balance that is confirmed; its cost changes, too.
       *[other] They are from before a balance that is confirmed; their costs change, too.
    }
   *[other] { $fees ->
        [one] 1 of them is from before a balance that is confirmed; its cost changes, too.
       *[other] { $fees } of them are from before a balance that is confirmed; their costs change, too.
    }
}
which-fee-several = Which of these purchases did you pay { $price } for on { $day } ({ $connects } Connects)?
which-fee-several-group = Which of these purchases is the one of { $day } ({ $connects } Connects)?
which-fee-other-number = On { $day } you paid { $price } for { $connects } Connects, but your books have another number. Is it the same purchase?
which-fee-other-number-group = On { $day } Upwork has a purchase of { $connects } Connects, but the books have another number. Is it the same purchase?
which-fee-other-currency = On { $day } you paid { $price } for { $connects } Connects, but your books have a price in another currency. Shall I take what Upwork says?
which-fee-other-currency-group = On { $day } the books have a price for { $connects } Connects in another currency than Upwork. Shall I take what Upwork says?
button-fee = #{ $number }: { $connects } on { $day }
button-fee-price = #{ $number }: { $connects } on { $day }, { $price }
button-fee-none = None of them: leave it
button-fee-keep = Keep what I booked
button-fee-take = Take { $price }
button-fee-take-group = Take what Upwork says
button-book-prices = { $fees ->
    [one] Book the true price
   *[other] Book { $fees } true prices
}
button-prices-all = All { $fees }
button-prices-others = Only the other { $others }
transactions-left = I left those transactions alone. You can send them again at any time.
transactions-booked = { $fees ->
    [one] 1 purchase has its true price now
   *[other] { $fees } purchases have their true prices now
}{ $spends ->
    [0] .
    [one] , and 1 earlier spend follows.
   *[other] , and { $spends } earlier spends follow.
}
transactions-booked-before = These prices are booked, as import { $number }.
transactions-each = A Connect cost you { $price }, tax included.
transactions-each-about = A Connect cost you about { $price } on average, tax included.
transactions-tax-hint = You pay { $percent } % tax on each purchase. Whoever runs this bot can set tax_percent = { $percent } in its rulebook, so that the list price includes it.
prices-last = { $rows ->
    [one] What was booked last is the true price of 1 purchase. Shall I take it back?
   *[other] What was booked last are the true prices of { $rows } purchases. Shall I take all of them back?
}

not-a-page-no-proposals = That is My proposals, but I see no proposal in it. Please wait until the list is there, and copy all of it again.
not-a-page-transactions = Your list of transactions goes by itself: please send that file again, without anything else, once your Connects History is booked.
not-a-page-earnings = That is the list of earnings by contract, and no Connects are in it. What you paid for Connects is in another file: on Upwork, go to Reports, then Transactions, choose the time, and press “Download CSV”.
not-a-page-table = That is a table, but not one of those that I know. What you paid for Connects is in your list of transactions: on Upwork, go to Reports, then Transactions, choose the time, and press “Download CSV”.
not-a-page-other-language = That is a Connects History in a language that I cannot read as text. Please save the page as a file and send me that, or switch Upwork to English and copy it again.
not-a-page-no-rows = That is the Connects History, but I see no row in it. Please choose “Last 90 days”, wait until the rows are there, and copy all of it again.
not-a-page-mhtml = I cannot read .mhtml files. Please save the page as “Web page, complete” or “HTML only”, or copy its text and paste it here.
not-a-page-webarchive = I cannot read Safari's web archives. Please save the page as “Page Source”, or copy its text and paste it here.
not-a-page-pdf = I cannot read a PDF. Please copy the text of the page itself and paste it here.
not-a-page-picture = I cannot read a picture. Please copy the text of the page itself and paste it here.
not-a-page-document = I cannot read documents of a word processor. Please paste the text here instead, or save it as .txt.
not-a-page-archive = I do not open archives. Please take the .html file out of it, and send me that.
not-a-page-too-large = That is more than 5 MB, the most that I read. Please save the page as “HTML only”, or choose fewer days and send the rest after it.
not-a-page-empty = There is nothing in that file. Please save the page again once its rows are there.
not-a-page-unknown = I do not see a Connects History in that.

## Promotions, announcements and alerts
promote-preview = Promotion { $number }, as people will see it. Nothing has been announced yet.
promote-past = That end is in the past: { $ends }. Write a later one, such as 3 days.
promote-past-start = That start is in the past: { $starts }. Write now, or a later one.
promote-backwards = It would end { $ends }, which is not after its start, { $starts }.
promote-short = A supply of { $supply } Connects is too small: it takes at least { $needed }.
promote-required = No promotion can do without that. Please write what it should be.
promote-code = That code looks like a number. Choose a word, such as SUMMER.
promote-both = In a contest the draw decides, so claims need no approval. Leave out either winners or approval.
promote-moderators = Moderators decide on claims that wait for approval. Give approval=on as well, or leave moderators off.
approval-needed = needed for each claim{ $moderators ->
    [yes] {"; the moderators of a group can decide there"}
   *[no] { "" }
}
edit-what = What do you want to change?
edit-what-launched = What do you want to change? Everything else stays as announced.
edit-step = It is { $before } now. What should it be after “{ $words }”?
edit-done = Changed. This is how it reads from now on. Announcements already sent are not sent again.
edit-done-draft = Promotion { $number } is changed. Nothing has been announced yet.
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
chat-others = Other chats
chat-untitled = { $platform } { $id }
waiting-none = No { $other ->
    [yes] {"other "}
   *[no] { "" }
}claims on “{ $title }” are waiting.
waiting-title = { $number ->
    [one] 1 claim
   *[other] { $number } claims
} on “{ $title }” to approve or decline
waiting-number = #{ $number } { $name }
waiting-line = { $at } · { $where }
waiting-approved = Approved: #{ $number } { $name }
waiting-refused = Declined: #{ $number } { $name }
claims-none = No claims from this group are waiting.
claims-on-which = Claims from this group to approve or decline. On which promotion?
claims-own = Your own claim waits too. Another moderator or an operator decides on it.
claims-anonymous = You write here as the chat itself, so I cannot see whether a claim is your own. Turn anonymity off to decide on claims.
report-claims = { $claims ->
    [one] All claims: 1
   *[other] All claims: { $claims }
}
report-told = { $number ->
    [one] All deliveries of its announcements: 1
   *[other] All deliveries of its announcements: { $number }
}
import-opened = Welcome! I have opened your wallet, so that your page can go into it.
import-another = This page does not go together with the one above, so I show it by itself. If it is another account's, please leave it.
import-apart = This page does not go together with the one above, so I show it by itself.
import-no-groups = I know of no group with a wallet in which you are an admin. Please write /start in the group, and then choose again.
ask-import-owner = Whose Connects History is this?
button-import-group = For a group
button-import-other = For another wallet
button-group = { $group }
button-own-wallet = For me
page-option = Your saved page or copied text of Upwork's Connects History
replaces-earlier = This replaces the answer above: there is more now.
file-none = Send me the file itself, with /promote as its caption or without one.
file-beside = With a file, I cannot use “{ $words }” from its caption, so nothing was saved. Please write that into the file, and send it with /promote alone.
file-unwanted = I have no use for a file here. /help lists what I can do for you.
file-unreadable = I could not fetch that file. Please send it again.
file-large = That file is too large. The limit is { $most } KiB.
file-kind = I can read promotions only from .toml and .csv files, and “{ $name }” is neither. A spreadsheet can save a table as CSV.
file-encoding = That file is not UTF-8 text. Please save it as UTF-8; a spreadsheet calls that “CSV UTF-8”.
file-count = { $number ->
    [0] There is no promotion in that file.
   *[other] There are { $number } promotions in that file; the limit is { $most }.
}
file-broken = The file cannot be read from line { $line } on. Look for a missing quote or bracket there.
file-cells = Line { $line } has something in column { $column }, but that column has no name.
file-head = No row of that table names its columns. The first one should, such as: title, text, gives, ends.
file-twice = “{ $key }” stands there twice, the second time in line { $line }. Please leave out one of them.
file-table-twice = The table in line { $line } stands there twice. Begin each promotion with [[{ $table }]], in double brackets.
file-faulty = { $number ->
    [one] That file has 1 error, so no promotion was saved.
   *[other] That file has { $number } errors, so no promotion was saved.
}
file-fault = Line { $line }, { $key }: { $what }
file-more = And { $number } more.
file-key = there is no such key.
file-key-near = there is no such key. Did you mean { $near }?
file-value = this value does not fit. If a spreadsheet shortened a long number to something like 2.1E+18, keep that column as text.
file-missing = it is missing.
file-drafted = { $number ->
    [one] 1 promotion saved as a draft. Nothing has been announced yet.
   *[other] { $number } promotions saved as drafts. Nothing has been announced yet.
}
file-line = { $title } · { $gives ->
    [one] 1 Connect
   *[other] { $gives } Connects
} · { $begins } to { $ends }
file-next = To preview one, write /promo show and its number.
promo-new = I will ask for one thing at a time, and nothing is announced until you have seen a preview. You can also send a file: docs/promotions.example.toml shows how.
promo-none = There are no promotions yet.
promo-title = The newest promotions
promo-number = { $number }
promo-line = { $title } · { $status }
promo-named = Promotion { $number }: { $title }
promo-launched-already = It has already been launched.
promo-paused = It is paused: nothing is announced, and nothing can be claimed.
promo-live = It is live again.
promo-cancelled = It is cancelled. People keep what they were given.
promo-kept = It was not cancelled.
promo-not-so = That is not possible in its present state.
status-draft = draft
status-live = live
status-paused = paused
status-cancelled = cancelled
status-ended = ended
claims-asked = Waiting for approval
claims-refused = Declined
claims-entered = Entered
claims-won = Won, not booked yet
claims-given = Recipients
claims-lost = Did not win
claims-forfeited = Passed on
claims-merged = Made twice by one person
claim-unknown = There is no such promotion now. Use the number or the code from its announcement.
claim-code = That promotion needs its code: write /claim and the code.
claim-others = That one is not open to you. To see why, write /claim { $what } to me in private.
claim-done = { $connects ->
    [one] 1 Connect
   *[other] { $connects } Connects
} for { $private ->
    [yes] you
   *[no] { $name }
} from “{ $title }”. { $expires ->
    [never] They never expire.
   *[other] They expire on { $expires }.
}
claim-again = { $private ->
    [yes] You have already claimed that
   *[no] Already claimed by { $name }
}: { $connects ->
    [one] 1 Connect
   *[other] { $connects } Connects
} from “{ $title }”. { $expires ->
    [never] They never expire.
   *[other] They expire on { $expires }.
}
claim-got = You got { $connects ->
    [one] 1 Connect
   *[other] { $connects } Connects
} from “{ $title }”. { $expires ->
    [never] They never expire.
   *[other] They expire on { $expires }.
}
claim-entered = { $private ->
    [yes] You take
   *[no] { $name } takes
} part in “{ $title }” as entry #{ $number }. Winners are posted by name.
claim-asked = { $private ->
    [yes] You
   *[no] { $name }
} asked for “{ $title }”. Each claim is reviewed, and you will be notified of the decision.
claim-approved = { $private ->
    [yes] You were
   *[no] { $name } was
} given the Connects from “{ $title }”.
claim-refused = { $private ->
    [yes] Your
   *[no] { $name }'s
} claim on “{ $title }” was declined.
claim-won = { $private ->
    [yes] You
   *[no] { $name }
} won in “{ $title }”. The Connects are on their way.
claim-lost = { $private ->
    [yes] You
   *[no] { $name }
} took part in “{ $title }” and did not win.
claim-forfeited = { $private ->
    [yes] You were
   *[no] { $name } was
} drawn in “{ $title }”, and the prize was passed on.
claim-merged = { $private ->
    [yes] You have
   *[no] { $name } has
} claimed “{ $title }” from two accounts, which counts once.
claim-hash = The draw is already fixed: the SHA-256 of its seed begins with { $hash }. The seed is revealed at the end.
claim-anonymous = You write here as the chat itself, so I cannot see whose wallet the Connects are for. Write that to me in private.
claim-opened = I opened a wallet for you, with { $connects ->
    [one] 1 free Connect
   *[other] { $connects } free Connects
} to begin with. It has the usual settings; /settings shows and changes them.
claim-wallet = Your wallet is open: { $connects ->
    [one] 1 Connect is
   *[other] { $connects } Connects are
} available. It has the usual settings; /settings shows and changes them.
claim-opened-group = I opened a wallet for you, with the usual settings. Write /start to me in private to see it.
who-everybody = everybody
who-only = only { $conditions }
who-new = { $days ->
    [one] wallets that are at most 1 day old
   *[other] wallets that are at most { $days } days old
}
who-plan = those on the plan { $plan }
who-feedback = those with at least { $number } positive feedback
who-assessments = those with at least { $number ->
    [one] 1 assessment
   *[other] { $number } assessments
}
who-interviews = those with at least { $number ->
    [one] 1 interview
   *[other] { $number } interviews
}
lasts-days = { $days ->
    [one] 1 day
   *[other] { $days } days
} from the { $since ->
    [won] draw
    [approved] approval
   *[claimed] claim
}
lasts-months = { $months ->
    [0] for ever
    [one] 1 month from the
   *[other] { $months } months from the
}{ $months ->
    [0] { "" }
   *[other] { " " }{ $since ->
        [won] draw
        [approved] approval
       *[claimed] claim
    }
}
offer-start = New: { $title }
offer-reminder = One day left: { $title }
offer-last-call = Last call: { $title }
offer-gives = { $gives ->
    [one] 1 Connect
   *[other] { $gives } Connects
} for each person who qualifies, once.
offer-contest = { $winners ->
    [one] 1 winner gets
   *[other] { $winners } winners get
} { $gives ->
    [one] 1 Connect
   *[other] { $gives } Connects
}{ $winners ->
    [one] .
   *[other] { " " }each.
}
offer-ends = Until { $ends }. { $left }
offer-coded = Claim it with its code: /claim and the code.
offer-asks = Press once to apply; each claim is reviewed.
offer-press = One press is enough.
offer-hash = Anyone can check the draw: the SHA-256 of its seed begins with { $hash }.
drawn = “{ $title }” is over. { $entries ->
    [one] 1 took part.
   *[other] { $entries } took part.
}
drawn-merged = Left out, because one person had entered twice: { $entries }
drawn-won = Drawn: { $winners }
drawn-nobody = Nobody took part.
drawn-check = The seed was { $seed }, and its SHA-256 begins with { $hash }, as announced. To check the draw, take the SHA-256 of “seed:number” for each entry; the smallest win.
draw-hash = The SHA-256 of the seed of “{ $title }” is { $hash }.
draw-open = The draw is fixed by that seed, which is revealed at the end.
draw-over = The seed was { $seed }. To check the draw, take the SHA-256 of “seed:number” for each entry; the smallest win.
redrawn = In “{ $title }”, { $winner } was drawn, but { $why ->
    [told] the organizer says that they cannot be reached.
   *[unreached] could not be reached.
} The prize goes to the next entry by the same seed: { $next }.
redrawn-check = The seed was { $seed }, and its SHA-256 begins with { $hash }, as announced. To check it, leave out { $winner } and whoever was left out before, and take the SHA-256 of “seed:number” for each other entry; the smallest win.
redraw-sure = { $winner } was drawn for { $gives ->
    [one] 1 Connect
   *[other] { $gives } Connects
}. { $booked ->
    [yes] They are taken back from that wallet, if nothing of them is spent.
   *[no] They are not booked yet.
} They then go to { $next }, who is next by the same seed. This is posted with the reason, and cannot be undone.
redraw-posted = { $chats ->
    [0] nowhere, as the result was
    [one] in 1 chat that got the result
   *[other] in the { $chats } chats that got the result
}
redraw-done = The prize of { $winner } goes to { $next }, and that is being posted.
redraw-spent = Something of the prize of { $winner } is spent, so it stays where it is.
redraw-late = That contest ended more than { $days } days ago, so its prizes stay where they are.
redraw-impossible = Entry #{ $number } has no prize that can be passed on: it did not win, or nobody is left to win.
winners-each = { $winners ->
    [one] 1, with { $prize }
   *[other] { $winners }, each with { $prize }
}
winner-prize = { $connects ->
    [one] 1 Connect
   *[other] { $connects } Connects
}{ $state ->
    [won] , not booked yet
   *[given] , booked
}
alert-promotion-passed = Your prize in “{ $title }”, { $gives ->
    [one] 1 Connect
   *[other] { $gives } Connects
}, was passed on to the next entry in the draw, because you could not be reached.
alert-promotion-winners = Promotion { $number }, “{ $title }”, is drawn. Entries: { $entries }
alert-promotion-won = You won { $gives ->
    [one] 1 Connect
   *[other] { $gives } Connects
} in “{ $title }”. They are booked.
alert-promotion-approved = Your claim on “{ $title }” was approved: { $gives ->
    [one] 1 Connect is
   *[other] { $gives } Connects are
} booked.
alert-promotion-asked = { $name } asked for “{ $title }”. Moderators of this group can decide with /claims. Until then I announce no further claims on it.
alert-promotion-asked-in = { $name } asked for “{ $title }” in { $group ->
    [none] your group
   *[other] { $group }
}. Write /claims there to decide. Until then I announce no further claims on it.
alert-promotion-refused = Your claim on “{ $title }” was declined.
subscribed = { $away ->
    [yes] You will get announcements in our direct messages.
   *[no] This chat will get announcements.
}
subscribed-except = { $away ->
    [yes] You will get all announcements in our direct messages, except those about { $tags }.
   *[no] This chat will get all announcements except those about { $tags }.
}
subscribed-tags = { $away ->
    [yes] You will get announcements about { $tags } in our direct messages, and those for everyone.
   *[no] This chat will get announcements about { $tags }, and those for everyone.
}
subscribed-place = They will appear in { $place }.
announcements-back = I could not send announcements for a while. They come again now, as before.
announcements-asked = { $where ->
    [group] Announcements stopped when I was removed from this group. Shall they come here again? An admin decides.
    [channel] Announcements stopped when I was removed from this channel. To get them here again, post /subscribe.
   *[private] I stopped sending you announcements when { $platform ->
        [discord] I could no longer write to you
       *[other] you blocked me
    }. Do you want them again?
}
announcements-lost = Announcements do not arrive any more: { $why ->
    [unset] nobody has chosen a place for them.
    [unknown] the place where they went no longer exists.
    [closed] the place where they go is closed.
   *[rights] I am not allowed to write in the place where they go.
} Put that right, or choose another place.
unsubscribed = { $away ->
    [yes] You will get no more announcements in our direct messages.
   *[no] This chat will get no more announcements.
}
unsubscribed-already = { $away ->
    [yes] You get no announcements in our direct messages.
   *[no] This chat gets no announcements.
}
announce-nobody = No matching chat has subscribed. In a group, an admin subscribes with /subscribe; a person does so in a private chat with me.
announce-preview = This is how it will look. Nothing has been sent yet.
announce-passed = That time, { $at }, has passed. Please give a later one.
announce-far = { $at } is more than a year ahead. Please give an earlier time.
announce-at-and-cron = Please give either a time (at=) or a repetition (cron=), not both.
doubt-announce-at = Should I send this at “{ $words }”, or does the text begin with it?
audience = { $whom }: { $chats ->
    [one] 1 chat
   *[other] { $chats } chats
}
audience-all = everybody who subscribed
audience-tags = { $tags }
audience-in = in { $languages }
audience-on = on { $platforms }
unmatched-tag = no chat has chosen { $name }{ $near ->
    [none] .
   *[other] ; some have { $near }.
}
unmatched-language = no chat reads { $name }.
unmatched-platform = no chat on { $name } has subscribed{ $near ->
    [none] .
   *[other] ; some on { $near } have.
}
asleep = { $chats ->
    [one] 1 chat has quiet hours then, and gets it at { $until }.
   *[other] { $chats } chats have quiet hours then, and get it in their morning, the last at { $until }.
}
announcement-unknown = I do not know this announcement. /announcements lists them.
announcement-begun = It is on its way to { $chats ->
    [one] 1 chat
   *[other] { $chats } chats
}. The message below shows the progress.
announcement-watch-private = A message in your private chat with me, if it is open, shows the progress.
draft-discarded = The draft is discarded. Nothing was sent.
announcement-not-draft = It has been sent already, so it is no longer a draft.
announcement-again = It was sent before, and no chat gets it twice.
announcement-unsent = It has not been sent.
announcement-begins = It is about to be sent.
announcement-nobody = Nobody got it, because no matching chat had subscribed.
announcement-forgotten-course = It was sent at { $at }. I keep for 90 days how far each one came.
announcement-now = To send it now, please press the button.
announcement-waits = Announcement { $number } waits for its time. Who gets it is decided then.
announcement-scheduled = The announcement will be sent on { $at }.
announcement-rewritten = The text is changed.
announcement-cancelled = The announcement is cancelled, and will not be sent.
announcement-changed = Somebody has just changed the announcement. This is how it is now.
announcement-corrected = The announcement is being corrected. “Refresh” shows how far that has come.
announcement-is-withdrawn = The announcement is being withdrawn. What has not been sent yet is stopped.
announcement-withdrawn = This announcement was withdrawn.
announcement-withdrawn-already = The announcement has been withdrawn.
announcement-forgotten = I keep track of the messages of an announcement for 90 days. After that, they cannot be changed.
correct-before = The text now:
correct-after = The text after the correction:
correct-same = The announcement says that already.
withdraw-sure = Really withdraw “{ $text }”? Its messages are deleted, and it cannot be sent again.
withdraw-replaced = { $number ->
    [one] up to 1 message on Telegram, which is too old to be deleted
   *[other] up to { $number } messages on Telegram, which are too old to be deleted
}
mended-of = { $done } of { $all }
mended-no-message = { $number ->
    [one] 1 message, which is gone or cannot be changed any more
   *[other] { $number } messages, which are gone or cannot be changed any more
}
mended-no-chat = { $number ->
    [one] 1 message in a chat that I cannot reach any more
   *[other] { $number } messages in chats that I cannot reach any more
}
mended-not-there = { $number ->
    [one] 1 message, which was not sent after all, or waited for its platform for more than 3 days
   *[other] { $number } messages, which were not sent after all, or waited for their platform for more than 3 days
}
mended-unknown = { $number ->
    [one] 1 message of which I do not know whether it arrived
   *[other] { $number } messages of which I do not know whether they arrived
}
announcements-title = Announcements
announcements-none = There are no announcements yet. /announce writes one.
announcement-line = { $text } ({ $state })
stage-draft = draft, not sent
stage-scheduled = waits until { $at }
stage-sent = sent
stage-withdrawn = withdrawn
stage-under-way = { $how ->
    [held] paused
    [sending] being sent
    [stopped] stopped
   *[over] sent
}, { $sent } of { $all }{ $corrected ->
    [none] { "" }
    [now] , being corrected
   *[yes] , corrected
}
announcement-paused = { $number ->
    [0] Nothing of it waits any more, so there is nothing to pause.
    [one] Paused: 1 chat waits until you resume.
   *[other] Paused: { $number } chats wait until you resume.
}
announcement-resumed = { $number ->
    [0] Nothing of it is paused.
    [one] Resumed for 1 chat.
   *[other] Resumed for { $number } chats.
}
announcement-stopped = { $number ->
    [0] Nothing of it waits any more, so there is nothing to stop.
    [one] Stopped: 1 chat does not get it.
   *[other] Stopped: { $number } chats do not get it.
}
announcement-resent = { $number ->
    [0] There is nothing to send again.
    [one] It is sent again to 1 chat.
   *[other] It is sent again to { $number } chats.
}
watch-title = On its way: { $text }
watch-over = Finished: { $text }
watch-corrected = Being corrected: { $text }
watch-withdrawn = Being withdrawn: { $text }
progress = { $bar } { $done } of { $all }
state-pending = Waiting
state-held = Paused
state-sending = Being sent
state-sent = Sent
state-gone = Unreachable: the bot was removed or blocked
state-failed = Failed
state-unknown = Uncertain: it may have arrived
state-cancelled = Stopped
length-of = { $length } of { $most } characters
report-mended = { $chats ->
    [one] What became of the change in 1 chat
   *[other] What became of the change in { $chats } chats
}
report-caption = Delivery report for { $chats ->
    [one] 1 chat
   *[other] { $chats } chats
}
alert-low = Running low: { $connects ->
    [0] no Connects are
    [one] 1 Connect is
   *[other] { $connects } Connects are
} left, below your warning level of { $threshold }.
alert-of-group = In { $group }:
place-lost-unset = Nobody has chosen where the alerts of { $group } go. Until an admin writes /alerts here in one of its channels, I send them to you.
place-lost-unknown = { $group } gets no alerts now: { $place }, where they went, no longer exists. Write /alerts here in the place where they should go. Until then I send them to you.
place-lost-closed = { $group } gets no alerts now: { $place }, where they go, is { $platform ->
    [discord] locked. Unlock it
   *[other] closed. Open it again
}, or write /alerts here in another place. Until then I send them to you.
place-lost-rights = { $group } gets no alerts now: I am no longer allowed to write in { $place }, where they go. Allow it again, or write /alerts here in another place. Until then I send them to you.
place-lost-lacks = { $group } gets no alerts now: in { $place }, where they go, I lack { $rights }. Allow that again, or write /alerts here in another place. Until then I send them to you.
place-lost-still = The alerts of { $group } still have no place, so this one comes to you.
alert-test = This is a test: alerts arrive here.
alert-limit = { $mark ->
    [near] { $who ->
        [you] { $unit ->
            [money] You have used { $percent }% of your limit in money { $then }.
            [boosts] You have spent { $spent } of { $amount } Connects on boosts { $then }.
           *[connects] You have spent { $spent } of { $amount } Connects { $then }.
        }
        [all] { $unit ->
            [money] All together have used { $percent }% of their limit in money { $then }.
            [boosts] All together have spent { $spent } of { $amount } Connects on boosts { $then }.
           *[connects] All together have spent { $spent } of { $amount } Connects { $then }.
        }
       *[one] { $unit ->
            [money] { $name } has used { $percent }% of the limit in money { $then }.
            [boosts] { $name } has spent { $spent } of { $amount } Connects on boosts { $then }.
           *[connects] { $name } has spent { $spent } of { $amount } Connects { $then }.
        }
    }
   *[over] { $who ->
        [you] { $unit ->
            [money] You are over your limit in money { $then }: { $percent }% of it is used.
            [boosts] You are over your limit { $then }: { $spent } of { $amount } Connects are spent on boosts.
           *[connects] You are over your limit { $then }: { $spent } of { $amount } Connects are spent.
        }
        [all] { $unit ->
            [money] All together are over their limit in money { $then }: { $percent }% of it is used.
            [boosts] All together are over their limit { $then }: { $spent } of { $amount } Connects are spent on boosts.
           *[connects] All together are over their limit { $then }: { $spent } of { $amount } Connects are spent.
        }
       *[one] { $unit ->
            [money] { $name } is over the limit in money { $then }: { $percent }% of it is used.
            [boosts] { $name } is over the limit { $then }: { $spent } of { $amount } Connects are spent on boosts.
           *[connects] { $name } is over the limit { $then }: { $spent } of { $amount } Connects are spent.
        }
    }
}
alert-limit-sent = { $name } says it was sent already, so I have booked it: see #{ $number }.
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
    [0] None are left.
    [one] 1 is left.
   *[other] { $left } are left.
}
alert-expiring-paid = You paid { $price } for them.
alert-expiring-unknown = The cost of { $connects } of them is unknown.
alert-runway = { $connects ->
    [0] You have no Connects left.
    [one] At your pace, your 1 Connect will last { $lasting }.
   *[other] At your pace, your { $connects } Connects will last { $lasting }.
}
alert-runway-next = { $needed } would last about { $days ->
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
alert-monthly-next = If not, they may still come in the next few days. I will check again in three days.
alert-missing = Your plan's { $connects } Connects, due on { $due }, are not in the books.
alert-missing-next = On Upwork, look under Settings, Membership & Connects: it shows whether they came, and when your billing cycle begins; its Connects history has a row “Monthly Connects renewal”. If they did not come, contact Upwork's support. If they did, book them.
alert-unfed = Your last import is from { $last }. What happened on Upwork since then may be missing here.
alert-unfed-next = It takes a minute: on Upwork, open your Connects History, select all of the page, copy it, and paste it here. I book only what is new.
alert-stale = What became of “{ $title }”? You sent this proposal on { $sent }, { $days ->
    [one] a day
   *[other] { $days } days
} ago, and the books know of no answer.
alert-stale-others = { $others ->
    [one] 1 other proposal waits
   *[other] { $others } other proposals wait
} as well.
feed-bid = { $who } bid { $connects }{ $on }. { $left } left.
feed-bid-boosted = { $who } bid { $connects }{ $on }, { $boost } of them as a boost. { $left } left.
feed-spend = { $who } spent { $connects } ({ $what }){ $on }. { $left } left.
feed-spends = { $who } spent { $connects } in { $entries } entries. { $left } left.
feed-return = { $who } booked a return of { $connects }{ $on }. { $left } left.
feed-buy = { $who } bought { $connects }. { $left } left.
feed-earn = { $who } booked { $connects } as received ({ $what }). { $left } left.
feed-undo = { $who } undid entry #{ $of }{ $on }: { $delta }. { $left } left.
feed-undo-several = { $who } undid { $entries } entries: { $delta }. { $left } left.
feed-adjust = { $who } corrected the balance by { $delta }. { $left } left.
feed-price = { $who } stated what Connects cost. { $left } left.
feed-import = { $who } imported a page, which booked { $entries ->
    [one] 1 entry
   *[other] { $entries } entries
}. { $left } left.
feed-import-undone = { $who } undid an import, which booked { $entries ->
    [one] 1 entry
   *[other] { $entries } entries
}. { $left } left.
feed-change = { $who } changed the books. { $left } left.
feed-expired = { $connects } expired. { $left } left.
feed-on = { " " }on { $title }
feed-nobody = The bot
feed-lines =
    { $some }
    { $more }
alert-feed-lost = I no longer show what is booked: in the place where it was shown, { $why }. To see it again, write /settings feed=here where it should appear.
alert-promotion-ending = { $connects ->
    [one] 1 Connect from a promotion expires
   *[other] { $connects } Connects from a promotion expire
} on { $expires }.
alert-promotion-ending-of = { $connects ->
    [one] 1 Connect from “{ $title }” expires
   *[other] { $connects } Connects from “{ $title }” expire
} on { $expires }.
alert-promotion-ending-next = What you do not spend before then is lost. Press Lots to see what is used first.
alert-promotion-eve = “{ $title }” is drawn on { $at }. You take part as entry #{ $entry }. Winners will be notified then.
alert-digest = Your week, { $first } to { $last }
alert-team-week = The team's week, { $first } to { $last }
team-week-sums = { $connects }{ $bids ->
    [0] { "" }
    [one] , 1 bid
   *[other] , { $bids } bids
}{ $replies ->
    [0] { "" }
    [one] , 1 reply
   *[other] , { $replies } replies
}{ $hires ->
    [0] { "" }
    [one] , 1 hire
   *[other] , { $hires } hires
}
team-week-together = Together
team-week-others = { $members ->
    [one] 1 other
   *[other] { $members } others
}
team-week-nobody = Nobody named
team-week-targets = Targets
team-week-target = { $bids } of { $goal } bids, until { $last }
team-week-limits = Over a limit
team-week-limit = { $spent } of { $amount } Connects { $boosts ->
    [yes] on boosts { "" }
   *[no] { "" }
}{ $period ->
    [day] today
    [month] this month
   *[week] this week
}
team-week-limit-percent = { $percent } % { $boosts ->
    [yes] on boosts { "" }
   *[no] { "" }
}{ $period ->
    [day] today
    [month] this month
   *[week] this week
}
digest-month = The month, { $first } to { $last }
digest-of = { $total } ({ $parts })
digest-part = { $purpose } { $connects }
digest-parts = { $some }, { $more }
digest-paid = { $connects } for { $price }
digest-paid-hidden = { $connects }
digest-each-proposal = { $cost }, { $each } for each of { $number } proposals
digest-each-interview = { $cost }, { $each } for each of { $number } interviews

alert-series-days = “{ $text }” (series { $number }) is paused. It names days of the month and days of the week. Until now it was sent only if both matched. From now on it would be sent if either matches, as cron does: { $when }. Resume it if that suits you. If not, end it and write it again with /announce.
alert-announcement-late = Announcement { $number } (“{ $text }”) was to be sent on { $at }, but I could not do that then, and it is more than an hour late. Should it be sent now?
alert-announcement-sent = { $reached ->
    [no] Announcement { $number } was due, but no matching chat has subscribed, so nobody gets it: “{ $text }”
   *[yes] Announcement { $number } is on its way: “{ $text }”
}

## Recurring announcements
every-at = { $days } at { $times } { $zone }
every-hour = every hour at { $minute } past, { $zone }
every-cron = on the schedule “{ $cron }”, { $zone }
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
list-or = { $first } or { $last }
list-last = { $first } and { $last }
zone-of = { $city } time
series-preview = This is how it will look each time. It has not been started yet.
series-never = That date never comes. Please check the day and the month.
series-title = Recurring announcements
series-none = There are no recurring announcements yet. Write one with cron, such as: /announce Weekly tips cron="every monday at 9"
series-line = { $text } ({ $when }; { $status })
series-live = It is live, and will be sent at these times.
series-paused = It is paused, and will not be sent until you resume it.
series-ended = It has ended, and will not be sent any more.
series-not-draft = It is no longer a draft.
series-not-so = That is not possible in its present state. Somebody may have just changed it.
series-told = { $sent } of { $all ->
    [one] 1 chat
   *[other] { $all } chats
}
series-missed = skipped: it would have been more than an hour late
field-repeats = Repeats
field-next = { $number ->
    [1] Next
    [2] After that
   *[other] And then
}
field-told-at = { $at }

## Refusals
refusal-not-now = { $why ->
    [early] That promotion starts on { $at }.
    [late] That promotion ended on { $at }.
    [paused] That promotion is paused at the moment.
    [cancelled] That promotion was cancelled.
    [changed] That promotion has just been changed. Please look again.
   *[other] That promotion is over.
}
refusal-not-changeable = { $what ->
    [over] It is over and cannot be changed. You can duplicate it and change the duplicate.
    [ends] Its end can only be moved to a later time, because people rely on it.
    [supply] It has already given { $given } Connects; its supply cannot be less.
   *[other] That was announced and cannot be changed. After the launch, only title, text, end, supply and code can be changed.
}
refusal-not-qualified = { $what ->
    [new] It is for wallets that are no older than { $needed ->
        [one] 1 day
       *[other] { $needed } days
    }; yours is { $has ->
        [one] 1 day
       *[other] { $has } days
    } old.
    [feedback] It is for people with at least { $needed } positive feedback; you have { $has }. /earn feedback books one.
    [assessments] It is for people with at least { $needed } assessments; you have { $has }. /earn assessment books one.
    [interviews] It is for people with at least { $needed } interviews; you have { $has }. /earn interview books one.
   *[other] It is for people on the plan { $what }. /settings shows yours.
}
refusal-sold-out = All of it has been given out.
refusal-code-taken = Promotion { $promotion }, “{ $title }”, uses that code now. Choose another one with /promo edit, or wait until that promotion is over.
refusal-not-enough = That takes { $needed ->
    [one] 1 Connect
   *[other] { $needed } Connects
}, but { $available ->
    [0] none are
    [one] only 1 is
   *[other] only { $available } are
} available: { $shortfall } short. Buying { $cover } for { $price } would cover it.
not-enough-buyers = Purchases are booked by { $roles }.
refusal-not-enough-then = { $number ->
    [0] That takes { $needed ->
        [one] 1 Connect
       *[other] { $needed } Connects
    }, but on { $at } { $available ->
        [0] there were none.
        [one] there was only 1.
       *[other] there were only { $available }.
    }
   *[other] Then too few would have been left for #{ $number }, which took { $needed ->
        [one] 1 Connect
       *[other] { $needed } Connects
    } on { $at }: { $available ->
        [0] none.
        [one] only 1.
       *[other] only { $available }.
    }
}
refusal-before-pin = Your balance was confirmed on { $at }: { $balance }, as Upwork said. This is about the time before that, so nothing was booked.
refusal-not-that-day = { $why ->
    [future] { $at } is still to come, so nothing can be booked on it yet.
    [before] These books begin on { $at }. What happened earlier is already in the balance that they began with.
   *[return] #{ $number } is of { $at }, so nothing of it can have come back before that.
}
refusal-unknown = { $what ->
    [entry] There is no entry #{ $name }. /history shows the numbers.
    [import] There is no import to undo.
   *[other] There is no { $what } { $name }.
}
refusal-already-done = { $what ->
    [undo] That was already undone, by #{ $number }.
    [import] That import was already undone.
    [return] All of that has already come back, the last of it with #{ $number }.
    [assessment] That assessment is already booked.
    [monthly] This month's Connects are already booked, as #{ $number }.
    [monthly_then] The Connects of that month are already booked, as #{ $number }.
    [claim_given] That claim was already approved.
    [claim_refused] That claim was already declined.
    [claim_never] Nobody asked for that.
    [claim_merged] That person had claimed it from two accounts, which counts once.
    [promotion] You have already claimed that.
    [welcome] The welcome bonus is given once.
   *[other] That was already done ({ $what }).
}
refusal-out-of-range = { $what ->
    [stars] Feedback counts { $only ->
        [yes] only with { $high ->
            [one] 1 star
           *[other] { $high } stars
        }
       *[no] from { $low } to { $high } stars
    }, not { $value }.
    [return] { $only ->
        [yes] Only 1 Connect is left to come back from that
       *[no] Between { $low } and { $high } Connects can come back from that
    }, not { $value }.
    [batch] { $value ->
        [0] There is nothing to book.
       *[other] At most { $high } can be booked at once, not { $value }. Split them into several messages.
    }
    [price] A purchase may cost from { $low } to { $high }, not { $value }.
    [tax] The tax on a purchase may be from { $low } to { $high }, not { $value }.
    [balance] A wallet holds at most { $high } Connects. With these it would have { $value }.
    [monthly] { $value ->
        [0] Your plan brings no monthly Connects. If you changed it, say so first: /settings plan=plus.
       *[other] It takes a number from { $low } to { $high }, not { $value }.
    }
    [adjustment] { $value ->
        [0] A correction by 0 changes nothing. Write how many to add, or to take away with a minus.
       *[other] It takes a number from { $low } to { $high }, not { $value }.
    }
   *[other] It takes { $only ->
        [yes] only { $high }
       *[no] a number from { $low } to { $high }
    }, not { $value }.
}
refusal-balance-moved = The balance was { $was } and is { $now } now, so nothing was corrected.
refusal-books-moved = The books changed while I was booking this, so nothing was booked. Please send it once more.
refusal-over-limit = That would go over the limit for { $period ->
    [day] that day
    [week] that week
   *[month] that month
}. All of the limit can be spent again from { $whole } on.
refusal-limit-reached = { $what ->
    [interview] Interviews bring
   *[other] That brings
} at most { $cap } Connects { $days ->
    [one] a day
   *[other] in { $days } days
}. The next one counts from { $possible_at }.
refusal-lot-used = { $entry ->
    [0] That cannot be undone: since then, { $used } of the Connects it brought have been spent or given a cost. Undo those entries first.
   *[other] That cannot be undone: without it, #{ $entry } would have been { $used } Connects short. Undo #{ $entry } first.
}
refusal-expired = That cannot be undone: some Connects it brought expired on { $at }.
refusal-not-undoable = { $why ->
    [undo] #{ $number } is itself an undo; book it again instead.
    [expiry] #{ $number } booked Connects that expired, and cannot be undone.
    [promotion] #{ $number } came from a promotion, and cannot be undone.
    [returned] Connects have already come back from #{ $number }. Undo the return first.
    [recast] #{ $number } only corrects which Connects an earlier entry used, and cannot be undone by itself.
    [nothing] Nothing is left to undo. What a wallet started with can be undone only by its number.
    [not_spend] #{ $number } is not a spend, so nothing can come back from it.
   *[other] #{ $number } cannot be undone.
}
refusal-cost-unstated = Please say what they cost, such as /opening { $connects } free.
refusal-not-amendable = { $why ->
    [same] That is what #{ $number } cost in the books already.
    [lifted] The Connects of #{ $number } are in another opening by now. Correct what that one cost.
    [unknown] Please say what #{ $number } cost.
   *[kind] #{ $number } brought no Connects that you can have paid for. Choose a purchase, an opening or Connects you were given.
}
refusal-cost-known = { $unknown ->
    [0] You have no Connects of unknown cost.
    [one] Only 1 Connect is of unknown cost.
   *[other] Only { $unknown } Connects are of unknown cost.
}
refusal-too-late = An opening balance must come first, but { $entries ->
    [one] an entry is
   *[other] { $entries } entries are
} already booked. Book what you had with /buy, or correct the balance with /adjust.
refusal-clock-behind = The last entry here is dated { $at }, which is in the future by my clock, so nothing is booked. Please tell the operator of this bot. If my clock is slow, they can set it right, and then this works again. If it was ahead when that entry was booked, they can restore a backup from before. Without one, new entries are possible here again a day before that date.
refusal-key-reused = That message was already booked, with different words.
refusal-same-person = That is your own code. Write it to me on the other platform.
refusal-linked-already = You are linked there already: both platforms share one wallet.
refusal-balance-of-two = This wallet has the books of two Upwork accounts, so its balance is the sum of both. Upwork shows that of one account, which proves nothing here. If the sum is wrong, correct it by the difference, such as /adjust -3.
refusal-two-accounts-already = One of the two wallets holds the books of two Upwork accounts already, so no other books can be put beside them. Separate those two first; or undo what is booked in the other wallet, and it can be linked.
refusal-came-with-link = That import came with the link of your two wallets, and goes when you undo the link. A single entry of it can be undone by its number.
refusal-link-built-on = That link cannot be undone as long as something is built on it: { $entries ->
    [0] { $imports ->
        [0] { $links ->
            [one] a later link.
           *[other] { $links } later links.
        }
        [one] an import.
       *[other] { $imports } imports.
    }
    [one] an entry that was booked since.
   *[other] { $entries } entries that were booked since.
} Undo that first.
refusal-not-open = { $group ->
    [yes] This group has no wallet yet; an admin opens it with /start. For your own, write to me in private.
   *[no] You have no wallet yet.
}
admins-unseen = I cannot see who is an admin here, because I am none myself. Make me an admin of this group, or let an admin write that anonymously, in the group's name.
admins-press = Only an admin can press that.
asked-another = That is for { $name } to press, because it counts for whoever books it. To book one of your own, write it to me yourself.
channel-more = For more, write to me in private: { $link }
channel-question = Please post the whole command here instead.
joined-only = Only { $roles } can use /{ $command } here. This group uses the books of another group, so its own admins are members until an owner there gives them a role.
admins-only = In a group, /{ $command } is for admins.
groups-only = /{ $command } is for groups, in which several people share a wallet. Write it in the group.
viewers-read = As a viewer you can read and export everything here, but book and change nothing.
roles-only = { $count ->
    [0] Only { $roles } can use /{ $command } here.
    [one] Only { $roles } can use /{ $command } here. { $owners } is the owner.
   *[other] Only { $roles } can use /{ $command } here. The owners are { $owners }.
}
admins-change = In a group, only admins change anything with /{ $command }.
roles-change = { $count ->
    [0] Only { $roles } can change anything with /{ $command } here.
    [one] Only { $roles } can change anything with /{ $command } here. { $owners } is the owner.
   *[other] Only { $roles } can change anything with /{ $command } here. The owners are { $owners }.
}
roles-press = { $count ->
    [0] Only { $roles } can press that.
    [one] Only { $roles } can press that. { $owners } is the owner.
   *[other] Only { $roles } can press that. The owners are { $owners }.
}
roles-admin = admins
roles-owner = owners
roles-manager = managers
roles-member = members
roles-viewer = viewers
roles-moderator = moderators
operators-only = /{ $command } is for the operators of this bot. /help lists what I can do for you.
unfit-cron = I do not understand the schedule “{ $words }”. Write it as: every monday at 9, daily 09:00, mon, wed and fri 18:30, 1st of the month at 10:00, or as a cron expression of five fields, such as 0 9 * * 1.
unfit-cron-time = At what time, “{ $words }”?
unfit-cron-day = On which day of the month, “{ $words }”?
unfit-cron-weekday = On which weekday, “{ $words }”?
unfit-cron-short = Not every month has that day (“{ $words }”). What do you mean?
cron-months-with = Only months that have a day { $day }
unfit-tags-not = I can write to those whom you name, but I cannot leave anybody out. Please name those who should get it.
unfit-cron-zone = The zone goes into an option of its own: cron="{ $words }" zone="{ $zone }".
unfit-cron-interval = A schedule goes by the calendar, so I cannot keep “{ $words }”. Write it as: every monday at 9, daily 09:00, or 1st and 15th of the month at 10:00.
unfit-cron-times = Please write the times themselves instead of “{ $words }”, such as: daily at 9:00 and 18:00.
unfit-cron-minutes = The times “{ $words }” need the same minute, such as 9:30 and 18:30.
unfit-cron-often = It can repeat once an hour at most. A cron expression must begin with a single minute, such as 30.
unfit-time = I do not understand the time “{ $words }”. Write it as: now, 3 days, friday, tomorrow 9am, 5 December, 2026-12-01, or 2026-12-01 09:00.
unfit-midnight = Midnight may be the beginning of that day or its end. Write 00:00 or 23:59 instead.
unfit-day-month = “{ $words }” may be two days. Which one do you mean?
past-day-ahead = { $day } is still to come. On which day did it happen?
past-day-words = “{ $words }” is still to come. I only know what has happened.
past-day-unread = I cannot tell which day “{ $words }” is. Please write it like this: yesterday, last friday, 28 Nov or 2026-11-28.
past-day-weekday = Do you mean today or a week ago?
past-day-year = The last such day was { $day }. Is that the one you mean?
unfit-day-passed = { $day } has passed. If you mean the next one, write { $next }.
unfit-weekday = { $day } is a { $weekday }. Please check the day and the date.
unfit-switch = “{ $words }” is neither on nor off. Write on or off.
unfit-numbers = I cannot read “{ $words }” as numbers of proposals. Write them like this: #12, or #12, #15.
unfit-tags = Write up to { $most } words with commas between them, such as: design, python. Each has at most { $longest } letters.
unfit-code = A code is a word of at most { $longest } letters, such as SUMMER; several words go in quotes.
unfit-language = I do not know the language “{ $words }”. Write its code or its name, such as uk or Ukrainian.
wordless = I read words only, no pictures, voice messages or stickers. Please write what I should book, such as: { $platform ->
    [discord] “spend 16 Logo redesign”. You can also write it beside a picture.
   *[other] /spend 16 Logo redesign. You can also write it as the caption of a picture.
} Instead of a picture of your Connects History, please send its copied text.
doubt-undo-own = In a group, only { $roles } undo whatever came last. Shall I undo what you booked last?
not-yours = In a group, you can return and undo what you booked yourself, by its number; the rest is for { $roles }.
button-over = That button is too old. Please type the command.
other-books = I asked that about other books: you have linked or unlinked your accounts since, and entries and proposals have other numbers now. So I have not done it. Please look again, and say it anew.
question-over = That question is closed. Please start again.
not-understood = I did not understand that. Try { $platform ->
    [discord] “spend 16 Logo redesign”
   *[other] /spend 16 Logo redesign
}, paste a job link, or see /help.
not-understood-yet = I did not understand that. /start opens your wallet, and /help lists what I can do.
no-such-command = There is no command { $name }. /help lists them.
no-such-command-but = There is no command { $name }. Did you mean /{ $near }? /help lists them all.
no-command = A command comes right after the slash, such as /balance. /help lists them.
unavailable-lost = I cannot reach my books right now.
unavailable-busy = Another program is using my books right now.
unavailable-full = The disk that holds my books is full.
unavailable-read-only = My books can be read but not written right now.
unavailable-broken = The disk that holds my books has a fault. Please tell the operator.
unavailable-again = Please send it again in a few minutes.
fault = Something went wrong on my side.
fault-number = If this keeps happening, give the operator this number: { $id }.
coming-stopped = I was stopped before this was ready.
coming-late = { $where ->
    [elsewhere] You asked me for this elsewhere. It took longer than Discord lets me answer there, so here it is.
   *[server] You asked me for this on { $server }. It took longer than Discord lets me answer there, so here it is.
}
stands-nothing = Nothing was booked.
stands-already = I may have booked it already. Check /history first, and send it again only if it is not there.
stands-edited = I have not looked at your change, and what that line had booked stays booked. Please change it again in a few minutes.
stands-entry = #{ $number } is booked: { $deed }, { $delta }.
stands-entries = #{ $first } to #{ $last } are booked: { $entries } entries.
stands-history = Check /history before you send anything again.
stands-doubt = It happened while I was booking, so I do not know whether your message was booked. Check /history first, and send it again only if it is not there.
stands-check = What you asked for may have been done already. Check /{ $command } before you send it again.
stands-perhaps = What you asked for may have been done already, so please check before you send it again.
label-shared = More than one button reads “{ $label }”. Please press the one you mean.
unfit-number = "{ $words }" is not a whole number, such as 16.
unfit-stars = "{ $words }" is not a whole number of stars, such as 5.
unfit-within = "{ $words }" is not a number of days. Write one, such as 14, or 2 weeks.
unfit-shown = "{ $words }" is not a balance. Write what Upwork shows, such as 451.
unfit-correction = "{ $words }" is not a correction. Write -3 to take away, +3 to add, or "is 190" if that is what Upwork shows.
unfit-entry = "{ $words }" is not the number of an entry, such as #12.
unfit-range = It takes a number from { $low } to { $high }, not { $value }.
unfit-money = "{ $words }" is not an amount, such as $9 or 9.60 EUR.
unfit-cost = "{ $words }" is not one cost for all of them, such as bought, $25, free or unknown. If they differ, leave it unknown at first, and then state each part by itself, such as /cost 60 bought.
unfit-money-unit = I do not know which currency "{ $unit }" is. Write its code, such as USD or EUR.
unfit-tax = "{ $words }" is not a tax, such as $1.80 or 20%.
unfit-tax-high = A tax of { $tax } is more than the price itself, { $price }. Write the price before tax, then the tax, such as /buy 60 $9 20%.
unfit-tax-currency = The price is in { $currency }; write the tax in { $currency } too, or as a percentage.
unfit-dated = Please write the day apart from the rest, as in: on="{ $words }".
unfit-undated = I cannot book this for another day: it is booked as of now. Please leave out "{ $words }".
adjust-total-dated = I can compare what Upwork shows only with today's books. Please leave out the day.
unfit-empty = Please write something.
unfit-long = That has { $length } characters; the limit is { $most }.
unfit-choice = "{ $words }" is not one of: { $known }.
unfit-link = That is not a link to an Upwork job. One looks like https://www.upwork.com/jobs/~021234567890123456789.
unfit-links = One job link at a time, please: send a message for each.
unfit-link-future = That link cannot be right: by its ID, the job would be posted on { $day }. Please copy it again from the job's page.
unfit-day = I cannot read "{ $words }" as a date. Please write it like this: 2026-01-31.
unfit-day-far = { $day } is out of range: use { $first } to { $last }.
unfit-zone = I do not know the time zone "{ $words }". Try a large city in it, such as Kyiv or New York, or its offset from UTC, such as UTC+2.
unfit-zone-which = "{ $words }" may be one of several time zones. Which of these places is in yours?
unfit-announcement = "{ $words }" is not the number of an announcement. /announcements lists them.
unfit-zone-half = Only this place keeps that time, and only for a part of the year. Is it yours?
unfit-days = "{ $words }" is not a list of days, such as 30,7,1. Each may be from 1 to { $high }; off means none.
unfit-days-many = At most { $most } days, please.
unfit-quiet = "{ $words }" is not a span of hours. Write it as 22-8 or 22:30-7, off for none, or usual.
unfit-currency = "{ $words }" is not a currency code, such as USD.
unfit-times = One at a time, please: send a message for each.
doubt-name-choice = { $name }= is not known here. Did you mean “{ $near }” without the sign?
doubt-name-later = { $name }= is not known here: an announcement goes out when you press Send, at= sends it later, and with cron= it is repeated.
unfit-no-value = { $option }= has no value. Please write one after it, or leave it out.
doubt-unsigned = Is “{ $words }” an option, or part of the text?
doubt-apart = Does “{ $words }” belong to { $option }=, or to the text?
unfit-leftover = I did not understand "{ $words }" there. /help { $command } explains it.

## For operators
telegram-token-refused = Telegram does not accept the token in TELEGRAM_TOKEN. Copy it again from @BotFather: /mybots, your bot, API Token.
other-bot = This database belongs to another bot on { $platform }, with the id { $owner }. The token is that of the bot { $bot }. Use the other bot's token, or give this bot a database of its own with DATABASE_URL. If this bot is to take the place of the other one, stop the other one and run: connects adopt { $name }
discord-token-refused = Discord does not accept the token in DISCORD_TOKEN. Copy it again from the Developer Portal, page Bot, "Reset Token".
discord-shard-refused = Discord refuses the shard that the bot named when it connected (code 4010). Leave DISCORD_GATEWAY_URL empty, and install the latest version of the bot.
discord-sharding-required = Discord closes the connection, because the bot is on more than 2,500 servers and connects without shards (code 4011). Take the bot off servers that no longer use it. For further servers, create a second application in the Developer Portal, and run it with a database of its own.
discord-many-servers = Discord recommends { $shards } shards for this bot, which connects without shards. That works on up to 2,500 servers; above, Discord closes the connection. Before that, take the bot off servers that no longer use it, or create a second application with a database of its own.
discord-version-refused = Discord no longer speaks the version of its gateway that this bot uses (code 4012). Install the latest version of the bot.
discord-intents-invalid = Discord does not know the intents, the kinds of events, that this bot asks for (code 4013). Install the latest version of the bot.
discord-intents-refused = Discord does not allow this bot the intents, the kinds of events, that it asks for (code 4014). This version asks for none of the privileged ones, so install it anew without changes, or switch on in the Developer Portal, page Bot, what your changes ask for.

jobs-title = My background jobs
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
} with { $kind } and will be retried
jobs-next = next in { $wait }
jobs-soon = due now
jobs-running = running now
jobs-ran = { $job }: { $what }
jobs-busy = { $job } is already running, and never runs twice at once. /jobs shows when it is done.
jobs-unknown = There is no job "{ $name }". The jobs are: { $known }.

audit-title = What operators and admins did, newest first
audit-title-here = What was changed here, newest first
audit-nothing = There are no records yet. What operators do, and what owners and managers do in a group, is kept for a year.
audit-who = { $at }, { $name }
audit-line = { $line } ({ $came })
audit-line-there = { $line } ({ $came }; in { $chat })
audit-done = done
audit-refused = refused: { $about }
audit-refused-here = refused
audit-fault = failed, in the log: { $about }
audit-interrupted = may have been done; then the database was out of reach: { $about }

alarm-job = Trouble: the job { $name } failed { $times } times in a row, with { $kind }. The log has details under { $id }.
alarm-due = Trouble: the task { $name } failed { $times } times, the last with { $kind }. It will be retried; nothing else is affected. The log has details under "job failed".
alarm-platform = Trouble: { $name } does not let the bot in. The log says why and what to do; then restart the bot.
alarm-stuck = Trouble: messages on { $name } have been waiting for { $minutes } minutes, and none could be sent meanwhile. The log has a line for each attempt.
alarm-over-job = The job { $name } works again.
alarm-over-due = The task { $name } no longer fails.
alarm-over-platform = The bot is back on { $name }.
alarm-over-stuck = Messages on { $name } go out again.
alarm-over-store = The books were out of reach for { $minutes } minutes ({ $why }), and nothing could be booked meanwhile. They work again.

## The console
console-intro = This is the bot on the console. To press a button, type its number and bracket, such as 1).
console-roles = Tab completes; /as bob changes the person, /in #team the chat; /quit leaves.
console-telegram = Telegram: put TELEGRAM_TOKEN=... (from @BotFather) into .env and restart.
console-discord = Discord: put DISCORD_TOKEN=... (discord.com/developers) into .env and restart.
console-private = You are { $name }, alone with the bot.
console-group = You are { $name }, in the group { $group }{ $admin ->
    [yes] , as its admin.
   *[no] .
} /in private leaves it.
console-as = Say who, such as /as bob.
console-in = Say where, such as /in #team or /in private.
console-no-button = There is no button { $number } here.
console-silence = (The bot assumes that this was not meant for it.)
console-saved = Saved as { $path }

## Readings
reading-one = { $connects ->
    [one] 1 Connect
   *[other] { $connects } Connects
} · { $deed }
reading-open = { $deed }
reading-boosted = Bid of { $connects }, boost of { $boost }
reading-boosted-titled = Bid of { $connects }, boost of { $boost }: { $title }
reading-flagged = { $connects } in all, with a boost
reading-equal = { $count } bids of { $connects }
reading-several = { $count } bids: { $amounts }
reading-on = { $reading } ({ $day })
reading-rest = Without it
reading-bought = Bought { $connects } for { $money }
reading-bought-for = Bought for { $money }
reading-return = { $connects ->
    [one] 1 Connect came back
   *[other] { $connects } Connects came back
}
doubt-figures = I see { $figures }: what does each of them stand for?
doubt-plus = What does { $figure } stand for?
doubt-money = { $money } looks like a price. Did you buy Connects?
doubt-times = "{ $words }": is that several bids? Which did you mean?
doubt-word = Does "{ $word }" say what the Connects were for, or is it part of the title?
doubt-outcome = "{ $words }" sounds like what became of a bid. What should I book?
doubt-whose-spend = A spend counts for whoever books it, and that would be you. If { $name } sent it, { $name } books it. Is it yours?
doubt-lines = That could be { $count } bids, one on each line. Which did you mean?
doubt-line = I did not understand line { $number }: "{ $line }". Nothing was booked.
doubt-links = One amount for { $count } jobs: was it { $connects } Connects on each?
doubt-name = { $name }= is not known here. You can name { $known }
doubt-name-near = { $name }= is not known here. Did you mean { $near }=?
doubt-day = Is “{ $words }” the day on which it happened, or part of the title?
doubt-day-plain = Is “{ $words }” the day on which it happened?
doubt-day-or-amount = Which figure in “{ $words }” is the day, and which the Connects?
doubt-day-all = Did all { $count } happen on that day: { $day }? If not, please write one message for each day.
unfit-days-two = There are two days in that line. On which one did it happen?
unfit-days-several = What is booked together must have happened on one day. Please write one message for each day.
doubt-bare = Is this what I should book?
doubt-answer = That reads like a question, so I did not take it as your answer. Is this what you meant?
doubt-told = Is this what I should note?
unfit-boost = Only a proposal can have a boost. Book the two in two messages.
unfit-part = The boost cannot be { $part } of { $connects } Connects.
unfit-figures-many = There are { $count } figures in that line; I can tell at most { $most } apart. Please split it.
unfit-bids-many = That is { $count } bids at once; I can take at most { $most }.
button-line = { $line }
button-today = Book it for today
button-that-day = Book it for that day: { $day }
number-day = It is booked on that day: { $day }.
button-as-text = Just text: { $words }
doubt-unused = /{ $command } does not use "{ $words }". What should I do?
doubt-rest = { $figure } is left over: is it part of the text?
doubt-commands = There are { $count } commands in that message, so nothing was done. Press one at a time.
unfit-name-twice = { $name }= is there twice. Please write it once.

## Spreadsheets
sheet-entries = Entries
sheet-lots = Lots
sheet-proposals = Proposals
sheet-summary = Summary
sheet-team = Team
sheet-total = Total
sheet-number = No.
sheet-date = Date
sheet-time = Time
sheet-booked = Booked
sheet-kind = Kind
sheet-what = For or from
sheet-connects = Connects
sheet-balance = Balance
sheet-free = Free
sheet-paid = Paid
sheet-unknown = Cost unknown
sheet-net = Net, { $currency }
sheet-tax = Tax, { $currency }
sheet-title = Title
sheet-job = Job ID
sheet-reference = Upwork's reference
sheet-member = Member
sheet-by = Booked by
sheet-of = Refers to
sheet-spent-by = Spent by
sheet-for-proposal = On proposals
sheet-for-boost = On boosts
sheet-for-badge = On the badge
sheet-for-profile-ad = On ads for the profile
sheet-for-other = On other things
sheet-bids = Bids
sheet-young = Too recent for an answer
sheet-replies = Replies
sheet-hires = Hires
sheet-each-bid = Connects a bid
sheet-each-reply = Connects a reply
sheet-each-hire = Connects a hire
sheet-source = From
sheet-issued = Received
sheet-expires = Expires
sheet-size = Connects in it
sheet-left = Left
sheet-state = Cost
sheet-price-net = Price net, { $currency }
sheet-price-tax = Price tax, { $currency }
sheet-worth-net = Worth net, { $currency }
sheet-worth-tax = Worth tax, { $currency }
sheet-sent = Sent
sheet-proposal = Proposal ID
sheet-profile = Profile
sheet-tags = Tags
sheet-base = Proposal cost
sheet-boost = Boost
sheet-back = Came back
sheet-spent = Spent
sheet-stage = Reached
sheet-end = Ended
sheet-answered = Answered
sheet-boosted = Boosted
sheet-boosted-no = No
sheet-boosted-yes = Yes
sheet-boosted-outbid = Outbid
sheet-state-free = Free
sheet-state-paid = Paid
sheet-state-unknown = Unknown
sheet-kind-brought-forward = Brought forward
sheet-kind-grant = Received
sheet-kind-purchase = Bought
sheet-kind-spend = Spent
sheet-kind-return = Came back
sheet-kind-expiry = Expired
sheet-kind-adjustment = Correction
sheet-kind-valuation = Cost stated
sheet-item = Item
sheet-section-opening = Brought forward
sheet-section-in = Came in
sheet-section-out = Went out
sheet-section-corrected = Corrected
sheet-section-closing = Left at the end
sheet-item-expired = Expired
sheet-item-valuation = Cost stated
sheet-item-renewed = Into new lots
statement-sheet-title = Connects statement
statement-sheet-days = { $first } to { $last }
statement-sheet-until = From the beginning to { $last }
statement-sheet-made = Made on { $at }
statement-sheet-began = The books begin on { $day }, within this period.
statement-sheet-unknown = Connects of unknown cost are part of no sum of money.

## Clients
column-client = Client
column-earned = Paid
column-won-by = Won by
column-earned-back = Earned back
clients-title = { $clients ->
    [one] 1 client paid you. This is what it cost to win them:
   *[other] { $clients } clients paid you{ $shown ->
        [all] .
       *[some] . Here are { $first } to { $last }.
    } This is what it cost to win them:
}
client-earned = { $incomes ->
    [one] { $sum } on { $first }
   *[other] { $sum } in { $incomes } payments, from { $first } to { $last }
}
client-won = { $ref }: { $cost }
client-won-titled = { $ref } by its title: { $cost }
client-won-unknown = I do not know by which bid
client-back = earned back on { $day }
client-back-free = its Connects were free
client-back-unknown = cannot tell when it was earned back
client-back-not-told = cost and payments are in different currencies, or not clear
client-back-not-yet = not earned back yet
clients-all-bids = Counting all { $bids } bids that you sent until then, { $clients ->
    [one] this client took { $connects } Connects.
   *[other] each of these { $clients } clients took { $connects } Connects.
}
clients-which = Which of these won { $client }?
clients-which-none = I know of no bid that was answered before { $client } paid. If there was one, say what became of it, such as “#12 hired”.
clients-off = I can tell you what each client cost to win and when that was earned back. For that I have to keep what clients paid, from your list of transactions. I do so only if you want me to, and you can delete it at any time.
clients-none = I keep what clients pay, but I have no payments yet. Send me your list of transactions: on Upwork, Transactions, “Download CSV”.
clients-unknown = No client whose name has “{ $name }” in it has paid you, as far as I know.
clients-private = What clients paid is private. Please ask me in a private chat.
button-clients = What did clients cost?
button-incomes-on = Keep client payments
button-incomes-off = Delete client payments
button-which-bid = Which bid won { $client }?
button-no-bid = None of these

# journals for Beancount and hledger
journal-of = Upwork Connects of { $title }
journal-of-connects = Upwork Connects
journal-period = The books from { $first } to { $last }. Days are those of { $zone }.
journal-about-tax =
    A lot has its net price. The tax is on the accounts that end in “:Tax”, so that what it cost
    in all is both together. The money for purchases comes from “Equity:Connects:Paid”.
journal-about-unpriced =
    UNPRICED counts Connects whose cost nobody has stated, one for each. They were not free.
journal-connects = Upwork Connects
journal-unpriced = Cost of one Connect that nobody has stated
journal-balances = Balances
