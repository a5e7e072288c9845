"""Which command answers a question: by the meanings of its words, from the most particular to the most general."""

from __future__ import annotations

from typing import Final, NamedTuple

from bot.reading.questions.vocabulary import OUTCOMES

PERIOD, DATED, DAY, NOW, AWAY, AHEAD = "*+@~-#"
"""What may stand at the end of a rule's line for the period of a question; without any, there may be none.

`*`: the period, if there is one. `+`: the period that there must be. `@`: the day, if there is one. `~` and `-`: the
period is left out, which must be the one that is not over yet, or may be any. `#`: the number of days to come.
"""
FORM: Final = "!"
"""Stands in a rule's line for the form of a file."""
SEGMENT: Final = f"{OUTCOMES} bid effect help rate best worst compare cost spend money client job stats own need trend"
MEMBERS: Final = f"{OUTCOMES} bid best worst cost spend spending money client stats own who member boost rate job"
LIMITED: Final = "own need spend spending many money member who when boost long last balance soon"
TARGETED: Final = "own need bid many member who when long last soon go trend stats"
TEAM: Final = "best worst spend spending cost own who member many money need"
ANY: Final = frozenset(["connects", "hello", "many", "thanks", "upwork", "where"])
"""Meanings that may stand in any question."""


class Rule(NamedTuple):
    """The line of a command, and the questions that it answers.

    needs: the meanings that a question must have; of those with a slash between them, one.
    may: the meanings that it may have besides.
    asks: it must begin like a question, or end with its mark, because the same words may state something.
    """

    line: str
    needs: str
    may: str = ""
    asks: bool = False


