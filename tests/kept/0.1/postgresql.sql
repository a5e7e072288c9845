SELECT pg_catalog.set_config('search_path', '', false);
CREATE FUNCTION public.journal_is_safe() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'the journal is append-only' USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE TABLE public.action (
    id bigint NOT NULL,
    key character varying NOT NULL,
    at bigint NOT NULL,
    person bigint NOT NULL,
    platform character varying NOT NULL,
    chat character varying NOT NULL,
    line character varying NOT NULL,
    outcome character varying NOT NULL
);
CREATE SEQUENCE public.action_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.action_id_seq OWNED BY public.action.id;
CREATE TABLE public.alembic_version (
    version_num character varying(32) NOT NULL
);
CREATE TABLE public.chat (
    platform character varying NOT NULL,
    id character varying NOT NULL,
    kind character varying NOT NULL,
    title character varying NOT NULL,
    retired character varying NOT NULL
);
CREATE TABLE public.claim (
    promotion bigint NOT NULL,
    number integer NOT NULL,
    person bigint NOT NULL,
    wallet bigint NOT NULL,
    state character varying NOT NULL,
    at bigint NOT NULL,
    entry integer,
    platform character varying DEFAULT ''::character varying NOT NULL,
    chat character varying DEFAULT ''::character varying NOT NULL
);
CREATE TABLE public.delivery (
    id bigint NOT NULL,
    notice character varying NOT NULL,
    platform character varying NOT NULL,
    chat character varying NOT NULL,
    direct boolean NOT NULL,
    state character varying NOT NULL,
    due bigint NOT NULL,
    tries integer NOT NULL,
    epoch integer NOT NULL,
    message character varying NOT NULL,
    why character varying NOT NULL,
    changed bigint NOT NULL,
    place character varying DEFAULT ''::character varying NOT NULL,
    zone character varying DEFAULT ''::character varying NOT NULL,
    locale character varying DEFAULT ''::character varying NOT NULL,
    quiet character varying DEFAULT ''::character varying NOT NULL,
    urgent boolean DEFAULT false NOT NULL
);
CREATE SEQUENCE public.delivery_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.delivery_id_seq OWNED BY public.delivery.id;
CREATE TABLE public.due (
    name character varying NOT NULL,
    at bigint NOT NULL
);
CREATE TABLE public.entry (
    id bigint NOT NULL,
    wallet bigint NOT NULL,
    number integer NOT NULL,
    at bigint NOT NULL,
    kind character varying NOT NULL,
    balance integer NOT NULL,
    key character varying NOT NULL,
    body character varying NOT NULL,
    by bigint,
    memo character varying NOT NULL,
    job character varying NOT NULL,
    of integer,
    seal character varying NOT NULL,
    first integer NOT NULL,
    CONSTRAINT ck_entry_balance CHECK ((balance >= 0))
);
CREATE SEQUENCE public.entry_block
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
CREATE TABLE public.identity (
    platform character varying NOT NULL,
    "user" character varying NOT NULL,
    person bigint NOT NULL
);
CREATE TABLE public.lot (
    wallet bigint NOT NULL,
    number integer NOT NULL,
    source character varying NOT NULL,
    issued bigint NOT NULL,
    expires bigint,
    size integer NOT NULL,
    "left" integer NOT NULL,
    open boolean NOT NULL,
    currency character varying,
    price_net bigint,
    price_tax bigint,
    worth_net bigint,
    worth_tax bigint,
    CONSTRAINT ck_lot_left CHECK ((("left" >= 0) AND ("left" <= size))),
    CONSTRAINT ck_lot_money CHECK ((((price_net IS NULL) = (currency IS NULL)) AND ((price_tax IS NULL) = (currency IS NULL)) AND ((worth_net IS NULL) = (currency IS NULL)) AND ((worth_tax IS NULL) = (currency IS NULL)))),
    CONSTRAINT ck_lot_open CHECK ((open = ("left" > 0)))
);
CREATE TABLE public.mark (
    name character varying NOT NULL,
    wallet bigint NOT NULL,
    number integer NOT NULL
);
CREATE TABLE public.note (
    name character varying NOT NULL,
    text character varying NOT NULL,
    until bigint
);
CREATE TABLE public.notice (
    key character varying NOT NULL,
    code character varying NOT NULL,
    facts character varying NOT NULL,
    wallet bigint,
    urgent boolean NOT NULL,
    once boolean NOT NULL,
    made bigint NOT NULL,
    about character varying DEFAULT ''::character varying NOT NULL
);
CREATE TABLE public.person (
    id bigint NOT NULL,
    name character varying NOT NULL
);
CREATE SEQUENCE public.person_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.person_id_seq OWNED BY public.person.id;
CREATE TABLE public.posting (
    entry bigint NOT NULL,
    line integer NOT NULL,
    account character varying NOT NULL,
    connects integer NOT NULL,
    lot integer NOT NULL,
    net bigint,
    tax bigint,
    currency character varying,
    CONSTRAINT ck_posting_money CHECK ((((net IS NULL) = (currency IS NULL)) AND ((tax IS NULL) = (currency IS NULL))))
);
CREATE TABLE public.promotion (
    id bigint NOT NULL,
    status character varying NOT NULL,
    code character varying NOT NULL,
    terms character varying NOT NULL,
    by bigint NOT NULL,
    seed character varying NOT NULL,
    made bigint NOT NULL,
    version integer NOT NULL,
    supply integer,
    given integer NOT NULL,
    CONSTRAINT ck_promotion_supply CHECK (((supply IS NULL) OR (given <= supply)))
);
CREATE SEQUENCE public.promotion_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.promotion_id_seq OWNED BY public.promotion.id;
CREATE TABLE public.sender (
    platform character varying NOT NULL,
    holder character varying NOT NULL,
    epoch integer NOT NULL,
    until bigint NOT NULL
);
CREATE TABLE public.series (
    id bigint NOT NULL,
    status character varying NOT NULL,
    cron character varying NOT NULL,
    zone character varying NOT NULL,
    text character varying NOT NULL,
    audience character varying NOT NULL,
    by bigint NOT NULL,
    made bigint NOT NULL,
    version integer NOT NULL
);
CREATE SEQUENCE public.series_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.series_id_seq OWNED BY public.series.id;
CREATE TABLE public.slice (
    notice character varying NOT NULL,
    number integer NOT NULL,
    readers character varying NOT NULL
);
CREATE TABLE public.subscription (
    platform character varying NOT NULL,
    chat character varying NOT NULL,
    direct boolean NOT NULL,
    place character varying NOT NULL,
    since bigint NOT NULL,
    by bigint NOT NULL,
    title character varying NOT NULL,
    zone character varying NOT NULL,
    locale character varying NOT NULL,
    tags character varying NOT NULL,
    gone character varying NOT NULL,
    quiet character varying DEFAULT ''::character varying NOT NULL
);
CREATE TABLE public.wallet (
    id bigint NOT NULL,
    person bigint,
    platform character varying,
    chat character varying,
    zone character varying NOT NULL,
    currency character varying NOT NULL,
    plan character varying NOT NULL,
    threshold integer,
    entries integer NOT NULL,
    lots_made integer NOT NULL,
    balance integer NOT NULL,
    seal character varying NOT NULL,
    at bigint,
    low boolean DEFAULT false NOT NULL,
    budget integer,
    quiet character varying DEFAULT ''::character varying NOT NULL,
    alerts character varying DEFAULT '{}'::character varying NOT NULL,
    month bigint,
    spent integer DEFAULT 0 NOT NULL,
    CONSTRAINT ck_wallet_balance CHECK ((balance >= 0)),
    CONSTRAINT ck_wallet_owner CHECK ((((person IS NULL) = (chat IS NOT NULL)) AND ((platform IS NULL) = (chat IS NULL))))
);
CREATE SEQUENCE public.wallet_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.wallet_id_seq OWNED BY public.wallet.id;
ALTER TABLE ONLY public.action ALTER COLUMN id SET DEFAULT nextval('public.action_id_seq'::regclass);
ALTER TABLE ONLY public.delivery ALTER COLUMN id SET DEFAULT nextval('public.delivery_id_seq'::regclass);
ALTER TABLE ONLY public.person ALTER COLUMN id SET DEFAULT nextval('public.person_id_seq'::regclass);
ALTER TABLE ONLY public.promotion ALTER COLUMN id SET DEFAULT nextval('public.promotion_id_seq'::regclass);
ALTER TABLE ONLY public.series ALTER COLUMN id SET DEFAULT nextval('public.series_id_seq'::regclass);
ALTER TABLE ONLY public.wallet ALTER COLUMN id SET DEFAULT nextval('public.wallet_id_seq'::regclass);
INSERT INTO public.action VALUES (1, '1780308960:telegram:Team:m17', 1780308960000000, 7, 'telegram', 'Team', '/start', 'done');
INSERT INTO public.action VALUES (2, '1780309020:telegram:Team:m18', 1780309020000000, 7, 'telegram', 'Team', '/opening connects=200', 'done');
INSERT INTO public.action VALUES (3, '1780309080:telegram:Team:m19', 1780309080000000, 7, 'telegram', 'Team', '/settings zone=Europe/Kyiv plan=agency low=150', 'done');
INSERT INTO public.action VALUES (4, '1780309140:telegram:Team:m20', 1780309140000000, 7, 'telegram', 'Team', '/alerts budget=80 where=private', 'done');
INSERT INTO public.action VALUES (5, '1780309200:telegram:Team:m21', 1780309200000000, 7, 'telegram', 'Team', '/subscribe', 'done');
INSERT INTO public.action VALUES (6, '1780309440:discord:Guild:m25', 1780309440000000, 8, 'discord', 'Guild', '/start', 'done');
INSERT INTO public.action VALUES (7, '1780309500:discord:Guild:m26', 1780309500000000, 8, 'discord', 'Guild', '/subscribe', 'done');
INSERT INTO public.action VALUES (8, '1780310880:telegram:with boss:m49', 1780310880000000, 2, 'telegram', 'with boss', '/promote title=Summer text="For all who bid" gives=30 ends="20 days" supply=150 code=*** lasts=2 tags=design', 'done');
INSERT INTO public.action VALUES (9, '1780310880:telegram:with boss:0tfy8o05005a6:1:promo launch 1', 1780310940000000, 2, 'telegram', 'with boss', '/promo do=launch number=1', 'done');
INSERT INTO public.action VALUES (10, '1780311000:telegram:with boss:m51', 1780311000000000, 2, 'telegram', 'with boss', '/promote title="Case studies" text="Tell us of your best project" gives=20 ends="18 days" approval=on lasts=9', 'done');
INSERT INTO public.action VALUES (11, '1780311000:telegram:with boss:0tfy8rcc1f2f6:1:promo launch 2', 1780311060000000, 2, 'telegram', 'with boss', '/promo do=launch number=2', 'done');
INSERT INTO public.action VALUES (12, '1780311120:telegram:with boss:m53', 1780311120000000, 2, 'telegram', 'with boss', '/promote title="First draw" text="Show your best work" gives=50 ends="2 days" winners=2', 'done');
INSERT INTO public.action VALUES (13, '1780311120:telegram:with boss:0tfy8uo4b74e7:1:promo launch 3', 1780311180000000, 2, 'telegram', 'with boss', '/promo do=launch number=3', 'done');
INSERT INTO public.action VALUES (14, '1780311240:telegram:with boss:m55', 1780311240000000, 2, 'telegram', 'with boss', '/promote title="Second draw" text="Show it again" gives=40 ends="8 days" winners=1', 'done');
INSERT INTO public.action VALUES (15, '1780311240:telegram:with boss:0tfy8y0a8fe14:1:promo launch 4', 1780311300000000, 2, 'telegram', 'with boss', '/promo do=launch number=4', 'done');
INSERT INTO public.action VALUES (16, '1780311360:telegram:with boss:m57', 1780311360000000, 2, 'telegram', 'with boss', '/promote title="Open bonus" text="For everybody" gives=15 ends="2026-06-22 18:00" new=90', 'done');
INSERT INTO public.action VALUES (17, '1780311360:telegram:with boss:0tfy91c648c06:1:promo launch 5', 1780311420000000, 2, 'telegram', 'with boss', '/promo do=launch number=5', 'done');
INSERT INTO public.action VALUES (18, '1780311480:telegram:with boss:m59', 1780311480000000, 2, 'telegram', 'with boss', '/promote title="Written only" text="Not launched" gives=10 ends="30 days" starts="20 days" new=30 plan=plus feedback=1 assessments=2 interviews=3 platforms=discord languages=uk', 'done');
INSERT INTO public.action VALUES (19, '1780311540:telegram:with boss:m60', 1780311540000000, 2, 'telegram', 'with boss', '/promote title=Held text="On hold" gives=25 ends="25 days"', 'done');
INSERT INTO public.action VALUES (20, '1780311540:telegram:with boss:0tfy96c4f9fd3:1:promo launch 7', 1780311600000000, 2, 'telegram', 'with boss', '/promo do=launch number=7', 'done');
INSERT INTO public.action VALUES (21, '1780311600:telegram:with boss:0tfy98050c336:1:promo pause 7', 1780311660000000, 2, 'telegram', 'with boss', '/promo do=pause number=7', 'done');
INSERT INTO public.action VALUES (22, '1780311720:telegram:with boss:m63', 1780311720000000, 2, 'telegram', 'with boss', '/promote title="Called off" text="Not to be" gives=25 ends="25 days"', 'done');
INSERT INTO public.action VALUES (23, '1780311720:telegram:with boss:0tfy9bc2403cb:1:promo launch 8', 1780311780000000, 2, 'telegram', 'with boss', '/promo do=launch number=8', 'done');
INSERT INTO public.action VALUES (24, '1780311840:telegram:with boss:0tfy9eo93876a:1:yes', 1780311900000000, 2, 'telegram', 'with boss', '/promo do=cancel number=8 sure=yes', 'done');
INSERT INTO public.action VALUES (25, '1780311960:telegram:with boss:m67', 1780311960000000, 2, 'telegram', 'with boss', '/promote title="Third draw" text="And again" gives=10 ends="2026-06-08 12:00" winners=1', 'done');
INSERT INTO public.action VALUES (26, '1780311960:telegram:with boss:0tfy9i06a68ab:1:promo launch 9', 1780312020000000, 2, 'telegram', 'with boss', '/promo do=launch number=9', 'done');
INSERT INTO public.action VALUES (27, '1780312764:telegram:with boss:0tfya4c909dd7:1:promo refuse 2 claim=2 after=0', 1780312824000000, 2, 'telegram', 'with boss', '/promo do=refuse number=2 claim=2 after=0', 'done');
INSERT INTO public.action VALUES (28, '1780313364:telegram:with boss:0tfyal083c958:1:promo approve 2 claim=1 after=0', 1780313424000000, 2, 'telegram', 'with boss', '/promo do=approve number=2 claim=1 after=0', 'done');
INSERT INTO public.action VALUES (29, '1780313424:telegram:with boss:0tfyamof325da:1:promo approve 2 claim=5 after=0', 1780313484000000, 2, 'telegram', 'with boss', '/promo do=approve number=2 claim=5 after=0', 'done');
INSERT INTO public.action VALUES (30, '1780313544:telegram:with boss:m93', 1780313544000000, 2, 'telegram', 'with boss', '/announce text="Weekly tips" cron="every monday at 9" zone=Kyiv', 'done');
INSERT INTO public.action VALUES (31, '1780313544:telegram:with boss:0tfyaq0395189:1:series start 1', 1780313604000000, 2, 'telegram', 'with boss', '/series do=start number=1', 'done');
INSERT INTO public.action VALUES (32, '1780313664:telegram:with boss:m95', 1780313664000000, 2, 'telegram', 'with boss', '/announce text="Both fields" cron="0 9 1,15 * mon" zone=Kyiv', 'done');
INSERT INTO public.action VALUES (33, '1780313664:telegram:with boss:0tfyatc4dd3ad:1:series start 2', 1780313724000000, 2, 'telegram', 'with boss', '/series do=start number=2', 'done');
INSERT INTO public.action VALUES (34, '1780313784:telegram:with boss:m97', 1780313784000000, 2, 'telegram', 'with boss', '/announce text="The last day" tags=design cron="0 10 last * *"', 'done');
INSERT INTO public.action VALUES (35, '1780313784:telegram:with boss:0tfyawo6725d8:1:series start 3', 1780313844000000, 2, 'telegram', 'with boss', '/series do=start number=3', 'done');
INSERT INTO public.action VALUES (36, '1780313904:telegram:with boss:m99', 1780313904000000, 2, 'telegram', 'with boss', '/announce text="On hold" cron="daily 12"', 'done');
INSERT INTO public.action VALUES (37, '1780313904:telegram:with boss:0tfyb008448d2:1:series start 4', 1780313964000000, 2, 'telegram', 'with boss', '/series do=start number=4', 'done');
INSERT INTO public.action VALUES (38, '1780313964:telegram:with boss:0tfyb1o0e2f66:1:series pause 4', 1780314024000000, 2, 'telegram', 'with boss', '/series do=pause number=4', 'done');
INSERT INTO public.action VALUES (39, '1780314084:telegram:with boss:m102', 1780314084000000, 2, 'telegram', 'with boss', '/announce text="No more" cron="daily 12"', 'done');
INSERT INTO public.action VALUES (40, '1780314084:telegram:with boss:0tfyb509ed3b4:1:series start 5', 1780314144000000, 2, 'telegram', 'with boss', '/series do=start number=5', 'done');
INSERT INTO public.action VALUES (41, '1780314144:telegram:with boss:0tfyb6o2fd29c:1:series end 5', 1780314204000000, 2, 'telegram', 'with boss', '/series do=end number=5', 'done');
INSERT INTO public.action VALUES (42, '1780567392:telegram:with boss:m108', 1780567392000000, 2, 'telegram', 'with boss', '/announce text="Hello everybody"', 'done');
INSERT INTO public.action VALUES (43, '1780567392:telegram:with boss:0tg3qlc2c4bf9:1:announcement send 0tg3qlc2c4bf9', 1780567452000000, 2, 'telegram', 'with boss', '/announcement do=send id=0tg3qlc2c4bf9', 'done');
INSERT INTO public.action VALUES (44, '1780916520:telegram:with boss:m110', 1780916520000000, 2, 'telegram', 'with boss', '/announce text=Stopped', 'done');
INSERT INTO public.action VALUES (45, '1780916520:telegram:with boss:0tgb7zc00fe9a:1:announcement send 0tgb7zc00fe9a', 1780916580000000, 2, 'telegram', 'with boss', '/announcement do=send id=0tgb7zc00fe9a', 'done');
INSERT INTO public.action VALUES (46, '1780916580:telegram:with boss:0tgb81071cbfa:1:announcement stop 0tgb7zc00fe9a', 1780916640000000, 2, 'telegram', 'with boss', '/announcement do=stop id=0tgb7zc00fe9a', 'done');
INSERT INTO public.action VALUES (47, '1780916700:telegram:with boss:m113', 1780916700000000, 2, 'telegram', 'with boss', '/announce text=Held', 'done');
INSERT INTO public.action VALUES (48, '1780916700:telegram:with boss:0tgb84c24a0cd:1:announcement send 0tgb84c24a0cd', 1780916760000000, 2, 'telegram', 'with boss', '/announcement do=send id=0tgb84c24a0cd', 'done');
INSERT INTO public.action VALUES (49, '1780916760:telegram:with boss:0tgb8601b2a85:1:announcement pause 0tgb84c24a0cd', 1780916820000000, 2, 'telegram', 'with boss', '/announcement do=pause id=0tgb84c24a0cd', 'done');
INSERT INTO public.action VALUES (50, '1780917060:telegram:with boss:m119', 1780917060000000, 2, 'telegram', 'with boss', '/announce text=Waits', 'done');
INSERT INTO public.action VALUES (51, '1780917060:telegram:with boss:0tgb8ecc87d01:1:announcement send 0tgb8ecc87d01', 1780917120000000, 2, 'telegram', 'with boss', '/announcement do=send id=0tgb8ecc87d01', 'done');
INSERT INTO public.action VALUES (52, '1780917184:telegram:with boss:0tgb8hsf6cecb:1:promo refuse 2 claim=4 after=0', 1780917244000000, 2, 'telegram', 'with boss', '/promo do=refuse number=2 claim=4 after=0', 'done');
INSERT INTO public.action VALUES (53, '1780917244:telegram:with boss:0tgb8jg93eb26:1:promo approve 2 claim=6 after=0', 1780917304000000, 2, 'telegram', 'with boss', '/promo do=approve number=2 claim=6 after=0', 'done');
INSERT INTO public.action VALUES (54, '1780917844:telegram:with boss:m132', 1780917844000000, 2, 'telegram', 'with boss', '/announce text="Not started" cron="daily 13"', 'done');
INSERT INTO public.action VALUES (55, '1780917904:telegram:with boss:m133', 1780917904000000, 2, 'telegram', 'with boss', '/announce text="Not sent"', 'done');
INSERT INTO public.alembic_version VALUES ('0007');
INSERT INTO public.chat VALUES ('telegram', 'Team', 'group', 'Team', '');
INSERT INTO public.chat VALUES ('discord', 'Guild', 'group', 'Guild', '');
INSERT INTO public.chat VALUES ('console', '#den', 'group', '#den', '');
INSERT INTO public.chat VALUES ('telegram', 'Gone', 'group', '', 'kicked');
INSERT INTO public.claim VALUES (1, 1, 3, 3, 'given', 1780312104000000, 20, '', '');
INSERT INTO public.claim VALUES (1, 2, 6, 6, 'given', 1780312224000000, 3, '', '');
INSERT INTO public.claim VALUES (2, 3, 6, 6, 'asked', 1780312464000000, NULL, 'console', '#den');
INSERT INTO public.claim VALUES (2, 2, 5, 5, 'refused', 1780312404000000, NULL, '', '');
INSERT INTO public.claim VALUES (4, 1, 5, 5, 'entered', 1780313124000000, NULL, '', '');
INSERT INTO public.claim VALUES (4, 2, 6, 6, 'entered', 1780313184000000, NULL, '', '');
INSERT INTO public.claim VALUES (2, 1, 4, 4, 'given', 1780312344000000, 3, '', '');
INSERT INTO public.claim VALUES (2, 5, 7, 8, 'given', 1780312584000000, 2, '', '');
INSERT INTO public.claim VALUES (3, 3, 5, 5, 'given', 1780313004000000, 4, '', '');
INSERT INTO public.claim VALUES (3, 2, 4, 4, 'won', 1780312944000000, NULL, '', '');
INSERT INTO public.claim VALUES (3, 1, 3, 3, 'lost', 1780312884000000, NULL, '', '');
INSERT INTO public.claim VALUES (3, 4, 6, 6, 'lost', 1780313064000000, NULL, 'console', '#den');
INSERT INTO public.claim VALUES (1, 3, 1, 1, 'given', 1780567320000000, 3, '', '');
INSERT INTO public.claim VALUES (9, 2, 6, 6, 'given', 1780313304000000, 7, '', '');
INSERT INTO public.claim VALUES (9, 1, 5, 5, 'lost', 1780313244000000, NULL, '', '');
INSERT INTO public.claim VALUES (2, 4, 3, 3, 'refused', 1780312524000000, NULL, '', '');
INSERT INTO public.claim VALUES (2, 6, 8, 10, 'given', 1780312704000000, 2, '', '');
INSERT INTO public.delivery VALUES (4, 'promotion:1:start', 'telegram', '1001', true, 'sent', 1780312020000000, 1, 1, 'm1', '', 1780312020000000, '', 'Europe/Kyiv', 'en', '22:30-7', false);
INSERT INTO public.delivery VALUES (5, 'promotion:1:start', 'telegram', 'Team', false, 'sent', 1780312020000000, 1, 1, 'm2', '', 1780312020000000, '7', 'Europe/Kyiv', 'en', '', false);
INSERT INTO public.delivery VALUES (9, 'promotion:2:start', 'telegram', '1001', true, 'sent', 1780312020000000, 1, 1, 'm3', '', 1780312021000000, '', 'Europe/Kyiv', 'en', '22:30-7', false);
INSERT INTO public.delivery VALUES (10, 'promotion:2:start', 'telegram', 'Team', false, 'sent', 1780312020000000, 1, 1, 'm4', '', 1780312021000000, '7', 'Europe/Kyiv', 'en', '', false);
INSERT INTO public.delivery VALUES (14, 'promotion:3:start', 'telegram', '1001', true, 'sent', 1780312020000000, 1, 1, 'm5', '', 1780312022000000, '', 'Europe/Kyiv', 'en', '22:30-7', false);
INSERT INTO public.delivery VALUES (15, 'promotion:3:start', 'telegram', 'Team', false, 'sent', 1780312020000000, 1, 1, 'm6', '', 1780312022000000, '7', 'Europe/Kyiv', 'en', '', false);
INSERT INTO public.delivery VALUES (19, 'promotion:4:start', 'telegram', '1001', true, 'sent', 1780312020000000, 1, 1, 'm7', '', 1780312023000000, '', 'Europe/Kyiv', 'en', '22:30-7', false);
INSERT INTO public.delivery VALUES (20, 'promotion:4:start', 'telegram', 'Team', false, 'sent', 1780312020000000, 1, 1, 'm8', '', 1780312023000000, '7', 'Europe/Kyiv', 'en', '', false);
INSERT INTO public.delivery VALUES (24, 'promotion:5:start', 'telegram', '1001', true, 'sent', 1780312020000000, 1, 1, 'm9', '', 1780312024000000, '', 'Europe/Kyiv', 'en', '22:30-7', false);
INSERT INTO public.delivery VALUES (25, 'promotion:5:start', 'telegram', 'Team', false, 'sent', 1780312020000000, 1, 1, 'm10', '', 1780312024000000, '7', 'Europe/Kyiv', 'en', '', false);
INSERT INTO public.delivery VALUES (29, 'promotion:9:start', 'telegram', '1001', true, 'sent', 1780312020000000, 1, 1, 'm11', '', 1780312025000000, '', 'Europe/Kyiv', 'en', '22:30-7', false);
INSERT INTO public.delivery VALUES (30, 'promotion:9:start', 'telegram', 'Team', false, 'sent', 1780312020000000, 1, 1, 'm12', '', 1780312025000000, '7', 'Europe/Kyiv', 'en', '', false);
INSERT INTO public.delivery VALUES (2, 'promotion:1:start', 'discord', '2002', true, 'sent', 1780312020000000, 1, 1, 'm1', '', 1780312028000000, '', 'Asia/Tokyo', 'en', '', false);
INSERT INTO public.delivery VALUES (3, 'promotion:1:start', 'discord', 'Guild', false, 'sent', 1780312020000000, 1, 1, 'm2', '', 1780312028000000, '', 'UTC', 'en', '', false);
INSERT INTO public.delivery VALUES (7, 'promotion:2:start', 'discord', '2002', true, 'sent', 1780312020000000, 1, 1, 'm3', '', 1780312029000000, '', 'Asia/Tokyo', 'en', '', false);
INSERT INTO public.delivery VALUES (8, 'promotion:2:start', 'discord', 'Guild', false, 'sent', 1780312020000000, 1, 1, 'm4', '', 1780312029000000, '', 'UTC', 'en', '', false);
INSERT INTO public.delivery VALUES (12, 'promotion:3:start', 'discord', '2002', true, 'sent', 1780312020000000, 1, 1, 'm5', '', 1780312030000000, '', 'Asia/Tokyo', 'en', '', false);
INSERT INTO public.delivery VALUES (13, 'promotion:3:start', 'discord', 'Guild', false, 'sent', 1780312020000000, 1, 1, 'm6', '', 1780312030000000, '', 'UTC', 'en', '', false);
INSERT INTO public.delivery VALUES (17, 'promotion:4:start', 'discord', '2002', true, 'sent', 1780312020000000, 1, 1, 'm7', '', 1780312031000000, '', 'Asia/Tokyo', 'en', '', false);
INSERT INTO public.delivery VALUES (18, 'promotion:4:start', 'discord', 'Guild', false, 'sent', 1780312020000000, 1, 1, 'm8', '', 1780312031000000, '', 'UTC', 'en', '', false);
INSERT INTO public.delivery VALUES (22, 'promotion:5:start', 'discord', '2002', true, 'sent', 1780312020000000, 1, 1, 'm9', '', 1780312032000000, '', 'Asia/Tokyo', 'en', '', false);
INSERT INTO public.delivery VALUES (23, 'promotion:5:start', 'discord', 'Guild', false, 'sent', 1780312020000000, 1, 1, 'm10', '', 1780312032000000, '', 'UTC', 'en', '', false);
INSERT INTO public.delivery VALUES (27, 'promotion:9:start', 'discord', '2002', true, 'sent', 1780312020000000, 1, 1, 'm11', '', 1780312033000000, '', 'Asia/Tokyo', 'en', '', false);
INSERT INTO public.delivery VALUES (28, 'promotion:9:start', 'discord', 'Guild', false, 'sent', 1780312020000000, 1, 1, 'm12', '', 1780312033000000, '', 'UTC', 'en', '', false);
INSERT INTO public.delivery VALUES (1, 'promotion:1:start', 'console', 'cleo', true, 'sent', 1780312020000000, 1, 1, 'm1', '', 1780312036000000, '', 'UTC', 'en', '', false);
INSERT INTO public.delivery VALUES (6, 'promotion:2:start', 'console', 'cleo', true, 'sent', 1780312020000000, 1, 1, 'm2', '', 1780312037000000, '', 'UTC', 'en', '', false);
INSERT INTO public.delivery VALUES (11, 'promotion:3:start', 'console', 'cleo', true, 'sent', 1780312020000000, 1, 1, 'm3', '', 1780312038000000, '', 'UTC', 'en', '', false);
INSERT INTO public.delivery VALUES (16, 'promotion:4:start', 'console', 'cleo', true, 'sent', 1780312020000000, 1, 1, 'm4', '', 1780312039000000, '', 'UTC', 'en', '', false);
INSERT INTO public.delivery VALUES (21, 'promotion:5:start', 'console', 'cleo', true, 'sent', 1780312020000000, 1, 1, 'm5', '', 1780312040000000, '', 'UTC', 'en', '', false);
INSERT INTO public.delivery VALUES (26, 'promotion:9:start', 'console', 'cleo', true, 'sent', 1780312020000000, 1, 1, 'm6', '', 1780312041000000, '', 'UTC', 'en', '', false);
INSERT INTO public.delivery VALUES (34, 'expired:4:4', 'discord', '2002', true, 'pending', 1781344860000000, 0, 0, '', '', 1781344860000000, '', '', '', '', false);
INSERT INTO public.delivery VALUES (44, 'promotion:3:end', 'telegram', 'Team', false, 'sent', 1780567200000000, 1, 1, 'm1', '', 1780567320000000, '7', 'Europe/Kyiv', 'en', '', false);
INSERT INTO public.delivery VALUES (33, 'promotion:2:approved:8', 'telegram', '1003', true, 'sent', 1780313484000000, 1, 1, 'm2', '', 1780567320000000, '', '', '', '', false);
INSERT INTO public.delivery VALUES (35, 'expired:3:21', 'telegram', '1001', true, 'sent', 1780567200000000, 1, 1, 'm3', '', 1780567320000000, '', '', '', '', false);
INSERT INTO public.delivery VALUES (37, 'expiring:1:1:14', 'telegram', '1006', true, 'sent', 1780567200000000, 1, 1, 'm4', '', 1780567320000000, '', '', '', '', false);
INSERT INTO public.delivery VALUES (43, 'promotion:3:end', 'telegram', '1001', true, 'sent', 1780567200000000, 1, 1, 'm5', '', 1780567321000000, '', 'Europe/Kyiv', 'en', '22:30-7', false);
INSERT INTO public.delivery VALUES (38, 'expiring:8:2:7', 'telegram', '1003', true, 'sent', 1780567200000000, 1, 1, 'm6', '', 1780567321000000, '', '', '', '', false);
INSERT INTO public.delivery VALUES (39, 'runway:1:first', 'telegram', '1006', true, 'cancelled', 1780567200000000, 1, 1, '', 'over', 1780567321000000, '', '', '', '', false);
INSERT INTO public.delivery VALUES (42, 'promotion:3:end', 'discord', 'Guild', false, 'sent', 1780567200000000, 1, 1, 'm1', '', 1780567324000000, '', 'UTC', 'en', '', false);
INSERT INTO public.delivery VALUES (32, 'promotion:2:approved:4', 'discord', '2002', true, 'sent', 1780313424000000, 1, 1, 'm2', '', 1780567324000000, '', '', '', '', false);
INSERT INTO public.delivery VALUES (41, 'promotion:3:end', 'discord', '2002', true, 'sent', 1780567200000000, 1, 1, 'm3', '', 1780567325000000, '', 'Asia/Tokyo', 'en', '', false);
INSERT INTO public.delivery VALUES (31, 'promotion:2:refused:5', 'console', 'cleo', true, 'sent', 1780312824000000, 1, 1, 'm1', '', 1780567328000000, '', '', '', '', false);
INSERT INTO public.delivery VALUES (36, 'expired:6:5', 'console', 'dora', true, 'sent', 1780567200000000, 1, 1, 'm2', '', 1780567328000000, '', '', '', '', false);
INSERT INTO public.delivery VALUES (40, 'promotion:3:end', 'console', 'cleo', true, 'sent', 1780567200000000, 1, 1, 'm3', '', 1780567329000000, '', 'UTC', 'en', '', false);
INSERT INTO public.delivery VALUES (45, 'promotion:3:won:5', 'console', 'cleo', true, 'sent', 1780567200000000, 1, 1, 'm4', '', 1780567330000000, '', '', '', '', false);
INSERT INTO public.delivery VALUES (51, 'progress:0tg3qlc2c4bf9', 'telegram', '1', true, 'sent', 1780567452000000, 1, 1, 'm1', '', 1780567452000000, '', '', '', '', true);
INSERT INTO public.delivery VALUES (49, 'announcement:0tg3qlc2c4bf9', 'telegram', '1001', true, 'sent', 1780567452000000, 1, 1, 'm2', '', 1780567452000000, '', 'Europe/Kyiv', 'en', '22:30-7', false);
INSERT INTO public.delivery VALUES (50, 'announcement:0tg3qlc2c4bf9', 'telegram', 'Team', false, 'sent', 1780567452000000, 1, 1, 'm3', '', 1780567452000000, '7', 'Europe/Kyiv', 'en', '', false);
INSERT INTO public.delivery VALUES (47, 'announcement:0tg3qlc2c4bf9', 'discord', '2002', true, 'unknown', 1780567452000000, 1, 1, '', 'TimeoutError', 1780567456000000, '', 'Asia/Tokyo', 'en', '', false);
INSERT INTO public.delivery VALUES (48, 'announcement:0tg3qlc2c4bf9', 'discord', 'Guild', false, 'gone', 1780567452000000, 1, 1, '', 'forbidden', 1780567456000000, '', 'UTC', 'en', '', false);
INSERT INTO public.delivery VALUES (46, 'announcement:0tg3qlc2c4bf9', 'console', 'cleo', true, 'failed', 1780567452000000, 1, 1, '', 'too long', 1780567460000000, '', 'UTC', 'en', '', false);
INSERT INTO public.delivery VALUES (52, 'expired:1:4', 'telegram', '1006', true, 'pending', 1780900200000000, 0, 0, '', '', 1780900200000000, '', '', '', '', false);
INSERT INTO public.delivery VALUES (54, 'missing:2:2026-06-05', 'telegram', '1', true, 'pending', 1780900200000000, 0, 0, '', '', 1780900200000000, '', '', '', '', false);
INSERT INTO public.delivery VALUES (55, 'digest:2:2026-06-08', 'telegram', '1', true, 'pending', 1780900200000000, 0, 0, '', '', 1780900200000000, '', '', '', '', false);
INSERT INTO public.delivery VALUES (56, 'digest:3:2026-06-08', 'telegram', '1001', true, 'pending', 1780900200000000, 0, 0, '', '', 1780900200000000, '', '', '', '', false);
INSERT INTO public.delivery VALUES (57, 'digest:7:2026-06-08', 'telegram', '1003', true, 'pending', 1780900200000000, 0, 0, '', '', 1780900200000000, '', '', '', '', false);
INSERT INTO public.delivery VALUES (58, 'promotion-ending:8:2', 'telegram', '1003', true, 'pending', 1780900200000000, 0, 0, '', '', 1780900200000000, '', '', '', '', false);
INSERT INTO public.delivery VALUES (59, 'promotion:9:eve:6', 'console', 'dora', true, 'cancelled', 1780900200000000, 0, 0, '', '', 1780916400000000, '', '', '', '', false);
INSERT INTO public.delivery VALUES (53, 'digest:4:2026-06-08', 'discord', '2002', true, 'pending', 1780920720000000, 1, 1, '', 'later', 1780917120000000, '', '', '', '', false);
INSERT INTO public.delivery VALUES (66, 'announcement:series-1-202606080600', 'telegram', '1001', true, 'pending', 1780900200000000, 0, 0, '', '', 1780900200000000, '', 'Europe/Kyiv', 'en', '22:30-7', false);
INSERT INTO public.delivery VALUES (67, 'announcement:series-1-202606080600', 'telegram', 'Team', false, 'pending', 1780900200000000, 0, 0, '', '', 1780900200000000, '7', 'Europe/Kyiv', 'en', '', false);
INSERT INTO public.delivery VALUES (68, 'expiring:1:1:7', 'telegram', '1006', true, 'pending', 1780916400000000, 0, 0, '', '', 1780916400000000, '', '', '', '', false);
INSERT INTO public.delivery VALUES (60, 'promotion:9:reminder', 'console', 'cleo', true, 'cancelled', 1780900200000000, 0, 0, '', '', 1780916400000000, '', 'UTC', 'en', '', false);
INSERT INTO public.delivery VALUES (61, 'promotion:9:reminder', 'discord', '2002', true, 'cancelled', 1780900200000000, 0, 0, '', '', 1780916400000000, '', 'Asia/Tokyo', 'en', '', false);
INSERT INTO public.delivery VALUES (62, 'promotion:9:reminder', 'telegram', '1001', true, 'cancelled', 1780900200000000, 0, 0, '', '', 1780916400000000, '', 'Europe/Kyiv', 'en', '22:30-7', false);
INSERT INTO public.delivery VALUES (63, 'promotion:9:reminder', 'telegram', 'Team', false, 'cancelled', 1780900200000000, 0, 0, '', '', 1780916400000000, '7', 'Europe/Kyiv', 'en', '', false);
INSERT INTO public.delivery VALUES (70, 'monthly:1:2026-06-08', 'telegram', '1006', true, 'pending', 1780916400000000, 0, 0, '', '', 1780916400000000, '', '', '', '', false);
INSERT INTO public.delivery VALUES (71, 'digest:1:2026-06-08', 'telegram', '1006', true, 'pending', 1780916400000000, 0, 0, '', '', 1780916400000000, '', '', '', '', false);
INSERT INTO public.delivery VALUES (72, 'runway:6:first', 'console', 'dora', true, 'pending', 1780916400000000, 0, 0, '', '', 1780916400000000, '', '', '', '', false);
INSERT INTO public.delivery VALUES (73, 'digest:6:2026-06-08', 'console', 'dora', true, 'pending', 1780916400000000, 0, 0, '', '', 1780916400000000, '', '', '', '', false);
INSERT INTO public.delivery VALUES (74, 'digest:8:2026-06-08', 'telegram', '1003', true, 'pending', 1780916400000000, 0, 0, '', '', 1780916400000000, '', '', '', '', false);
INSERT INTO public.delivery VALUES (75, 'promotion:4:eve:6', 'console', 'dora', true, 'pending', 1780916400000000, 0, 0, '', '', 1780916400000000, '', '', '', '', false);
INSERT INTO public.delivery VALUES (76, 'promotion:4:reminder', 'console', 'cleo', true, 'pending', 1780916400000000, 0, 0, '', '', 1780916400000000, '', 'UTC', 'en', '', false);
INSERT INTO public.delivery VALUES (78, 'promotion:4:reminder', 'telegram', '1001', true, 'pending', 1780916400000000, 0, 0, '', '', 1780916400000000, '', 'Europe/Kyiv', 'en', '22:30-7', false);
INSERT INTO public.delivery VALUES (79, 'promotion:4:reminder', 'telegram', 'Team', false, 'pending', 1780916400000000, 0, 0, '', '', 1780916400000000, '7', 'Europe/Kyiv', 'en', '', false);
INSERT INTO public.delivery VALUES (80, 'promotion:9:end', 'console', 'cleo', true, 'pending', 1780916400000000, 0, 0, '', '', 1780916400000000, '', 'UTC', 'en', '', false);
INSERT INTO public.delivery VALUES (82, 'promotion:9:end', 'telegram', '1001', true, 'pending', 1780916400000000, 0, 0, '', '', 1780916400000000, '', 'Europe/Kyiv', 'en', '22:30-7', false);
INSERT INTO public.delivery VALUES (83, 'promotion:9:end', 'telegram', 'Team', false, 'pending', 1780916400000000, 0, 0, '', '', 1780916400000000, '7', 'Europe/Kyiv', 'en', '', false);
INSERT INTO public.delivery VALUES (84, 'promotion:9:won:6', 'console', 'dora', true, 'pending', 1780916400000000, 0, 0, '', '', 1780916400000000, '', '', '', '', false);
INSERT INTO public.delivery VALUES (85, 'alarm:due:series:9:2026-06-08', 'telegram', '1', true, 'pending', 1780916400000000, 0, 0, '', '', 1780916400000000, '', '', '', '', true);
INSERT INTO public.delivery VALUES (86, 'alarm:platform:discord:2026-06-08', 'telegram', '1', true, 'pending', 1780916400000000, 0, 0, '', '', 1780916400000000, '', '', '', '', true);
INSERT INTO public.delivery VALUES (87, 'alarm-over:due:series:9:2026-06-08', 'telegram', '1', true, 'pending', 1780916460000000, 0, 0, '', '', 1780916460000000, '', '', '', '', true);
INSERT INTO public.delivery VALUES (92, 'progress:0tgb7zc00fe9a', 'telegram', '1', true, 'pending', 1780916580000000, 0, 0, '', '', 1780916580000000, '', '', '', '', true);
INSERT INTO public.delivery VALUES (88, 'announcement:0tgb7zc00fe9a', 'console', 'cleo', true, 'cancelled', 1780916580000000, 0, 0, '', '', 1780916640000000, '', 'UTC', 'en', '', false);
INSERT INTO public.delivery VALUES (89, 'announcement:0tgb7zc00fe9a', 'discord', '2002', true, 'cancelled', 1780916580000000, 0, 0, '', '', 1780916640000000, '', 'Asia/Tokyo', 'en', '', false);
INSERT INTO public.delivery VALUES (90, 'announcement:0tgb7zc00fe9a', 'telegram', '1001', true, 'cancelled', 1780916580000000, 0, 0, '', '', 1780916640000000, '', 'Europe/Kyiv', 'en', '22:30-7', false);
INSERT INTO public.delivery VALUES (91, 'announcement:0tgb7zc00fe9a', 'telegram', 'Team', false, 'cancelled', 1780916580000000, 0, 0, '', '', 1780916640000000, '7', 'Europe/Kyiv', 'en', '', false);
INSERT INTO public.delivery VALUES (97, 'progress:0tgb84c24a0cd', 'telegram', '1', true, 'pending', 1780916760000000, 0, 0, '', '', 1780916760000000, '', '', '', '', true);
INSERT INTO public.delivery VALUES (93, 'announcement:0tgb84c24a0cd', 'console', 'cleo', true, 'held', 1780916760000000, 0, 0, '', '', 1780916820000000, '', 'UTC', 'en', '', false);
INSERT INTO public.delivery VALUES (94, 'announcement:0tgb84c24a0cd', 'discord', '2002', true, 'held', 1780916760000000, 0, 0, '', '', 1780916820000000, '', 'Asia/Tokyo', 'en', '', false);
INSERT INTO public.delivery VALUES (95, 'announcement:0tgb84c24a0cd', 'telegram', '1001', true, 'held', 1780916760000000, 0, 0, '', '', 1780916820000000, '', 'Europe/Kyiv', 'en', '22:30-7', false);
INSERT INTO public.delivery VALUES (96, 'announcement:0tgb84c24a0cd', 'telegram', 'Team', false, 'held', 1780916760000000, 0, 0, '', '', 1780916820000000, '7', 'Europe/Kyiv', 'en', '', false);
INSERT INTO public.delivery VALUES (98, 'low:7:2', 'telegram', '1003', true, 'pending', 1780916940000000, 0, 0, '', '', 1780916940000000, '', '', '', '', false);
INSERT INTO public.delivery VALUES (99, 'budget:7:2026-06:80:80', 'telegram', '1003', true, 'pending', 1780916940000000, 0, 0, '', '', 1780916940000000, '', '', '', '', false);
INSERT INTO public.delivery VALUES (101, 'announcement:0tgb8ecc87d01', 'console', 'cleo', true, 'pending', 1780917120000000, 0, 0, '', '', 1780917120000000, '', 'UTC', 'en', '', false);
INSERT INTO public.delivery VALUES (103, 'announcement:0tgb8ecc87d01', 'telegram', '1001', true, 'pending', 1780917120000000, 0, 0, '', '', 1780917120000000, '', 'Europe/Kyiv', 'en', '22:30-7', false);
INSERT INTO public.delivery VALUES (104, 'announcement:0tgb8ecc87d01', 'telegram', 'Team', false, 'pending', 1780917120000000, 0, 0, '', '', 1780917120000000, '7', 'Europe/Kyiv', 'en', '', false);
INSERT INTO public.delivery VALUES (105, 'progress:0tgb8ecc87d01', 'telegram', '1', true, 'pending', 1780917120000000, 0, 0, '', '', 1780917120000000, '', '', '', '', true);
INSERT INTO public.delivery VALUES (100, 'test:1780917000:console:with Dora:m118', 'console', 'dora', true, 'sending', 1780917000000000, 1, 2, '', '', 1780917120000000, '', '', '', '', true);
INSERT INTO public.delivery VALUES (64, 'announcement:series-1-202606080600', 'console', 'cleo', true, 'sending', 1780900200000000, 1, 2, '', '', 1780917120000000, '', 'UTC', 'en', '', false);
INSERT INTO public.delivery VALUES (65, 'announcement:series-1-202606080600', 'discord', '2002', true, 'pending', 1780920720000000, 0, 0, '', '', 1780900200000000, '', 'Asia/Tokyo', 'en', '', false);
INSERT INTO public.delivery VALUES (77, 'promotion:4:reminder', 'discord', '2002', true, 'pending', 1780920720000000, 0, 0, '', '', 1780916400000000, '', 'Asia/Tokyo', 'en', '', false);
INSERT INTO public.delivery VALUES (81, 'promotion:9:end', 'discord', '2002', true, 'pending', 1780920720000000, 0, 0, '', '', 1780916400000000, '', 'Asia/Tokyo', 'en', '', false);
INSERT INTO public.delivery VALUES (102, 'announcement:0tgb8ecc87d01', 'discord', '2002', true, 'pending', 1780920720000000, 0, 0, '', '', 1780917120000000, '', 'Asia/Tokyo', 'en', '', false);
INSERT INTO public.delivery VALUES (69, 'digest:10:2026-06-08', 'discord', '2004', true, 'sent', 1780916400000000, 1, 1, 'm2', '', 1780917120000000, '', '', '', '', false);
INSERT INTO public.delivery VALUES (106, 'promotion:2:refused:3', 'telegram', '1001', true, 'pending', 1780917244000000, 0, 0, '', '', 1780917244000000, '', '', '', '', false);
INSERT INTO public.delivery VALUES (107, 'promotion:2:approved:10', 'discord', '2004', true, 'pending', 1780917304000000, 0, 0, '', '', 1780917304000000, '', '', '', '', false);
INSERT INTO public.delivery VALUES (108, 'announcement:0tgb91sbe2f7d', 'console', 'cleo', true, 'pending', 1780918024000000, 0, 0, '', '', 1780918024000000, '', 'UTC', 'en', '', false);
INSERT INTO public.delivery VALUES (109, 'announcement:0tgb91sbe2f7d', 'discord', '2002', true, 'pending', 1780918024000000, 0, 0, '', '', 1780918024000000, '', 'Asia/Tokyo', 'en', '', false);
INSERT INTO public.due VALUES ('promotion:1:reminder', 1781952480000000);
INSERT INTO public.due VALUES ('promotion:1:last_call', 1782031680000000);
INSERT INTO public.due VALUES ('promotion:1:end', 1782038880000000);
INSERT INTO public.due VALUES ('promotion:2:reminder', 1781779800000000);
INSERT INTO public.due VALUES ('promotion:2:last_call', 1781859000000000);
INSERT INTO public.due VALUES ('promotion:2:end', 1781866200000000);
INSERT INTO public.due VALUES ('promotion:4:last_call', 1780995240000000);
INSERT INTO public.due VALUES ('promotion:4:end', 1781002440000000);
INSERT INTO public.due VALUES ('promotion:5:reminder', 1782054000000000);
INSERT INTO public.due VALUES ('promotion:5:last_call', 1782133200000000);
INSERT INTO public.due VALUES ('promotion:5:end', 1782140400000000);
INSERT INTO public.due VALUES ('promotion:7:reminder', 1782385140000000);
INSERT INTO public.due VALUES ('promotion:7:last_call', 1782464340000000);
INSERT INTO public.due VALUES ('promotion:7:end', 1782471540000000);
INSERT INTO public.due VALUES ('promotion:8:reminder', 1782385320000000);
INSERT INTO public.due VALUES ('promotion:8:last_call', 1782464520000000);
INSERT INTO public.due VALUES ('promotion:8:end', 1782471720000000);
INSERT INTO public.due VALUES ('series:2', 1781503200000000);
INSERT INTO public.due VALUES ('series:3', 1782802800000000);
INSERT INTO public.due VALUES ('wallet:4:look', 1780963200000000);
INSERT INTO public.due VALUES ('wallet:2:look', 1780984800000000);
INSERT INTO public.due VALUES ('wallet:3:look', 1780984800000000);
INSERT INTO public.due VALUES ('wallet:7:look', 1780984800000000);
INSERT INTO public.due VALUES ('series:1', 1781503200000000);
INSERT INTO public.due VALUES ('progress:0tg3qlc2c4bf9', 1780916410000000);
INSERT INTO public.due VALUES ('wallet:9:look', 1781514000000000);
INSERT INTO public.due VALUES ('wallet:10:look', 1780995600000000);
INSERT INTO public.due VALUES ('wallet:5:look', 1780995600000000);
INSERT INTO public.due VALUES ('wallet:1:look', 1780995600000000);
INSERT INTO public.due VALUES ('wallet:6:look', 1780995600000000);
INSERT INTO public.due VALUES ('wallet:8:look', 1780995600000000);
INSERT INTO public.due VALUES ('promotion:3:end', 1780920000000000);
INSERT INTO public.due VALUES ('progress:0tgb7zc00fe9a', 1780916640000000);
INSERT INTO public.due VALUES ('progress:0tgb84c24a0cd', 1780916820000000);
INSERT INTO public.due VALUES ('progress:0tgb8ecc87d01', 1780917120000000);
INSERT INTO public.entry VALUES (1, 1, 1, 1749981660000000, 'grant', 20, '1749981660:telegram:with Fay:m1', '6d4745618c1fef6a', 1, '', '', NULL, 'c9e34bbfac49395b194619440075733f', 1);
INSERT INTO public.entry VALUES (2, 2, 1, 1780308060000000, 'grant', 20, '1780308060:telegram:with boss:m2', '837dbf4d06f39ae9', 2, '', '', NULL, 'ef2c706a5230fa67b3597aea3ffef093', 1);
INSERT INTO public.entry VALUES (3, 3, 1, 1780308240000000, 'grant', 20, '1780308240:telegram:with Ann:m5', '013b20b421a946c1', 3, '', '', NULL, '246dbb886e4bcd8aeb77994720980239', 1);
INSERT INTO public.entry VALUES (4, 4, 1, 1780308480000000, 'grant', 20, '1780308480:discord:with Bob:m9', '9b590fc13dfce07f', 4, '', '', NULL, 'a35d344b4b6c0803ce2b36c72f311d54', 1);
INSERT INTO public.entry VALUES (5, 5, 1, 1780308720000000, 'grant', 20, '1780308720:console:with Cleo:m13', '0a5205a118e45a16', 5, '', '', NULL, '24e4fb8b035adb51ed40d16f1f0bed0f', 1);
INSERT INTO public.entry VALUES (6, 6, 1, 1780308900000000, 'grant', 20, '1780308900:console:with Dora:m16', 'd11aa0d6ed383eed', 6, '', '', NULL, 'e9655c85bca2c72faf64e31bdd992807', 1);
INSERT INTO public.entry VALUES (7, 7, 1, 1780309020000000, 'grant', 200, '1780309020:telegram:Team:m18', 'd19d0d8c144e50c7', 7, '', '', NULL, 'bb4c7cd26bfc5672246e7061d5fdae4f', 1);
INSERT INTO public.entry VALUES (8, 8, 1, 1780309260000000, 'grant', 20, '1780309260:telegram:with Lea:m22', 'cae41812a2a535e2', 7, '', '', NULL, 'bf14918fcef490eb11b287a8661fb109', 1);
INSERT INTO public.entry VALUES (9, 3, 2, 1780309560000000, 'grant', 40, '1780309560:telegram:with Ann:m27', '52c009939e014061', 3, '', '', NULL, '32c543cd89fa520ff3600db3c2fcf847', 2);
INSERT INTO public.entry VALUES (10, 3, 3, 1780309620000000, 'purchase', 100, '1780309620:telegram:with Ann:m28', '1cf41cc306137356', 3, '', '', NULL, '4f90c37f4252bf58b55b531e3591935f', 3);
INSERT INTO public.entry VALUES (11, 3, 4, 1780309680000000, 'purchase', 120, '1780309680:telegram:with Ann:m29', 'ce8bc42d09e113d2', 3, '', '', NULL, 'b551281040ea46d4c763508509483fe8', 4);
INSERT INTO public.entry VALUES (12, 3, 5, 1780309740000000, 'grant', 160, '1780309740:telegram:with Ann:m30', '1c9fcdd6c9e2a294', 3, 'Python', '', NULL, '55e065eed99ac6e140e69f352f1c130d', 5);
INSERT INTO public.entry VALUES (13, 3, 6, 1780309800000000, 'grant', 170, '1780309800:telegram:with Ann:m31', '1d8dd998532dfb3c', 3, '', '', NULL, 'a4bc352e65d6881573f41eda99c24603', 6);
INSERT INTO public.entry VALUES (14, 3, 7, 1780309860000000, 'grant', 270, '1780309860:telegram:with Ann:m32', '962133146ddbecc5', 3, '', '', NULL, '142a69d449447f6c9514a67af4cbf099', 7);
INSERT INTO public.entry VALUES (15, 3, 8, 1780309920000000, 'grant', 275, '1780309920:telegram:with Ann:m33', '1b06e56f8f0c8a6b', 3, 'Survey', '', NULL, 'ab0b00a2f61b851f0c84fe41cfa925c7', 8);
INSERT INTO public.entry VALUES (16, 3, 9, 1780309980000000, 'adjustment', 273, '1780309980:telegram:with Ann:m34', '7123b6e82288cf9b', 3, 'as Upwork shows it', '', NULL, '232478ae46e68f2609d10c792b309e47', 9);
INSERT INTO public.entry VALUES (17, 3, 10, 1780310040000000, 'adjustment', 278, '1780310040:telegram:with Ann:m35', 'a841ef02d414cc42', 3, '', '', NULL, '16ee01872d6c3008a8e199d15dcee65c', 10);
INSERT INTO public.entry VALUES (18, 3, 11, 1780310100000000, 'spend', 262, '1780310100:telegram:with Ann:m36', '1499a13c8ecdf0f2', 3, 'Logo redesign', '', NULL, '475690047a7353dd68585cd83e8881a8', 11);
INSERT INTO public.entry VALUES (19, 3, 12, 1780310160000000, 'spend', 250, '1780310160:telegram:with Ann:m37', 'd5259bbdc0933b64', 3, 'Web shop', '~022010000000000000000', NULL, 'f01acf79186dfb628d0e6dc9fbe47f4b', 12);
INSERT INTO public.entry VALUES (20, 3, 13, 1780310220000000, 'spend', 246, '1780310220:telegram:with Ann:m38', '6a4bd81542504066', 3, 'Logo redesign', '', NULL, '3e90658a30c981463d83364b4c599cdd', 13);
INSERT INTO public.entry VALUES (21, 3, 14, 1780310280000000, 'spend', 244, '1780310280:telegram:with Ann:m39', '4d061e7f7d0da36f', 3, 'The whole of a very long title, which no button can carry by itself', '', NULL, 'e854d1c30b5fd28e29d63aa9105bc4f2', 14);
INSERT INTO public.entry VALUES (22, 3, 15, 1780310340000000, 'return', 250, '1780310340:telegram:with Ann:m40', '741b7f37d2391675', 3, '', '', 12, '0223cbb38c3254e9e76ba4c3b9e05bee', 15);
INSERT INTO public.entry VALUES (23, 3, 16, 1780310400000000, 'return', 266, '1780310400:telegram:with Ann:m41', '7f9298e132fe3c5c', 3, '', '', 11, 'cd6a3ca66719b98a9f6f26a560df99b9', 16);
INSERT INTO public.entry VALUES (24, 3, 17, 1780310460000000, 'undo', 250, '1780310460:telegram:with Ann:m42', 'b1ce2bd376b14481', 3, '', '', 16, 'e99329b824730825fc82ba78fa12767f', 17);
INSERT INTO public.entry VALUES (25, 3, 18, 1780310520000000, 'spend', 241, '1780310520:telegram:with Ann:m43', 'bffa1457c87d1627', 3, '', '', NULL, '63383a1b9c8b42c34ed1327948a93317', 18);
INSERT INTO public.entry VALUES (26, 3, 19, 1780310580000000, 'undo', 250, '1780310580:telegram:with Ann:m44', 'b1ce2bd376b14481', 3, '', '', 18, '738f4a9daa938fe0145765ee9a92fe83', 19);
INSERT INTO public.entry VALUES (27, 4, 2, 1780310640000000, 'purchase', 50, '1780310640:discord:with Bob:m45', '6549a9d0bf63e5a9', 4, '', '', NULL, 'dd9de23a114cdb3a76b9052cee51eea7', 2);
INSERT INTO public.entry VALUES (28, 5, 2, 1780310700000000, 'grant', 25, '1780310700:console:with Cleo:m46', '557617f8dc367b83', 5, '', '', NULL, '49ecd7aefea663c953b83ec101152074', 2);
INSERT INTO public.entry VALUES (29, 5, 3, 1780310760000000, 'spend', 24, '1780310760:console:with Cleo:m47', '4fbb7bd2d6a319f5', 5, '', '', NULL, '4836ac1a34d47abfd167faf8ead6f18c', 3);
INSERT INTO public.entry VALUES (30, 1, 2, 1780310820000000, 'spend', 2, '1780310820:telegram:with Fay:m48', '9f8530a92dcf542a', 1, 'Nearly all', '', NULL, 'b4ead2678b0e693048d967a429269949', 2);
INSERT INTO public.entry VALUES (31, 3, 20, 1780312104000000, 'grant', 280, '1780310880:claim:1:3', '6dd8eab13c066ddf', 3, 'Summer', '', NULL, '9564acde09c79d85b0788e1a0c452d53', 20);
INSERT INTO public.entry VALUES (32, 6, 2, 1780312164000000, 'spend', 0, '1780312164:console:with Dora:m70', '64c722db7a74d2c7', 6, 'Everything', '', NULL, 'ae01d487dedcb9165d423b4f13c0380b', 2);
INSERT INTO public.entry VALUES (33, 6, 3, 1780312224000000, 'grant', 30, '1780310880:claim:1:6', '7b24d0ca4fbf3cfe', 6, 'Summer', '', NULL, 'b64931f62c2803c4e359ab4d2a54e628', 3);
INSERT INTO public.entry VALUES (34, 6, 4, 1780312284000000, 'spend', 25, '1780312284:console:with Dora:m72', '4aa9875c15f01d8b', 6, 'Early bird', '', NULL, '0db46103c83f85151c020920398862ac', 4);
INSERT INTO public.entry VALUES (35, 10, 1, 1780312644000000, 'grant', 20, '1780312644:discord:with Gus:m78', 'c6e4aedc48b0c4b9', 8, '', '', NULL, 'd8dd681cf0672fccc33ab59f6b030974', 1);
INSERT INTO public.entry VALUES (36, 4, 3, 1780313424000000, 'grant', 70, '1780311000:claim:2:4', '4405349cfcd6c3d9', 4, 'Case studies', '', NULL, '11f15fa83ceadd6be1482270fa5d053b', 3);
INSERT INTO public.entry VALUES (37, 8, 2, 1780313484000000, 'grant', 40, '1780311000:claim:2:7', '541d6fc9991cd888', 7, 'Case studies', '', NULL, 'f40f4ef4ec1fb908aff5232ae02f8344', 2);
INSERT INTO public.entry VALUES (38, 4, 4, 1781344860000000, 'expiry', 50, '1781344860:discord:with Bob:m105+expiry', '6f88bf01b24c61ac', 4, '', '', NULL, '106d40ed882de0a8dd4f270fd7e70e8a', 4);
INSERT INTO public.entry VALUES (39, 4, 5, 1781344860000000, 'spend', 49, '1781344860:discord:with Bob:m105', '6f88bf01b24c61ac', 4, 'By a clock that was wrong', '', NULL, '0d5a7c1913c345b8f3ee827dfb71bdeb', 4);
INSERT INTO public.entry VALUES (40, 3, 21, 1780567200000000, 'expiry', 250, '1780567200:expire:3', '799246a0ef0890cc', NULL, '', '', NULL, '8b7e9719594234d023ffb52fb3641fe5', 21);
INSERT INTO public.entry VALUES (41, 6, 5, 1780567200000000, 'expiry', 0, '1780567200:expire:6', '8a7b68d3f2f631e6', NULL, '', '', NULL, '6bfaefa0a3152c25ed6cab1c08eaded7', 5);
INSERT INTO public.entry VALUES (42, 5, 4, 1780567200000000, 'grant', 74, '1780311120:claim:3:5', '925734efdfdc189d', 5, 'First draw', '', NULL, '64b9f2bd2474e12e620899ba39873674', 4);
INSERT INTO public.entry VALUES (43, 6, 6, 1780567260000000, 'return', 5, '1780567260:console:with Dora:m106', '52981d8205a36f07', 6, '', '', 4, '212a43f8b828c7dd97ae50b2b05161f7', 6);
INSERT INTO public.entry VALUES (44, 1, 3, 1780567320000000, 'grant', 32, '1780310880:claim:1:1', 'f4ab3440dbf4c378', 1, 'Summer', '', NULL, 'ac184c71afbf68e61dc5c86ff39702af', 3);
INSERT INTO public.entry VALUES (45, 1, 4, 1780900200000000, 'expiry', 2, '1780900200:expire:1', 'ff840289ae04cd51', NULL, '', '', NULL, 'c41d09d281f2eecbc125f9d419733920', 4);
INSERT INTO public.entry VALUES (46, 6, 7, 1780916400000000, 'grant', 15, '1780311960:claim:9:6', 'ef978679512a731f', 6, 'Third draw', '', NULL, 'c40e822112a222ff5b414cc002524a8c', 7);
INSERT INTO public.entry VALUES (47, 3, 22, 1780916880000000, 'spend', 20, '1780916880:telegram:with Ann:m116', '1298b56142d1f226', 3, 'A long tender', '', NULL, '0df1332fb801ee60185360cea9b8dc15', 22);
INSERT INTO public.entry VALUES (48, 7, 2, 1780916940000000, 'spend', 130, '1780916940:telegram:Team:m117', '3c8f5e571c37ff28', 3, 'Tender for a shop', '', NULL, 'eb133afd2b9a81eb990ac40ff4d22e05', 2);
INSERT INTO public.entry VALUES (49, 10, 2, 1780917304000000, 'grant', 40, '1780311000:claim:2:8', '886ff65f3b75ea21', 8, 'Case studies', '', NULL, '5f4e8b960ca609c2f1adc90ce90daa69', 2);
INSERT INTO public.entry VALUES (50, 5, 5, 1780917424000000, 'spend', 72, '1780917424:console:with Cleo:m125', 'b894b78653a29eb7', 5, 'Mobile app', '', NULL, 'ac4a16ce5853acb4b61102ec98ce9391', 5);
INSERT INTO public.entry VALUES (51, 5, 6, 1780917484000000, 'undo', 74, '1780917424:console:with Cleo:0tgb8ogd09615:cleo:undo 5', '808db657d41c9b5d', 5, '', '', 5, '1fabc295c82b43082353d6fa23fa1872', 6);
INSERT INTO public.entry VALUES (52, 5, 7, 1780917544000000, 'spend', 70, '1780917544:console:with Cleo:m127', '6e281c3af20c875b', 5, 'Web shop', '', NULL, 'a8713c6ce64d286b798d00a35c68f710', 7);
INSERT INTO public.identity VALUES ('telegram', '1006', 1);
INSERT INTO public.identity VALUES ('telegram', '1', 2);
INSERT INTO public.identity VALUES ('telegram', '1001', 3);
INSERT INTO public.identity VALUES ('discord', '2002', 4);
INSERT INTO public.identity VALUES ('console', 'cleo', 5);
INSERT INTO public.identity VALUES ('console', 'dora', 6);
INSERT INTO public.identity VALUES ('telegram', '1003', 7);
INSERT INTO public.identity VALUES ('discord', '2004', 8);
INSERT INTO public.lot VALUES (2, 1, 'welcome', 1780308060000000, 1811844060000000, 20, 20, true, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.lot VALUES (8, 1, 'welcome', 1780309260000000, 1811845260000000, 20, 20, true, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.lot VALUES (3, 1, 'welcome', 1780308240000000, 1811844240000000, 0, 0, false, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.lot VALUES (3, 8, 'reward', 1780309920000000, 1811845920000000, 5, 5, true, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.lot VALUES (3, 9, 'adjustment', 1780310040000000, 1811846040000000, 5, 5, true, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.lot VALUES (4, 2, 'purchase', 1780310640000000, 1811846640000000, 30, 30, true, 'USD', 450, 0, 450, 0);
INSERT INTO public.lot VALUES (5, 2, 'feedback', 1780310700000000, 1811846700000000, 5, 5, true, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.lot VALUES (1, 1, 'welcome', 1749981660000000, 1781517660000000, 20, 2, true, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.lot VALUES (6, 1, 'welcome', 1780308900000000, 1811844900000000, 20, 0, false, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.lot VALUES (10, 1, 'welcome', 1780312644000000, 1811848644000000, 20, 20, true, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.lot VALUES (8, 2, 'promotion', 1780313484000000, 1781091084000000, 20, 20, true, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.lot VALUES (4, 1, 'welcome', 1780308480000000, 1811844480000000, 20, 19, true, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.lot VALUES (4, 3, 'promotion', 1780313424000000, 1781091024000000, 20, 0, false, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.lot VALUES (3, 10, 'promotion', 1780312104000000, 1780484904000000, 30, 0, false, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.lot VALUES (5, 3, 'promotion', 1780567200000000, 1812103200000000, 50, 50, true, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.lot VALUES (6, 3, 'return', 1780567260000000, 1812103260000000, 5, 5, true, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.lot VALUES (6, 2, 'promotion', 1780312224000000, 1780485024000000, 30, 0, false, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.lot VALUES (1, 2, 'promotion', 1780567320000000, 1780740120000000, 30, 0, false, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.lot VALUES (6, 4, 'promotion', 1780916400000000, 1812452400000000, 10, 10, true, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.lot VALUES (3, 7, 'monthly', 1780309860000000, 1811845860000000, 100, 10, true, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.lot VALUES (3, 2, 'opening', 1780309560000000, 1811845560000000, 40, 0, false, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.lot VALUES (3, 3, 'purchase', 1780309620000000, 1811845620000000, 60, 0, false, 'USD', 900, 180, 0, 0);
INSERT INTO public.lot VALUES (3, 4, 'purchase', 1780309680000000, 1811845680000000, 20, 0, false, 'EUR', 400, 100, 0, 0);
INSERT INTO public.lot VALUES (3, 5, 'assessment', 1780309740000000, 1811845740000000, 40, 0, false, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.lot VALUES (3, 6, 'interview', 1780309800000000, 1811845800000000, 10, 0, false, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.lot VALUES (7, 1, 'opening', 1780309020000000, 1811845020000000, 200, 130, true, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.lot VALUES (10, 2, 'promotion', 1780917304000000, 1781694904000000, 20, 20, true, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.lot VALUES (5, 1, 'welcome', 1780308720000000, 1811844720000000, 20, 15, true, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.mark VALUES ('welcome:1', 1, 1);
INSERT INTO public.mark VALUES ('welcome:2', 2, 1);
INSERT INTO public.mark VALUES ('welcome:3', 3, 1);
INSERT INTO public.mark VALUES ('welcome:4', 4, 1);
INSERT INTO public.mark VALUES ('welcome:5', 5, 1);
INSERT INTO public.mark VALUES ('welcome:6', 6, 1);
INSERT INTO public.mark VALUES ('welcome:7', 8, 1);
INSERT INTO public.mark VALUES ('assessment:3:python', 3, 5);
INSERT INTO public.mark VALUES ('monthly:3:2026-06', 3, 7);
INSERT INTO public.mark VALUES ('promotion:1:3', 3, 20);
INSERT INTO public.mark VALUES ('promotion:1:6', 6, 3);
INSERT INTO public.mark VALUES ('welcome:8', 10, 1);
INSERT INTO public.mark VALUES ('promotion:2:4', 4, 3);
INSERT INTO public.mark VALUES ('promotion:2:7', 8, 2);
INSERT INTO public.mark VALUES ('promotion:3:5', 5, 4);
INSERT INTO public.mark VALUES ('promotion:1:1', 1, 3);
INSERT INTO public.mark VALUES ('promotion:9:6', 6, 7);
INSERT INTO public.mark VALUES ('promotion:2:8', 10, 2);
INSERT INTO public.note VALUES ('greeted:telegram:Team', '', 1788084000000000);
INSERT INTO public.note VALUES ('greeted:discord:Guild', '', 1788084000000000);
INSERT INTO public.note VALUES ('greeted:console:#den', '', 1788084000000000);
INSERT INTO public.note VALUES ('announcement:0tg3qlc2c4bf9', '{"text":"Hello everybody","audience":{"platforms":[],"locales":[],"tags":[]}}', 1788343392000000);
INSERT INTO public.note VALUES ('announcement:series-1-202606080600', '{"text":"Weekly tips","audience":{"platforms":[],"locales":[],"tags":[]}}', 1788676200000000);
INSERT INTO public.note VALUES ('series:1:past', '[["2026-06-08T06:00:00+00:00","series-1-202606080600"]]', 1788676200000000);
INSERT INTO public.note VALUES ('job:sweep', '{"began":"2026-06-08T11:00:00+00:00","took":0.0,"number":0,"error":"","fault":"","failed":0}', NULL);
INSERT INTO public.note VALUES ('job:forget', '{"began":"2026-06-08T11:00:00+00:00","took":0.0,"number":null,"error":"","fault":"","failed":0}', NULL);
INSERT INTO public.note VALUES ('watch:expiring', '2026-06-08T11:00:00+00:00', 1815476400000000);
INSERT INTO public.note VALUES ('job:expiring', '{"began":"2026-06-08T11:00:00+00:00","took":0.0,"number":1,"error":"","fault":"","failed":0}', NULL);
INSERT INTO public.note VALUES ('job:due', '{"began":"2026-06-08T11:00:00+00:00","took":0.0,"number":11,"error":"","fault":"","failed":0}', NULL);
INSERT INTO public.note VALUES ('job:tidy', '{"began":"2026-06-08T11:00:00+00:00","took":0.0,"number":null,"error":"","fault":"","failed":0}', NULL);
INSERT INTO public.note VALUES ('alarm', '{"platform:discord":"2026-06-08T11:01:00+00:00"}', NULL);
INSERT INTO public.note VALUES ('announcement:0tgb7zc00fe9a', '{"text":"Stopped","audience":{"platforms":[],"locales":[],"tags":[]}}', 1788692520000000);
INSERT INTO public.note VALUES ('announcement:0tgb84c24a0cd', '{"text":"Held","audience":{"platforms":[],"locales":[],"tags":[]}}', 1788692700000000);
INSERT INTO public.note VALUES ('announcement:0tgb8ecc87d01', '{"text":"Waits","audience":{"platforms":[],"locales":[],"tags":[]}}', 1788693060000000);
INSERT INTO public.note VALUES ('ask:telegram:with Ann:telegram:1001', '{"token":"0tgb8ms0e730b","wanted":{"command":"spend","words":{"title":"?","connects":"3","purpose":"proposal"}},"option":"title","heard":{"1780917364:telegram:with Ann:m124":{"command":"spend","words":{"title":"?","connects":"3","purpose":"proposal"}}}}', 1780918264000000);
INSERT INTO public.note VALUES ('press:0tgb8ms0e730b:2', '?The whole of a very long title, which no button can carry by itself', 1788693364000000);
INSERT INTO public.note VALUES ('announcement:0tgb91sbe2f7d', '{"text":"Not sent","audience":{"platforms":[],"locales":[],"tags":[]}}', 1788693904000000);
INSERT INTO public.note VALUES ('ask:telegram:with boss:telegram:1', '{"token":"0tgb93g35a123","wanted":{"command":"promo","words":{"do":"cancel","number":"7"}},"option":"sure","heard":{"1780917964:telegram:with boss:m134":{"command":"promo","words":{"do":"cancel","number":"7"}}}}', 1780918864000000);
INSERT INTO public.note VALUES ('ask:console:with Cleo:console:cleo', '{"token":"0tgb954168583","wanted":{"command":"spend","words":{}},"option":"connects","heard":{"1780918024:console:with Cleo:m135":{"command":"spend","words":{}}}}', 1780918924000000);
INSERT INTO public.notice VALUES ('promotion:1:start', 'promotion', '{"number":1,"title":"Summer","text":"For all who bid","gives":30,"ends":"2026-06-21T10:48:00+00:00","winners":0,"hash":"","coded":"yes","approval":"no","moment":"start"}', NULL, false, true, 1780312020000000, 'promotion:1');
INSERT INTO public.notice VALUES ('promotion:2:start', 'promotion', '{"number":2,"title":"Case studies","text":"Tell us of your best project","gives":20,"ends":"2026-06-19T10:50:00+00:00","winners":0,"hash":"","coded":"no","approval":"yes","moment":"start"}', NULL, false, true, 1780312020000000, 'promotion:2');
INSERT INTO public.notice VALUES ('promotion:3:start', 'promotion', '{"number":3,"title":"First draw","text":"Show your best work","gives":50,"ends":"2026-06-03T10:52:00+00:00","winners":2,"hash":"19d8d35c06ab2cb2ae937b5b8dd4c8570a15280b813e6f0c534b258c9954c7c6","coded":"no","approval":"no","moment":"start"}', NULL, false, true, 1780312020000000, 'promotion:3');
INSERT INTO public.notice VALUES ('promotion:4:start', 'promotion', '{"number":4,"title":"Second draw","text":"Show it again","gives":40,"ends":"2026-06-09T10:54:00+00:00","winners":1,"hash":"a20248c7f641bea3ab7e1640ea5ac3a6b69d2d209ccc6df16e9677f0069b35dc","coded":"no","approval":"no","moment":"start"}', NULL, false, true, 1780312020000000, 'promotion:4');
INSERT INTO public.notice VALUES ('promotion:5:start', 'promotion', '{"number":5,"title":"Open bonus","text":"For everybody","gives":15,"ends":"2026-06-22T15:00:00+00:00","winners":0,"hash":"","coded":"no","approval":"no","moment":"start"}', NULL, false, true, 1780312020000000, 'promotion:5');
INSERT INTO public.notice VALUES ('promotion:9:start', 'promotion', '{"number":9,"title":"Third draw","text":"And again","gives":10,"ends":"2026-06-08T09:00:00+00:00","winners":1,"hash":"506983636c6c2846e4578eedf8d655610ed0c625340c7b7b733460429b066871","coded":"no","approval":"no","moment":"start"}', NULL, false, true, 1780312020000000, 'promotion:9');
INSERT INTO public.notice VALUES ('promotion:2:refused:5', 'promotion-refused', '{"title":"Case studies","gives":20}', 5, false, false, 1780312824000000, '');
INSERT INTO public.notice VALUES ('promotion:2:approved:4', 'promotion-approved', '{"title":"Case studies","gives":20}', 4, false, false, 1780313424000000, '');
INSERT INTO public.notice VALUES ('promotion:2:approved:8', 'promotion-approved', '{"title":"Case studies","gives":20}', 8, false, false, 1780313484000000, '');
INSERT INTO public.notice VALUES ('expired:4:4', 'expired', '{"connects":20,"expired":"2026-06-13T10:01:00+00:00","left":49}', 4, false, false, 1781344860000000, '');
INSERT INTO public.notice VALUES ('expired:3:21', 'expired', '{"connects":30,"expired":"2026-06-04T10:00:00+00:00","left":250}', 3, false, false, 1780567200000000, '');
INSERT INTO public.notice VALUES ('expired:6:5', 'expired', '{"connects":25,"expired":"2026-06-04T10:00:00+00:00","left":0}', 6, false, false, 1780567200000000, '');
INSERT INTO public.notice VALUES ('expiring:1:1:14', 'expiring', '{"connects":2,"days":14,"expires":"2026-06-15T10:01:00+00:00"}', 1, false, false, 1780567200000000, '');
INSERT INTO public.notice VALUES ('expiring:8:2:7', 'expiring', '{"connects":20,"days":7,"expires":"2026-06-10T11:31:24+00:00"}', 8, false, false, 1780567200000000, '');
INSERT INTO public.notice VALUES ('runway:1:first', 'runway', '{"connects":2,"mark":7,"usual":642,"slow":0,"fast":2571,"needed":7}', 1, false, false, 1780567200000000, '');
INSERT INTO public.notice VALUES ('promotion:3:end', 'promotion-drawn', '{"title":"First draw","entries":4,"winners":"#3 Cleo, #2 Bob","seed":"00000000000000000000000000000003","hash":"19d8d35c06ab2cb2ae937b5b8dd4c8570a15280b813e6f0c534b258c9954c7c6"}', NULL, false, true, 1780567200000000, 'promotion:3');
INSERT INTO public.notice VALUES ('promotion:3:won:5', 'promotion-won', '{"title":"First draw","gives":50}', 5, false, false, 1780567200000000, '');
INSERT INTO public.notice VALUES ('announcement:0tg3qlc2c4bf9', 'announcement', '{"text":"Hello everybody"}', NULL, false, true, 1780567452000000, 'announcement:0tg3qlc2c4bf9');
INSERT INTO public.notice VALUES ('progress:0tg3qlc2c4bf9', 'progress', '{"id":"0tg3qlc2c4bf9","text":"Hello everybody","tally":"[[\"console\", \"pending\", 1], [\"discord\", \"pending\", 2], [\"telegram\", \"pending\", 2]]"}', NULL, true, false, 1780567452000000, '');
INSERT INTO public.notice VALUES ('expired:1:4', 'expired', '{"connects":30,"expired":"2026-06-08T06:30:00+00:00","left":2}', 1, false, false, 1780900200000000, '');
INSERT INTO public.notice VALUES ('digest:4:2026-06-08', 'digest', '{"from":"2026-06-01","until":"2026-06-07","bought":30,"earned":40,"paid-net":450,"paid-currency":"USD","connects":49}', 4, false, false, 1780900200000000, '');
INSERT INTO public.notice VALUES ('missing:2:2026-06-05', 'missing', '{"connects":10,"due":"2026-06-05","when":"past"}', 2, false, false, 1780900200000000, '');
INSERT INTO public.notice VALUES ('digest:2:2026-06-08', 'digest', '{"from":"2026-06-01","until":"2026-06-07","earned":20,"connects":20}', 2, false, false, 1780900200000000, '');
INSERT INTO public.notice VALUES ('digest:3:2026-06-08', 'digest', '{"from":"2026-06-01","until":"2026-06-07","spent-proposal":28,"spent-boost":4,"spent-other":2,"returned":6,"bought":80,"earned":185,"expired":30,"proposals":2,"interviews":1,"connects":250}', 3, false, false, 1780900200000000, '');
INSERT INTO public.notice VALUES ('digest:7:2026-06-08', 'digest', '{"from":"2026-06-01","until":"2026-06-07","connects":200}', 7, false, false, 1780900200000000, '');
INSERT INTO public.notice VALUES ('promotion-ending:8:2', 'promotion-ending', '{"lot":2,"connects":20,"expires":"2026-06-10T11:31:24+00:00","title":"Case studies"}', 8, false, false, 1780900200000000, '');
INSERT INTO public.notice VALUES ('promotion:9:eve:6', 'promotion-eve', '{"title":"Third draw","entry":2,"ends":"2026-06-08T09:00:00+00:00"}', 6, false, false, 1780900200000000, 'promotion:9');
INSERT INTO public.notice VALUES ('promotion:9:reminder', 'promotion', '{"number":9,"title":"Third draw","text":"And again","gives":10,"ends":"2026-06-08T09:00:00+00:00","winners":1,"hash":"506983636c6c2846e4578eedf8d655610ed0c625340c7b7b733460429b066871","coded":"no","approval":"no","moment":"reminder"}', NULL, false, true, 1780900200000000, 'promotion:9');
INSERT INTO public.notice VALUES ('announcement:series-1-202606080600', 'announcement', '{"text":"Weekly tips"}', NULL, false, true, 1780900200000000, 'announcement:series-1-202606080600');
INSERT INTO public.notice VALUES ('expiring:1:1:7', 'expiring', '{"connects":2,"days":7,"expires":"2026-06-15T10:01:00+00:00"}', 1, false, false, 1780916400000000, '');
INSERT INTO public.notice VALUES ('digest:10:2026-06-08', 'digest', '{"from":"2026-06-01","until":"2026-06-07","earned":20,"connects":20}', 10, false, false, 1780916400000000, '');
INSERT INTO public.notice VALUES ('monthly:1:2026-06-08', 'monthly', '{"connects":100,"due":"2026-06-08","when":"today"}', 1, false, false, 1780916400000000, '');
INSERT INTO public.notice VALUES ('digest:1:2026-06-08', 'digest', '{"from":"2026-06-01","until":"2026-06-07","spent-proposal":18,"earned":30,"proposals":1,"connects":2,"usual":642,"slow":0,"fast":2571,"soon":2,"first":"2026-06-15T10:01:00+00:00"}', 1, false, false, 1780916400000000, '');
INSERT INTO public.notice VALUES ('runway:6:first', 'runway', '{"connects":5,"mark":7,"usual":2844,"slow":2844,"fast":2844,"needed":30}', 6, false, false, 1780916400000000, '');
INSERT INTO public.notice VALUES ('digest:6:2026-06-08', 'digest', '{"from":"2026-06-01","until":"2026-06-07","spent-proposal":25,"returned":5,"earned":50,"expired":25,"proposals":2,"connects":5,"usual":2844,"slow":2844,"fast":2844}', 6, false, false, 1780916400000000, '');
INSERT INTO public.notice VALUES ('digest:8:2026-06-08', 'digest', '{"from":"2026-06-01","until":"2026-06-07","earned":40,"connects":40,"soon":20,"first":"2026-06-10T11:31:24+00:00"}', 8, false, false, 1780916400000000, '');
INSERT INTO public.notice VALUES ('promotion:4:eve:6', 'promotion-eve', '{"title":"Second draw","entry":2,"ends":"2026-06-09T10:54:00+00:00"}', 6, false, false, 1780916400000000, 'promotion:4');
INSERT INTO public.notice VALUES ('promotion:4:reminder', 'promotion', '{"number":4,"title":"Second draw","text":"Show it again","gives":40,"ends":"2026-06-09T10:54:00+00:00","winners":1,"hash":"a20248c7f641bea3ab7e1640ea5ac3a6b69d2d209ccc6df16e9677f0069b35dc","coded":"no","approval":"no","moment":"reminder"}', NULL, false, true, 1780916400000000, 'promotion:4');
INSERT INTO public.notice VALUES ('promotion:9:end', 'promotion-drawn', '{"title":"Third draw","entries":2,"winners":"#2 Dora","seed":"00000000000000000000000000000009","hash":"506983636c6c2846e4578eedf8d655610ed0c625340c7b7b733460429b066871"}', NULL, false, true, 1780916400000000, 'promotion:9');
INSERT INTO public.notice VALUES ('promotion:9:won:6', 'promotion-won', '{"title":"Third draw","gives":10}', 6, false, false, 1780916400000000, '');
INSERT INTO public.notice VALUES ('alarm:due:series:9:2026-06-08', 'alarm', '{"about":"due","name":"series:9","kind":"ValueError","times":3}', NULL, true, false, 1780916400000000, '');
INSERT INTO public.notice VALUES ('alarm:platform:discord:2026-06-08', 'alarm', '{"about":"platform","name":"discord"}', NULL, true, false, 1780916400000000, '');
INSERT INTO public.notice VALUES ('alarm-over:due:series:9:2026-06-08', 'alarm-over', '{"about":"due","name":"series:9"}', NULL, true, false, 1780916460000000, '');
INSERT INTO public.notice VALUES ('announcement:0tgb7zc00fe9a', 'announcement', '{"text":"Stopped"}', NULL, false, true, 1780916580000000, 'announcement:0tgb7zc00fe9a');
INSERT INTO public.notice VALUES ('progress:0tgb7zc00fe9a', 'progress', '{"id":"0tgb7zc00fe9a","text":"Stopped","tally":"[[\"console\", \"pending\", 1], [\"discord\", \"pending\", 1], [\"telegram\", \"pending\", 2]]"}', NULL, true, false, 1780916580000000, '');
INSERT INTO public.notice VALUES ('announcement:0tgb84c24a0cd', 'announcement', '{"text":"Held"}', NULL, false, true, 1780916760000000, 'announcement:0tgb84c24a0cd');
INSERT INTO public.notice VALUES ('progress:0tgb84c24a0cd', 'progress', '{"id":"0tgb84c24a0cd","text":"Held","tally":"[[\"console\", \"pending\", 1], [\"discord\", \"pending\", 1], [\"telegram\", \"pending\", 2]]"}', NULL, true, false, 1780916760000000, '');
INSERT INTO public.notice VALUES ('low:3:22', 'low', '{"connects":20,"threshold":30}', 3, false, false, 1780916880000000, 'low:3');
INSERT INTO public.notice VALUES ('low:7:2', 'low', '{"connects":130,"threshold":150}', 7, false, false, 1780916940000000, 'low:7');
INSERT INTO public.notice VALUES ('budget:7:2026-06:80:80', 'budget', '{"spent":70,"limit":80,"mark":80}', 7, false, false, 1780916940000000, 'budget:7');
INSERT INTO public.notice VALUES ('test:1780917000:console:with Dora:m118', 'test', '{}', 6, true, false, 1780917000000000, '');
INSERT INTO public.notice VALUES ('announcement:0tgb8ecc87d01', 'announcement', '{"text":"Waits"}', NULL, false, true, 1780917120000000, 'announcement:0tgb8ecc87d01');
INSERT INTO public.notice VALUES ('progress:0tgb8ecc87d01', 'progress', '{"id":"0tgb8ecc87d01","text":"Waits","tally":"[[\"console\", \"pending\", 1], [\"discord\", \"pending\", 1], [\"telegram\", \"pending\", 2]]"}', NULL, true, false, 1780917120000000, '');
INSERT INTO public.notice VALUES ('promotion:2:refused:3', 'promotion-refused', '{"title":"Case studies","gives":20}', 3, false, false, 1780917244000000, '');
INSERT INTO public.notice VALUES ('promotion:2:approved:10', 'promotion-approved', '{"title":"Case studies","gives":20}', 10, false, false, 1780917304000000, '');
INSERT INTO public.notice VALUES ('announcement:0tgb91sbe2f7d', 'announcement', '{"text":"Not sent"}', NULL, false, true, 1780918024000000, 'announcement:0tgb91sbe2f7d');
INSERT INTO public.person VALUES (1, 'Fay');
INSERT INTO public.person VALUES (2, 'boss');
INSERT INTO public.person VALUES (3, 'Ann');
INSERT INTO public.person VALUES (4, 'Bob');
INSERT INTO public.person VALUES (5, 'Cleo');
INSERT INTO public.person VALUES (6, 'Dora');
INSERT INTO public.person VALUES (7, 'Lea');
INSERT INTO public.person VALUES (8, 'Gus');
INSERT INTO public.posting VALUES (1, 0, 'wallet:1', 20, 1, NULL, NULL, NULL);
INSERT INTO public.posting VALUES (1, 1, 'income:welcome', -20, 1, NULL, NULL, NULL);
INSERT INTO public.posting VALUES (2, 0, 'wallet:2', 20, 1, NULL, NULL, NULL);
INSERT INTO public.posting VALUES (2, 1, 'income:welcome', -20, 1, NULL, NULL, NULL);
INSERT INTO public.posting VALUES (3, 0, 'wallet:3', 20, 1, NULL, NULL, NULL);
INSERT INTO public.posting VALUES (3, 1, 'income:welcome', -20, 1, NULL, NULL, NULL);
INSERT INTO public.posting VALUES (4, 0, 'wallet:4', 20, 1, NULL, NULL, NULL);
INSERT INTO public.posting VALUES (4, 1, 'income:welcome', -20, 1, NULL, NULL, NULL);
INSERT INTO public.posting VALUES (5, 0, 'wallet:5', 20, 1, NULL, NULL, NULL);
INSERT INTO public.posting VALUES (5, 1, 'income:welcome', -20, 1, NULL, NULL, NULL);
INSERT INTO public.posting VALUES (6, 0, 'wallet:6', 20, 1, NULL, NULL, NULL);
INSERT INTO public.posting VALUES (6, 1, 'income:welcome', -20, 1, NULL, NULL, NULL);
INSERT INTO public.posting VALUES (7, 0, 'wallet:7', 200, 1, NULL, NULL, NULL);
INSERT INTO public.posting VALUES (7, 1, 'income:opening', -200, 1, NULL, NULL, NULL);
INSERT INTO public.posting VALUES (8, 0, 'wallet:8', 20, 1, NULL, NULL, NULL);
INSERT INTO public.posting VALUES (8, 1, 'income:welcome', -20, 1, NULL, NULL, NULL);
INSERT INTO public.posting VALUES (9, 0, 'wallet:3', -20, 1, NULL, NULL, NULL);
INSERT INTO public.posting VALUES (9, 1, 'income:welcome', 20, 1, NULL, NULL, NULL);
INSERT INTO public.posting VALUES (9, 2, 'wallet:3', 40, 2, NULL, NULL, NULL);
INSERT INTO public.posting VALUES (9, 3, 'income:opening', -40, 2, NULL, NULL, NULL);
INSERT INTO public.posting VALUES (10, 0, 'wallet:3', 60, 3, 900, 180, 'USD');
INSERT INTO public.posting VALUES (10, 1, 'income:purchase', -60, 3, -900, -180, 'USD');
INSERT INTO public.posting VALUES (11, 0, 'wallet:3', 20, 4, 400, 100, 'EUR');
INSERT INTO public.posting VALUES (11, 1, 'income:purchase', -20, 4, -400, -100, 'EUR');
INSERT INTO public.posting VALUES (12, 0, 'wallet:3', 40, 5, NULL, NULL, NULL);
INSERT INTO public.posting VALUES (12, 1, 'income:assessment', -40, 5, NULL, NULL, NULL);
INSERT INTO public.posting VALUES (13, 0, 'wallet:3', 10, 6, NULL, NULL, NULL);
INSERT INTO public.posting VALUES (13, 1, 'income:interview', -10, 6, NULL, NULL, NULL);
INSERT INTO public.posting VALUES (14, 0, 'wallet:3', 100, 7, NULL, NULL, NULL);
INSERT INTO public.posting VALUES (14, 1, 'income:monthly', -100, 7, NULL, NULL, NULL);
INSERT INTO public.posting VALUES (15, 0, 'wallet:3', 5, 8, NULL, NULL, NULL);
INSERT INTO public.posting VALUES (15, 1, 'income:reward', -5, 8, NULL, NULL, NULL);
INSERT INTO public.posting VALUES (16, 0, 'wallet:3', -2, 2, NULL, NULL, NULL);
INSERT INTO public.posting VALUES (16, 1, 'expense:adjustment', 2, 2, NULL, NULL, NULL);
INSERT INTO public.posting VALUES (17, 0, 'wallet:3', 5, 9, NULL, NULL, NULL);
INSERT INTO public.posting VALUES (17, 1, 'income:adjustment', -5, 9, NULL, NULL, NULL);
INSERT INTO public.posting VALUES (18, 0, 'wallet:3', -16, 2, NULL, NULL, NULL);
INSERT INTO public.posting VALUES (18, 1, 'expense:proposal', 16, 2, NULL, NULL, NULL);
INSERT INTO public.posting VALUES (19, 0, 'wallet:3', -12, 2, NULL, NULL, NULL);
INSERT INTO public.posting VALUES (19, 1, 'expense:proposal', 12, 2, NULL, NULL, NULL);
INSERT INTO public.posting VALUES (20, 0, 'wallet:3', -4, 2, NULL, NULL, NULL);
INSERT INTO public.posting VALUES (20, 1, 'expense:boost', 4, 2, NULL, NULL, NULL);
INSERT INTO public.posting VALUES (21, 0, 'wallet:3', -2, 2, NULL, NULL, NULL);
INSERT INTO public.posting VALUES (21, 1, 'expense:other', 2, 2, NULL, NULL, NULL);
INSERT INTO public.posting VALUES (22, 0, 'wallet:3', 6, 2, NULL, NULL, NULL);
INSERT INTO public.posting VALUES (22, 1, 'expense:proposal', -6, 2, NULL, NULL, NULL);
INSERT INTO public.posting VALUES (23, 0, 'wallet:3', 16, 2, NULL, NULL, NULL);
INSERT INTO public.posting VALUES (23, 1, 'expense:proposal', -16, 2, NULL, NULL, NULL);
INSERT INTO public.posting VALUES (24, 0, 'wallet:3', -16, 2, NULL, NULL, NULL);
INSERT INTO public.posting VALUES (24, 1, 'expense:proposal', 16, 2, NULL, NULL, NULL);
INSERT INTO public.posting VALUES (25, 0, 'wallet:3', -9, 2, NULL, NULL, NULL);
INSERT INTO public.posting VALUES (25, 1, 'expense:badge', 9, 2, NULL, NULL, NULL);
INSERT INTO public.posting VALUES (26, 0, 'wallet:3', 9, 2, NULL, NULL, NULL);
INSERT INTO public.posting VALUES (26, 1, 'expense:badge', -9, 2, NULL, NULL, NULL);
INSERT INTO public.posting VALUES (27, 0, 'wallet:4', 30, 2, 450, 0, 'USD');
INSERT INTO public.posting VALUES (27, 1, 'income:purchase', -30, 2, -450, 0, 'USD');
INSERT INTO public.posting VALUES (28, 0, 'wallet:5', 5, 2, NULL, NULL, NULL);
INSERT INTO public.posting VALUES (28, 1, 'income:feedback', -5, 2, NULL, NULL, NULL);
INSERT INTO public.posting VALUES (29, 0, 'wallet:5', -1, 1, NULL, NULL, NULL);
INSERT INTO public.posting VALUES (29, 1, 'expense:profile_ad', 1, 1, NULL, NULL, NULL);
INSERT INTO public.posting VALUES (30, 0, 'wallet:1', -18, 1, NULL, NULL, NULL);
INSERT INTO public.posting VALUES (30, 1, 'expense:proposal', 18, 1, NULL, NULL, NULL);
INSERT INTO public.posting VALUES (31, 0, 'wallet:3', 30, 10, NULL, NULL, NULL);
INSERT INTO public.posting VALUES (31, 1, 'promotion:1', -30, 10, NULL, NULL, NULL);
INSERT INTO public.posting VALUES (32, 0, 'wallet:6', -20, 1, NULL, NULL, NULL);
INSERT INTO public.posting VALUES (32, 1, 'expense:proposal', 20, 1, NULL, NULL, NULL);
INSERT INTO public.posting VALUES (33, 0, 'wallet:6', 30, 2, NULL, NULL, NULL);
INSERT INTO public.posting VALUES (33, 1, 'promotion:1', -30, 2, NULL, NULL, NULL);
INSERT INTO public.posting VALUES (34, 0, 'wallet:6', -5, 2, NULL, NULL, NULL);
INSERT INTO public.posting VALUES (34, 1, 'expense:proposal', 5, 2, NULL, NULL, NULL);
INSERT INTO public.posting VALUES (35, 0, 'wallet:10', 20, 1, NULL, NULL, NULL);
INSERT INTO public.posting VALUES (35, 1, 'income:welcome', -20, 1, NULL, NULL, NULL);
INSERT INTO public.posting VALUES (36, 0, 'wallet:4', 20, 3, NULL, NULL, NULL);
INSERT INTO public.posting VALUES (36, 1, 'promotion:2', -20, 3, NULL, NULL, NULL);
INSERT INTO public.posting VALUES (37, 0, 'wallet:8', 20, 2, NULL, NULL, NULL);
INSERT INTO public.posting VALUES (37, 1, 'promotion:2', -20, 2, NULL, NULL, NULL);
INSERT INTO public.posting VALUES (38, 0, 'wallet:4', -20, 3, NULL, NULL, NULL);
INSERT INTO public.posting VALUES (38, 1, 'expense:expired', 20, 3, NULL, NULL, NULL);
INSERT INTO public.posting VALUES (39, 0, 'wallet:4', -1, 1, NULL, NULL, NULL);
INSERT INTO public.posting VALUES (39, 1, 'expense:proposal', 1, 1, NULL, NULL, NULL);
INSERT INTO public.posting VALUES (40, 0, 'wallet:3', -30, 10, NULL, NULL, NULL);
INSERT INTO public.posting VALUES (40, 1, 'expense:expired', 30, 10, NULL, NULL, NULL);
INSERT INTO public.posting VALUES (41, 0, 'wallet:6', -25, 2, NULL, NULL, NULL);
INSERT INTO public.posting VALUES (41, 1, 'expense:expired', 25, 2, NULL, NULL, NULL);
INSERT INTO public.posting VALUES (42, 0, 'wallet:5', 50, 3, NULL, NULL, NULL);
INSERT INTO public.posting VALUES (42, 1, 'promotion:3', -50, 3, NULL, NULL, NULL);
INSERT INTO public.posting VALUES (43, 0, 'wallet:6', 5, 2, NULL, NULL, NULL);
INSERT INTO public.posting VALUES (43, 1, 'expense:proposal', -5, 2, NULL, NULL, NULL);
INSERT INTO public.posting VALUES (43, 2, 'wallet:6', -5, 2, NULL, NULL, NULL);
INSERT INTO public.posting VALUES (43, 3, 'expense:renewed', 5, 2, NULL, NULL, NULL);
INSERT INTO public.posting VALUES (43, 4, 'wallet:6', 5, 3, NULL, NULL, NULL);
INSERT INTO public.posting VALUES (43, 5, 'income:return', -5, 3, NULL, NULL, NULL);
INSERT INTO public.posting VALUES (44, 0, 'wallet:1', 30, 2, NULL, NULL, NULL);
INSERT INTO public.posting VALUES (44, 1, 'promotion:1', -30, 2, NULL, NULL, NULL);
INSERT INTO public.posting VALUES (45, 0, 'wallet:1', -30, 2, NULL, NULL, NULL);
INSERT INTO public.posting VALUES (45, 1, 'expense:expired', 30, 2, NULL, NULL, NULL);
INSERT INTO public.posting VALUES (46, 0, 'wallet:6', 10, 4, NULL, NULL, NULL);
INSERT INTO public.posting VALUES (46, 1, 'promotion:9', -10, 4, NULL, NULL, NULL);
INSERT INTO public.posting VALUES (47, 0, 'wallet:3', -10, 2, NULL, NULL, NULL);
INSERT INTO public.posting VALUES (47, 1, 'expense:proposal', 10, 2, NULL, NULL, NULL);
INSERT INTO public.posting VALUES (47, 2, 'wallet:3', -60, 3, -900, -180, 'USD');
INSERT INTO public.posting VALUES (47, 3, 'expense:proposal', 60, 3, 900, 180, 'USD');
INSERT INTO public.posting VALUES (47, 4, 'wallet:3', -20, 4, -400, -100, 'EUR');
INSERT INTO public.posting VALUES (47, 5, 'expense:proposal', 20, 4, 400, 100, 'EUR');
INSERT INTO public.posting VALUES (47, 6, 'wallet:3', -40, 5, NULL, NULL, NULL);
INSERT INTO public.posting VALUES (47, 7, 'expense:proposal', 40, 5, NULL, NULL, NULL);
INSERT INTO public.posting VALUES (47, 8, 'wallet:3', -10, 6, NULL, NULL, NULL);
INSERT INTO public.posting VALUES (47, 9, 'expense:proposal', 10, 6, NULL, NULL, NULL);
INSERT INTO public.posting VALUES (47, 10, 'wallet:3', -90, 7, NULL, NULL, NULL);
INSERT INTO public.posting VALUES (47, 11, 'expense:proposal', 90, 7, NULL, NULL, NULL);
INSERT INTO public.posting VALUES (48, 0, 'wallet:7', -70, 1, NULL, NULL, NULL);
INSERT INTO public.posting VALUES (48, 1, 'expense:proposal', 70, 1, NULL, NULL, NULL);
INSERT INTO public.posting VALUES (49, 0, 'wallet:10', 20, 2, NULL, NULL, NULL);
INSERT INTO public.posting VALUES (49, 1, 'promotion:2', -20, 2, NULL, NULL, NULL);
INSERT INTO public.posting VALUES (50, 0, 'wallet:5', -2, 1, NULL, NULL, NULL);
INSERT INTO public.posting VALUES (50, 1, 'expense:proposal', 2, 1, NULL, NULL, NULL);
INSERT INTO public.posting VALUES (51, 0, 'wallet:5', 2, 1, NULL, NULL, NULL);
INSERT INTO public.posting VALUES (51, 1, 'expense:proposal', -2, 1, NULL, NULL, NULL);
INSERT INTO public.posting VALUES (52, 0, 'wallet:5', -4, 1, NULL, NULL, NULL);
INSERT INTO public.posting VALUES (52, 1, 'expense:proposal', 4, 1, NULL, NULL, NULL);
INSERT INTO public.promotion VALUES (4, 'live', '', '{"title":"Second draw","text":"Show it again","gives":40,"starts":"2026-06-01T10:54:00+00:00","ends":"2026-06-09T10:54:00+00:00","zone":"Europe/Kyiv","conditions":{"new_days":null,"plan":null,"feedback":0,"assessments":0,"interviews":0},"supply":null,"code":"","expires_days":null,"winners":1,"audience":{"platforms":[],"locales":[],"tags":[]},"approval":false}', 2, '00000000000000000000000000000004', 1780311240000000, 2, NULL, 0);
INSERT INTO public.promotion VALUES (5, 'live', '', '{"title":"Open bonus","text":"For everybody","gives":15,"starts":"2026-06-01T10:56:00+00:00","ends":"2026-06-22T15:00:00+00:00","zone":"Europe/Kyiv","conditions":{"new_days":90,"plan":null,"feedback":0,"assessments":0,"interviews":0},"supply":null,"code":"","expires_days":null,"winners":0,"audience":{"platforms":[],"locales":[],"tags":[]},"approval":false}', 2, '00000000000000000000000000000005', 1780311360000000, 2, NULL, 0);
INSERT INTO public.promotion VALUES (6, 'draft', '', '{"title":"Written only","text":"Not launched","gives":10,"starts":"2026-06-21T10:58:00+00:00","ends":"2026-07-01T10:58:00+00:00","zone":"Europe/Kyiv","conditions":{"new_days":30,"plan":"plus","feedback":1,"assessments":2,"interviews":3},"supply":null,"code":"","expires_days":null,"winners":0,"audience":{"platforms":["discord"],"locales":["uk"],"tags":[]},"approval":false}', 2, '00000000000000000000000000000006', 1780311480000000, 1, NULL, 0);
INSERT INTO public.promotion VALUES (7, 'paused', '', '{"title":"Held","text":"On hold","gives":25,"starts":"2026-06-01T10:59:00+00:00","ends":"2026-06-26T10:59:00+00:00","zone":"Europe/Kyiv","conditions":{"new_days":null,"plan":null,"feedback":0,"assessments":0,"interviews":0},"supply":null,"code":"","expires_days":null,"winners":0,"audience":{"platforms":[],"locales":[],"tags":[]},"approval":false}', 2, '00000000000000000000000000000007', 1780311540000000, 3, NULL, 0);
INSERT INTO public.promotion VALUES (8, 'cancelled', '', '{"title":"Called off","text":"Not to be","gives":25,"starts":"2026-06-01T11:02:00+00:00","ends":"2026-06-26T11:02:00+00:00","zone":"Europe/Kyiv","conditions":{"new_days":null,"plan":null,"feedback":0,"assessments":0,"interviews":0},"supply":null,"code":"","expires_days":null,"winners":0,"audience":{"platforms":[],"locales":[],"tags":[]},"approval":false}', 2, '00000000000000000000000000000008', 1780311720000000, 3, NULL, 0);
INSERT INTO public.promotion VALUES (3, 'ended', '', '{"title":"First draw","text":"Show your best work","gives":50,"starts":"2026-06-01T10:52:00+00:00","ends":"2026-06-03T10:52:00+00:00","zone":"Europe/Kyiv","conditions":{"new_days":null,"plan":null,"feedback":0,"assessments":0,"interviews":0},"supply":null,"code":"","expires_days":null,"winners":2,"audience":{"platforms":[],"locales":[],"tags":[]},"approval":false}', 2, '00000000000000000000000000000003', 1780311120000000, 3, NULL, 50);
INSERT INTO public.promotion VALUES (1, 'live', 'summer', '{"title":"Summer","text":"For all who bid","gives":30,"starts":"2026-06-01T10:48:00+00:00","ends":"2026-06-21T10:48:00+00:00","zone":"Europe/Kyiv","conditions":{"new_days":null,"plan":null,"feedback":0,"assessments":0,"interviews":0},"supply":150,"code":"summer","expires_days":2,"winners":0,"audience":{"platforms":[],"locales":[],"tags":["design"]},"approval":false}', 2, '00000000000000000000000000000001', 1780310880000000, 2, 150, 90);
INSERT INTO public.promotion VALUES (9, 'ended', '', '{"title":"Third draw","text":"And again","gives":10,"starts":"2026-06-01T11:06:00+00:00","ends":"2026-06-08T09:00:00+00:00","zone":"Europe/Kyiv","conditions":{"new_days":null,"plan":null,"feedback":0,"assessments":0,"interviews":0},"supply":null,"code":"","expires_days":null,"winners":1,"audience":{"platforms":[],"locales":[],"tags":[]},"approval":false}', 2, '00000000000000000000000000000009', 1780311960000000, 3, NULL, 10);
INSERT INTO public.promotion VALUES (2, 'live', '', '{"title":"Case studies","text":"Tell us of your best project","gives":20,"starts":"2026-06-01T10:50:00+00:00","ends":"2026-06-19T10:50:00+00:00","zone":"Europe/Kyiv","conditions":{"new_days":null,"plan":null,"feedback":0,"assessments":0,"interviews":0},"supply":null,"code":"","expires_days":9,"winners":0,"audience":{"platforms":[],"locales":[],"tags":[]},"approval":true}', 2, '00000000000000000000000000000002', 1780311000000000, 2, NULL, 60);
INSERT INTO public.sender VALUES ('telegram', 'test.0', 1, 1780567467000000);
INSERT INTO public.sender VALUES ('console', 'ended', 2, 1780917135000000);
INSERT INTO public.sender VALUES ('discord', 'test.0', 1, 1780917135000000);
INSERT INTO public.series VALUES (1, 'live', '0 9 * * mon', 'Europe/Kyiv', 'Weekly tips', '{"platforms":[],"locales":[],"tags":[]}', 2, 1780313544000000, 2);
INSERT INTO public.series VALUES (2, 'live', '0 9 1,15 * mon', 'Europe/Kyiv', 'Both fields', '{"platforms":[],"locales":[],"tags":[]}', 2, 1780313664000000, 2);
INSERT INTO public.series VALUES (3, 'live', '0 10 last * *', 'Europe/Kyiv', 'The last day', '{"platforms":[],"locales":[],"tags":["design"]}', 2, 1780313784000000, 2);
INSERT INTO public.series VALUES (4, 'paused', '0 12 * * *', 'Europe/Kyiv', 'On hold', '{"platforms":[],"locales":[],"tags":[]}', 2, 1780313904000000, 3);
INSERT INTO public.series VALUES (5, 'ended', '0 12 * * *', 'Europe/Kyiv', 'No more', '{"platforms":[],"locales":[],"tags":[]}', 2, 1780314084000000, 3);
INSERT INTO public.series VALUES (6, 'draft', '0 13 * * *', 'Europe/Kyiv', 'Not started', '{"platforms":[],"locales":[],"tags":[]}', 2, 1780917844000000, 1);
INSERT INTO public.slice VALUES ('announcement:0tgb91sbe2f7d', 1, '[["telegram","1001",true,"","Europe/Kyiv","en","22:30-7"]]');
INSERT INTO public.slice VALUES ('announcement:0tgb91sbe2f7d', 2, '[["telegram","Team",false,"7","Europe/Kyiv","en",""]]');
INSERT INTO public.subscription VALUES ('telegram', '1001', true, '', 1780308420000000, 3, '', 'Europe/Kyiv', 'en', 'design', '', '22:30-7');
INSERT INTO public.subscription VALUES ('discord', '2002', true, '', 1780308660000000, 4, '', 'Asia/Tokyo', 'en', '', '', '');
INSERT INTO public.subscription VALUES ('console', 'cleo', true, '', 1780308840000000, 5, '', 'UTC', 'en', 'python design', '', '');
INSERT INTO public.subscription VALUES ('telegram', 'Team', false, '7', 1780309200000000, 7, 'Team', 'Europe/Kyiv', 'en', '', '', '');
INSERT INTO public.subscription VALUES ('discord', 'Guild', false, '', 1780309500000000, 8, 'Guild', 'UTC', 'en', '', 'forbidden', '');
INSERT INTO public.wallet VALUES (3, 3, NULL, NULL, 'Europe/Kyiv', 'EUR', 'plus', 30, 22, 10, 20, '0df1332fb801ee60185360cea9b8dc15', 1780916880000000, true, NULL, '22:30-7', '{"expiring":[30,7],"runway":5,"cycle":20,"promotions":false}', NULL, 0);
INSERT INTO public.wallet VALUES (7, NULL, 'telegram', 'Team', 'Europe/Kyiv', 'USD', 'agency', 150, 2, 1, 130, 'eb133afd2b9a81eb990ac40ff4d22e05', 1780916940000000, true, 80, '', '{"where":"private","person":7}', 1780261200000000, 70);
INSERT INTO public.wallet VALUES (10, 8, NULL, NULL, 'UTC', 'USD', 'basic', NULL, 2, 2, 40, '5f4e8b960ca609c2f1adc90ce90daa69', 1780917304000000, false, NULL, '', '{}', NULL, 0);
INSERT INTO public.wallet VALUES (2, 2, NULL, NULL, 'Europe/Kyiv', 'USD', 'basic', NULL, 1, 1, 20, 'ef2c706a5230fa67b3597aea3ffef093', 1780308060000000, false, NULL, '', '{"cycle":5}', NULL, 0);
INSERT INTO public.wallet VALUES (5, 5, NULL, NULL, 'UTC', 'USD', 'basic', NULL, 7, 3, 70, 'a8713c6ce64d286b798d00a35c68f710', 1780917544000000, false, NULL, '', '{"runway":null,"monthly":false,"digest":false}', NULL, 0);
INSERT INTO public.wallet VALUES (8, 7, NULL, NULL, 'UTC', 'USD', 'basic', NULL, 2, 2, 40, 'f40f4ef4ec1fb908aff5232ae02f8344', 1780313484000000, false, NULL, '', '{}', NULL, 0);
INSERT INTO public.wallet VALUES (4, 4, NULL, NULL, 'Asia/Tokyo', 'USD', 'basic', 5, 5, 3, 49, '0d5a7c1913c345b8f3ee827dfb71bdeb', 1781344860000000, false, NULL, '', '{"snoozed":[["low","2026-07-01T10:10:00+00:00"]]}', NULL, 0);
INSERT INTO public.wallet VALUES (9, NULL, 'discord', 'Guild', 'UTC', 'USD', 'basic', NULL, 0, 0, 0, '', NULL, false, NULL, '', '{}', NULL, 0);
INSERT INTO public.wallet VALUES (1, 1, NULL, NULL, 'UTC', 'USD', 'plus', NULL, 4, 2, 2, 'c41d09d281f2eecbc125f9d419733920', 1780900200000000, false, NULL, '', '{"cycle":8}', NULL, 0);
INSERT INTO public.wallet VALUES (6, 6, NULL, NULL, 'UTC', 'USD', 'basic', NULL, 7, 4, 15, 'c40e822112a222ff5b414cc002524a8c', 1780916400000000, false, NULL, '', '{}', NULL, 0);
SELECT pg_catalog.setval('public.action_id_seq', 55, true);
SELECT pg_catalog.setval('public.delivery_id_seq', 109, true);
SELECT pg_catalog.setval('public.entry_block', 1, true);
SELECT pg_catalog.setval('public.person_id_seq', 8, true);
SELECT pg_catalog.setval('public.promotion_id_seq', 9, true);
SELECT pg_catalog.setval('public.series_id_seq', 6, true);
SELECT pg_catalog.setval('public.wallet_id_seq', 10, true);
ALTER TABLE ONLY public.alembic_version
    ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);
ALTER TABLE ONLY public.action
    ADD CONSTRAINT pk_action PRIMARY KEY (id);
ALTER TABLE ONLY public.chat
    ADD CONSTRAINT pk_chat PRIMARY KEY (platform, id);
ALTER TABLE ONLY public.claim
    ADD CONSTRAINT pk_claim PRIMARY KEY (promotion, number);
ALTER TABLE ONLY public.delivery
    ADD CONSTRAINT pk_delivery PRIMARY KEY (id);
ALTER TABLE ONLY public.due
    ADD CONSTRAINT pk_due PRIMARY KEY (name);
ALTER TABLE ONLY public.entry
    ADD CONSTRAINT pk_entry PRIMARY KEY (id);
ALTER TABLE ONLY public.identity
    ADD CONSTRAINT pk_identity PRIMARY KEY (platform, "user");
ALTER TABLE ONLY public.lot
    ADD CONSTRAINT pk_lot PRIMARY KEY (wallet, number);
ALTER TABLE ONLY public.mark
    ADD CONSTRAINT pk_mark PRIMARY KEY (name);
ALTER TABLE ONLY public.note
    ADD CONSTRAINT pk_note PRIMARY KEY (name);
ALTER TABLE ONLY public.notice
    ADD CONSTRAINT pk_notice PRIMARY KEY (key);
ALTER TABLE ONLY public.person
    ADD CONSTRAINT pk_person PRIMARY KEY (id);
ALTER TABLE ONLY public.posting
    ADD CONSTRAINT pk_posting PRIMARY KEY (entry, line);
ALTER TABLE ONLY public.promotion
    ADD CONSTRAINT pk_promotion PRIMARY KEY (id);
ALTER TABLE ONLY public.sender
    ADD CONSTRAINT pk_sender PRIMARY KEY (platform);
ALTER TABLE ONLY public.series
    ADD CONSTRAINT pk_series PRIMARY KEY (id);
ALTER TABLE ONLY public.slice
    ADD CONSTRAINT pk_slice PRIMARY KEY (notice, number);
ALTER TABLE ONLY public.subscription
    ADD CONSTRAINT pk_subscription PRIMARY KEY (platform, chat);
ALTER TABLE ONLY public.wallet
    ADD CONSTRAINT pk_wallet PRIMARY KEY (id);
ALTER TABLE ONLY public.action
    ADD CONSTRAINT uq_action_key UNIQUE (key);
ALTER TABLE ONLY public.claim
    ADD CONSTRAINT uq_claim_person UNIQUE (promotion, person);
ALTER TABLE ONLY public.delivery
    ADD CONSTRAINT uq_delivery_chat UNIQUE (notice, platform, chat);
ALTER TABLE ONLY public.entry
    ADD CONSTRAINT uq_entry_key UNIQUE (key);
ALTER TABLE ONLY public.entry
    ADD CONSTRAINT uq_entry_number UNIQUE (wallet, number);
ALTER TABLE ONLY public.wallet
    ADD CONSTRAINT uq_wallet_chat UNIQUE (platform, chat);
ALTER TABLE ONLY public.wallet
    ADD CONSTRAINT uq_wallet_person UNIQUE (person);
CREATE INDEX ix_action_at ON public.action USING btree (at);
CREATE INDEX ix_delivery_chat ON public.delivery USING btree (chat, platform) WHERE ((state)::text = 'pending'::text);
CREATE INDEX ix_delivery_due ON public.delivery USING btree (platform, due, id) WHERE ((state)::text = 'pending'::text);
CREATE INDEX ix_delivery_urgent ON public.delivery USING btree (platform, due, id) WHERE (((state)::text = 'pending'::text) AND urgent);
CREATE INDEX ix_due_at ON public.due USING btree (at);
CREATE INDEX ix_entry_of ON public.entry USING btree (wallet, of) WHERE (of IS NOT NULL);
CREATE INDEX ix_lot_expires ON public.lot USING btree (expires, wallet) WHERE open;
CREATE INDEX ix_mark_entry ON public.mark USING btree (wallet, number);
CREATE INDEX ix_notice_about ON public.notice USING btree (about) WHERE ((about)::text <> ''::text);
CREATE INDEX ix_notice_made ON public.notice USING btree (made);
CREATE INDEX ix_promotion_code ON public.promotion USING btree (code, status);
CREATE UNIQUE INDEX uq_delivery_in_flight ON public.delivery USING btree (platform, chat) WHERE ((state)::text = 'sending'::text);
CREATE TRIGGER entry_no_delete BEFORE DELETE ON public.entry FOR EACH STATEMENT EXECUTE FUNCTION public.journal_is_safe();
CREATE TRIGGER entry_no_truncate BEFORE TRUNCATE ON public.entry FOR EACH STATEMENT EXECUTE FUNCTION public.journal_is_safe();
CREATE TRIGGER entry_no_update BEFORE UPDATE ON public.entry FOR EACH STATEMENT EXECUTE FUNCTION public.journal_is_safe();
CREATE TRIGGER posting_no_delete BEFORE DELETE ON public.posting FOR EACH STATEMENT EXECUTE FUNCTION public.journal_is_safe();
CREATE TRIGGER posting_no_truncate BEFORE TRUNCATE ON public.posting FOR EACH STATEMENT EXECUTE FUNCTION public.journal_is_safe();
CREATE TRIGGER posting_no_update BEFORE UPDATE ON public.posting FOR EACH STATEMENT EXECUTE FUNCTION public.journal_is_safe();
ALTER TABLE ONLY public.action
    ADD CONSTRAINT fk_action_person FOREIGN KEY (person) REFERENCES public.person(id);
ALTER TABLE ONLY public.claim
    ADD CONSTRAINT fk_claim_promotion FOREIGN KEY (promotion) REFERENCES public.promotion(id);
ALTER TABLE ONLY public.claim
    ADD CONSTRAINT fk_claim_wallet FOREIGN KEY (wallet) REFERENCES public.wallet(id);
ALTER TABLE ONLY public.delivery
    ADD CONSTRAINT fk_delivery_notice FOREIGN KEY (notice) REFERENCES public.notice(key);
ALTER TABLE ONLY public.entry
    ADD CONSTRAINT fk_entry_of FOREIGN KEY (wallet, of) REFERENCES public.entry(wallet, number);
ALTER TABLE ONLY public.entry
    ADD CONSTRAINT fk_entry_wallet FOREIGN KEY (wallet) REFERENCES public.wallet(id);
ALTER TABLE ONLY public.identity
    ADD CONSTRAINT fk_identity_person FOREIGN KEY (person) REFERENCES public.person(id);
ALTER TABLE ONLY public.lot
    ADD CONSTRAINT fk_lot_wallet FOREIGN KEY (wallet) REFERENCES public.wallet(id);
ALTER TABLE ONLY public.mark
    ADD CONSTRAINT fk_mark_entry FOREIGN KEY (wallet, number) REFERENCES public.entry(wallet, number);
ALTER TABLE ONLY public.notice
    ADD CONSTRAINT fk_notice_wallet FOREIGN KEY (wallet) REFERENCES public.wallet(id);
ALTER TABLE ONLY public.posting
    ADD CONSTRAINT fk_posting_entry FOREIGN KEY (entry) REFERENCES public.entry(id);
ALTER TABLE ONLY public.promotion
    ADD CONSTRAINT fk_promotion_by FOREIGN KEY (by) REFERENCES public.person(id);
ALTER TABLE ONLY public.series
    ADD CONSTRAINT fk_series_by FOREIGN KEY (by) REFERENCES public.person(id);
ALTER TABLE ONLY public.slice
    ADD CONSTRAINT fk_slice_notice FOREIGN KEY (notice) REFERENCES public.notice(key);
ALTER TABLE ONLY public.subscription
    ADD CONSTRAINT fk_subscription_by FOREIGN KEY (by) REFERENCES public.person(id);
ALTER TABLE ONLY public.wallet
    ADD CONSTRAINT fk_wallet_person FOREIGN KEY (person) REFERENCES public.person(id);