RULES: Final = (
    Rule("whoami", "whoami"),
    Rule("mydata", "mydata"),
    Rule("forgetme", "forgetme"),
    Rule("help buy", "howto buy", "money cost"),
    Rule("help earn", "howto income/offers"),
    Rule("help return", "howto returned", "bid boost"),
    Rule("help return", "returning", "bid boost job"),
    Rule("help spend", "howto bid/boost/spend/spending/job", "bid boost spend job history"),
    Rule("help undo", "undoing", "bid boost buy history recent spend last"),
    Rule("help adjust", "correcting", "balance cost history match"),
    Rule("help proposals", "telling", f"{OUTCOMES} bid client job ended became"),
    Rule("help subscribe", "subscribing", "offers"),
    Rule("help claim", "claiming", "offers"),
    Rule("menu", "howto"),
    Rule("menu", "menu/help", "help need menu own"),
    Rule("talk hello", "hello"),
    Rule("talk thanks", "thanks", "help effect best"),
    # files
    Rule("export calendar", "calendar", "expire when own file lots soon offers export need alerts"),
    Rule("export invoice *", "invoice", "own need file export buy accountant"),
    Rule("statement +", "accountant many/spend", "own many spend buy money cost", asks=True),
    Rule("statement all time", "accountant many/spend", "own many spend buy money cost", asks=True),
    Rule("statement ! *", "statement", "own file export accountant need money spend cost balance trend history"),
    Rule("report ! *", "report", "own file export accountant need money stats bid spend trend client compare"),
    Rule("export ! *", "file", "own export accountant need history money spend cost bid stats balance recent buy"),
    Rule("export ! *", "export", "own accountant need history stats spend bid recent buy money"),
    Rule("export ! *", "accountant", "own need history buy spend"),
    Rule("export more=on", "formats", "own"),
    Rule("export ! *", "formats", "own export file"),
    # pictures
    Rule("chart funnel *", "funnel", f"chart {OUTCOMES} bid rate job stats"),
    Rule("chart replies money=on *", "chart reply money", "cost spend rate client bid trend best"),
    Rule("chart replies *", "chart reply", "cost spend rate client bid money trend best"),
    Rule("chart spend *", "chart spend/spending/cost/boost/go/money", "where boost bid buy money trend go spend cost"),
    Rule("chart balance *", "chart balance/own/expire/expired/lots/forecast/runout",
         "own lots expire expired trend balance"),
    Rule("chart funnel *", "chart bid/view/interview/hire/rate", f"{OUTCOMES} bid rate job client trend"),
    Rule("chart *", "chart", "stats trend own"),
    Rule("chart balance *", "balance trend/go", "own go trend"),
    Rule("chart balance *", "connects trend", "own"),
    Rule("balance @", "balance/own", "own balance money"),
    Rule("chart balance +", "balance/own", "own balance money trend"),
    Rule("chart spend *", "spend/spending/cost trend", "boost bid money buy own"),
    Rule("chart replies money=on *", "cost reply money", "spend bid client trend own rate"),
    Rule("chart replies *", "cost reply", "spend bid client money trend own rate"),
    Rule("chart replies *", "spend reply", "bid client money trend need", asks=True),
    # what is agreed
    Rule("limit", "limit", LIMITED),
    Rule("limit ~", "limit", LIMITED),
    Rule("target", "target", TARGETED),
    Rule("target ~", "target", TARGETED),
    # what is to come
    Rule("expiring #", "expire", "own when lots soon money cost long balance"),
    Rule("expiring ~", "expire", "own when lots soon money cost long balance"),
    Rule("lots -", "expire", "own when lots money cost balance"),
    Rule("stats +", "expired", "own cost money lots when"),
    Rule("lots expired", "expired", "own cost money lots when expire", asks=True),
    Rule("forecast", "runout", "long when own last spend lots expire soon need buy need trend balance forecast"),
    Rule("forecast", "long own/last/balance/go", "own last balance soon need when spend go trend"),
    Rule("forecast", "forecast",
         "own last balance soon need when spend buy spending budget stats bid long trend"),
    Rule("forecast -", "forecast", "own last balance soon need when spend buy spending budget stats bid long"),
    Rule("history", "when buy", "last own"),
    Rule("forecast", "buy need", "when own soon long effect"),
    Rule("forecast -", "buy need", "when own soon long effect"),
    Rule("forecast", "need soon", "own when", asks=True),
    Rule("forecast", "spend/spending rate", "own"),
    Rule("forecast", "last", "own balance long", asks=True),
    Rule("forecast -", "last", "own balance long", asks=True),
    Rule("forecast", "budget own/long/spend/balance", "own spend balance long trend"),
    Rule("forecast", "budget", "need money", asks=True),
    Rule("forecast ~", "budget", "own spend balance long need money", asks=True),
    # clients
    Rule("clients", "client cost/spend/income/effect/help",
         "who income cost spend money effect hire best worst own when rate"),
    Rule("clients", "client best/worst", "income money"),
    Rule("clients", "client", "stats own"),
    Rule("stats *", "income connects", "own money spend"),
    Rule("clients", "income", "upwork own job"),
    Rule("lots", "lots where", "own"),
    Rule("clients", "income money/hire", "spend cost own client best job"),
    # by what
    Rule("stats by=boost *", "boost effect/help/need/rate/best/worst/compare/stats/reply/hire/view/interview",
         SEGMENT),
    Rule("stats by=profile *", "profile", SEGMENT),
    Rule("stats by=tag *", "tag", SEGMENT),
    Rule("stats by=tag *", "job effect/best", "client best effect need"),
    Rule("stats by=tag *", "bid need", "job effect best"),
    Rule("stats by=price *", "budget effect", "job"),
    Rule("stats by=price *", "band", SEGMENT),
    Rule("stats by=age *", "age", SEGMENT),
    Rule("team *", "who spend/spending/cost", TEAM),
    Rule("team *", "member spend/spending/cost/report", f"{TEAM} report"),
    Rule("team *", "member", "own stats need many last"),
    Rule("stats by=member *", "member spend/spending/bid/cost/best/worst/stats/boost/rate/buy", MEMBERS),
    Rule("team *", "who bid", "best many member", asks=True),
    Rule("stats by=member *", "who spend/spending/cost/best/worst/stats/boost/rate/buy", MEMBERS),
    Rule("stats by=member *", "who bid", "own many who member job best", asks=True),
    Rule("stats by=member *", "member", f"{OUTCOMES} who own"),
    # figures
    Rule("chart spend *", "boost cost/spend/spending", "money bid own spend cost go where"),
    Rule("chart spend *", "boost many", "money bid own go", asks=True),
    Rule("chart spend *", "where go/spend/spending", "money own spend"),
    Rule("chart spend +", "cost", "money own bid spend"),
    Rule("stats show=cost *", "unit", "own money cost spend"),
    Rule("stats show=cost *", "cost hire/interview/view/bid", f"{OUTCOMES} bid money client own rate spend need best"),
    Rule("stats *", "cost hire/interview/view/invite/bid/job", f"{OUTCOMES} bid job money client own rate spend need"),
    Rule("stats show=cost *", "spend hire/interview/view", f"{OUTCOMES} bid money client own need", asks=True),
    Rule("stats *", "spend hire/interview/view/invite", f"{OUTCOMES} bid job money client own need", asks=True),
    Rule("stats *", "rate", f"{OUTCOMES} bid client job own best stats trend effect"),
    Rule("stats *", "stats", f"{OUTCOMES} bid client job own spend spending cost money boost buy trend recent rate"),
    Rule("chart spend *", "spending", "money own bid cost buy trend job"),
    Rule("chart spend *", "cost", "money own bid spend job trend"),
    Rule("chart spend *", "spend", "money own bid job need go trend", asks=True),
    Rule("chart spend *", "go money/many", "money own", asks=True),
    Rule("stats +", "returned", "own money bid", asks=True),
    Rule("stats show=cost *", "buy", "own money cost spend", asks=True),
    Rule("proposals invitations *", "many invite", "own client job recent", asks=True),
    Rule("stats *", f"many {'/'.join(OUTCOMES.split())}/ended",
         f"{OUTCOMES} ended bid client job own recent", asks=True),
    Rule("stats *", "many bid/job", "job own client", asks=True),
    Rule("stats *", "bid effect", "job own client reply hire", asks=True),
    Rule("chart spend *", "where connects", asks=True),
    Rule("stats *", "effect/best/worst",
         f"{OUTCOMES} help best worst job upwork money bid income trend client", asks=True),
    Rule("stats +", "connects", "own many", asks=True),
    Rule("stats +", "", "go own stats effect best worst", asks=True),
    Rule("stats by=boost *", "boost", "bid own", asks=True),
    # proposals
    Rule("proposals unanswered *", "waiting", "who bid client own many job reply"),
    Rule("proposals open *", "open", "who bid client own job"),
    Rule("proposals viewed *", "view", "who bid client own job recent when", asks=True),
    Rule("proposals answered *", "reply", "who bid client own job recent when", asks=True),
    Rule("proposals interview *", "interview", "who bid client own job recent when", asks=True),
    Rule("proposals hired *", "hire", "who bid client own job recent when", asks=True),
    Rule("proposals invitations *", "invite", "who bid client own job recent when", asks=True),
    Rule("proposals ended *", "ended", "who bid client own job recent when", asks=True),
    Rule("proposals *", "bid", "recent own job became when where go", asks=True),
    Rule("proposals *", "became", "bid own job client recent", asks=True),
    # books
    Rule("refunds", "returned need", "own money bid cost"),
    Rule("refunds", "returned", "own money bid cost need when job", asks=True),
    Rule("reconcile", "match", "balance own stats", asks=True),
    Rule("reconcile", "compare upwork", "balance own"),
    Rule("forecast", "need connects", asks=True),
    Rule("balance", "many connects"),
    Rule("balance", "many money", asks=True),
    Rule("balance", "connects", "need", asks=True),
    Rule("history", "history/recent", "own bid when who spend recent history job buy"),
    Rule("proposals *", "bid recent", "own job"),
    Rule("history ~", "history/recent", "own bid when spend recent history job"),
    Rule("lots", "lots", "own"),
    Rule("stats +", "history", "own bid when spend job", asks=False),
    # the rest
    Rule("settings", "settings", "own trend chart"),
    Rule("alerts off", "off alerts"),
    Rule("alerts off", "off", asks=True),
    Rule("alerts", "alerts", "own trend bid when"),
    Rule("import", "import/page", "import page bid history own", asks=False),
    Rule("menu offers", "offers", "own income"),
)  # fmt: skip
"""The first rule that fits decides."""
