-- +goose Up
-- Programmes, memberships, the ledger, orders, coupons, imports. Ledger tables (entries, lot_uses, lot_extensions,
-- tier_changes, publications, consents, audit_records) take INSERT alone: by the grants and, whatever the role, by trigger.

CREATE TABLE programs (
    merchant_id bigint      NOT NULL REFERENCES merchants,
    id          bigint GENERATED ALWAYS AS IDENTITY,
    code        text        NOT NULL CHECK (code ~ '^[a-z0-9][a-z0-9_-]{0,31}$'),
    created_at  timestamptz NOT NULL,
    ended_at    timestamptz,
    PRIMARY KEY (merchant_id, id),
    CONSTRAINT programs_code_key UNIQUE (merchant_id, code)
);

CREATE TABLE program_versions (               -- immutable documents; a version exists because it was published
    merchant_id bigint      NOT NULL,
    program_id  bigint      NOT NULL,
    version     int         NOT NULL CHECK (version > 0),
    document    text        NOT NULL,         -- canonical JSON, hashed as these bytes
    hash        text        NOT NULL CHECK (hash ~ '^[0-9a-f]{64}$'),
    created_at  timestamptz NOT NULL,
    PRIMARY KEY (merchant_id, program_id, version),
    FOREIGN KEY (merchant_id, program_id) REFERENCES programs
);

CREATE TABLE program_drafts (                 -- what is being edited; at most one a programme
    merchant_id bigint      NOT NULL,
    program_id  bigint      NOT NULL,
    document    text        NOT NULL,
    revision    int         NOT NULL DEFAULT 1, -- for "somebody else saved meanwhile"
    updated_at  timestamptz NOT NULL,
    updated_by  bigint,
    PRIMARY KEY (merchant_id, program_id),
    FOREIGN KEY (merchant_id, program_id) REFERENCES programs
);

CREATE TABLE publications (
    merchant_id    bigint      NOT NULL,
    program_id     bigint      NOT NULL,
    version        int         NOT NULL,
    effective_from timestamptz NOT NULL,      -- business time
    as_if          boolean     NOT NULL DEFAULT false, -- published into the past, before the first live posting
    tier_mapping   jsonb       NOT NULL DEFAULT '{}',  -- held tier code → {"to": code, "when": "validity" | "effective"}
    published_at   timestamptz NOT NULL,      -- business time
    recorded_at    timestamptz NOT NULL,      -- wall time
    published_by   bigint,
    PRIMARY KEY (merchant_id, program_id, version),
    FOREIGN KEY (merchant_id, program_id, version) REFERENCES program_versions,
    FOREIGN KEY (merchant_id, published_by) REFERENCES staff
);

CREATE TABLE tiers (                          -- outlives versions: what members hold
    merchant_id bigint NOT NULL,
    program_id  bigint NOT NULL,
    code        text   NOT NULL CHECK (code ~ '^[a-z0-9][a-z0-9_-]{0,31}$'),
    PRIMARY KEY (merchant_id, program_id, code),
    FOREIGN KEY (merchant_id, program_id) REFERENCES programs
);

CREATE TABLE memberships (
    merchant_id      bigint      NOT NULL,
    id               bigint GENERATED ALWAYS AS IDENTITY,
    program_id       bigint      NOT NULL,
    customer_id      bigint      NOT NULL,
    code             text        NOT NULL CHECK (char_length(code) BETWEEN 6 AND 32), -- random; names the member in digests
    enrolled_at      timestamptz NOT NULL,    -- business time
    left_at          timestamptz,
    tier_code        text,
    tier_since       date,
    tier_until       date,                    -- validity: kept at least through this day
    tier_grace_until date,
    tier_floor_code  text,                    -- a manual floor, with its last day
    tier_floor_until date,
    settled_to       date,                    -- day steps have run through this day
    next_due         date,                    -- first day on which a day step changes something; null: none
    version          smallint    NOT NULL DEFAULT 1,
    PRIMARY KEY (merchant_id, id),
    CONSTRAINT memberships_customer_key UNIQUE (merchant_id, program_id, customer_id),
    CONSTRAINT memberships_code_key UNIQUE (merchant_id, code),
    FOREIGN KEY (merchant_id, customer_id) REFERENCES customers,
    FOREIGN KEY (merchant_id, program_id) REFERENCES programs,
    FOREIGN KEY (merchant_id, program_id, tier_code) REFERENCES tiers
) WITH (fillfactor = 85);
CREATE INDEX memberships_by_customer ON memberships (merchant_id, customer_id);
CREATE INDEX memberships_due ON memberships (merchant_id, next_due) WHERE next_due IS NOT NULL;

CREATE TABLE tier_changes (
    merchant_id   bigint      NOT NULL,
    membership_id bigint      NOT NULL,
    seq           int         NOT NULL CHECK (seq > 0),
    cause         text        NOT NULL,
    reason        text        NOT NULL CHECK (reason IN ('enrol', 'up', 'down', 'keep', 'manual', 'mapped', 'refund')),
    from_code     text,
    to_code       text        NOT NULL,
    amount        bigint      NOT NULL,       -- the metric in the window, minor units
    window_from   date,
    window_to     date,
    valid_until   date,
    at            timestamptz NOT NULL,       -- business time
    recorded_at   timestamptz NOT NULL,       -- wall time
    PRIMARY KEY (merchant_id, membership_id, seq),
    CONSTRAINT tier_changes_cause_key UNIQUE (merchant_id, membership_id, cause),
    FOREIGN KEY (merchant_id, membership_id) REFERENCES memberships
);

CREATE TABLE accounts (                       -- membership × unit: four numbers, none below zero
    merchant_id   bigint NOT NULL,
    id            bigint GENERATED ALWAYS AS IDENTITY,
    membership_id bigint NOT NULL,
    unit          text   NOT NULL,
    pending       bigint NOT NULL DEFAULT 0 CONSTRAINT accounts_pending_sign CHECK (pending >= 0),
    available     bigint NOT NULL DEFAULT 0 CONSTRAINT accounts_available_sign CHECK (available >= 0),
    reserved      bigint NOT NULL DEFAULT 0 CONSTRAINT accounts_reserved_sign CHECK (reserved >= 0),
    deficit       bigint NOT NULL DEFAULT 0 CONSTRAINT accounts_deficit_sign CHECK (deficit >= 0),
    last_seq      int    NOT NULL DEFAULT 0,
    last_at       timestamptz,                -- business time never goes back inside an account
    last_digest   bytea  NOT NULL DEFAULT '',
    PRIMARY KEY (merchant_id, id),
    CONSTRAINT accounts_unit_key UNIQUE (merchant_id, membership_id, unit),
    FOREIGN KEY (merchant_id, membership_id) REFERENCES memberships
) WITH (fillfactor = 80);

CREATE TABLE orders (
    merchant_id      bigint      NOT NULL,
    id               bigint GENERATED ALWAYS AS IDENTITY,
    source           text        NOT NULL,
    external_id      text        NOT NULL CHECK (char_length(external_id) BETWEEN 1 AND 120),
    customer_id      bigint,
    membership_id    bigint,                  -- whom it was posted to; null: earned nothing (no member, record only)
    store_id         bigint,
    channel          text        NOT NULL DEFAULT 'store' CHECK (channel IN ('store', 'online')),
    placed_at        timestamptz NOT NULL,
    business_date    date        NOT NULL,    -- in the merchant's zone, computed at write
    has_time         boolean     NOT NULL DEFAULT true,
    total            bigint      NOT NULL CHECK (total >= 0),      -- paid, tax included, after discounts, shipping included
    shipping         bigint      NOT NULL DEFAULT 0 CHECK (shipping >= 0),
    discount         bigint      NOT NULL DEFAULT 0 CHECK (discount >= 0),
    paid_with_points bigint      NOT NULL DEFAULT 0 CHECK (paid_with_points >= 0), -- money's worth
    basis            bigint      NOT NULL DEFAULT 0 CHECK (basis >= 0), -- what the rules counted
    refunded         bigint      NOT NULL DEFAULT 0,
    content_hash     bytea       NOT NULL,    -- same id, same content: a replay
    import_id        bigint,
    staff_id         bigint,
    recorded_at      timestamptz NOT NULL,    -- wall time
    withdrawn_at     timestamptz,             -- undone
    PRIMARY KEY (merchant_id, id),
    CONSTRAINT orders_external_id_key UNIQUE (merchant_id, source, external_id),
    CONSTRAINT orders_refunded_range CHECK (refunded BETWEEN 0 AND total),
    CONSTRAINT orders_parts CHECK (shipping + paid_with_points <= total),
    FOREIGN KEY (merchant_id, customer_id) REFERENCES customers
);
CREATE INDEX orders_customer ON orders (merchant_id, customer_id, business_date DESC, id DESC);
CREATE INDEX orders_import ON orders (merchant_id, import_id) WHERE import_id IS NOT NULL;

CREATE TABLE order_lines (
    merchant_id bigint NOT NULL,
    order_id    bigint NOT NULL,
    line        int    NOT NULL CHECK (line > 0),
    sku         text   NOT NULL DEFAULT '',
    name        text   NOT NULL DEFAULT '',
    category    text   NOT NULL DEFAULT '',
    quantity    int    NOT NULL DEFAULT 1 CHECK (quantity > 0),
    amount      bigint NOT NULL CHECK (amount >= 0),
    PRIMARY KEY (merchant_id, order_id, line),
    FOREIGN KEY (merchant_id, order_id) REFERENCES orders
);

CREATE TABLE refunds (
    merchant_id       bigint      NOT NULL REFERENCES merchants,
    id                bigint GENERATED ALWAYS AS IDENTITY,
    source            text        NOT NULL,
    external_id       text        NOT NULL CHECK (char_length(external_id) BETWEEN 1 AND 120),
    order_external_id text        NOT NULL,
    order_id          bigint,                 -- null while it waits for its order
    amount            bigint      NOT NULL CHECK (amount > 0),
    refunded_at       timestamptz NOT NULL,
    state             text        NOT NULL CHECK (state IN ('applied', 'waiting', 'refused', 'dropped')),
    note              text        NOT NULL DEFAULT '', -- why it was refused or dropped: a code
    recorded_at       timestamptz NOT NULL,
    decided_at        timestamptz,
    PRIMARY KEY (merchant_id, id),
    CONSTRAINT refunds_external_id_key UNIQUE (merchant_id, source, external_id),
    FOREIGN KEY (merchant_id, order_id) REFERENCES orders
);
CREATE INDEX refunds_order ON refunds (merchant_id, order_id) WHERE order_id IS NOT NULL;
CREATE INDEX refunds_waiting ON refunds (merchant_id, source, order_external_id) WHERE state = 'waiting';

CREATE TABLE entries (                        -- the ledger: one immutable movement of one bucket
    merchant_id  bigint      NOT NULL,
    account_id   bigint      NOT NULL,
    seq          int         NOT NULL CHECK (seq > 0),
    kind         text        NOT NULL CHECK (kind IN ('earn', 'activate', 'cancel_hold', 'reserve', 'release', 'redeem', 'restore', 'expire', 'adjust', 'clawback', 'transfer', 'donate', 'merge')),
    bucket       text        NOT NULL CHECK (bucket IN ('pending', 'available', 'reserved', 'deficit')),
    points       bigint      NOT NULL CHECK (points <> 0),
    at           timestamptz NOT NULL,        -- business moment: the later of the event's and the account's last
    occurred_at  timestamptz NOT NULL,        -- the event's own moment
    recorded_at  timestamptz NOT NULL,        -- wall time
    cause        text        NOT NULL CHECK (char_length(cause) BETWEEN 3 AND 200),
    order_id     bigint,
    version      int,                         -- of the programme
    rule         text,                        -- code of the earning rule, occasion or reason
    reverses_seq int,
    why          bytea,                       -- explanation as data, see terms.Explanation
    digest       bytea       NOT NULL,        -- sha256(previous ‖ canonical row)
    PRIMARY KEY (merchant_id, account_id, seq),
    CONSTRAINT entries_cause_key UNIQUE (merchant_id, account_id, cause, kind, bucket),
    FOREIGN KEY (merchant_id, account_id) REFERENCES accounts
);
CREATE INDEX entries_order ON entries (merchant_id, order_id) WHERE order_id IS NOT NULL;

CREATE TABLE lots (                           -- a credit that ages; a cache of entries, lot_uses and lot_extensions
    merchant_id  bigint      NOT NULL,
    account_id   bigint      NOT NULL,
    seq          int         NOT NULL,        -- of the credit entry
    bucket       text        NOT NULL CHECK (bucket IN ('pending', 'available')),
    points       bigint      NOT NULL CHECK (points > 0),
    remaining    bigint      NOT NULL CONSTRAINT lots_remaining_range CHECK (remaining BETWEEN 0 AND points),
    earned_at    timestamptz NOT NULL,        -- the event's own moment
    usable_from  date,                        -- "from the next visit": not spendable before this day, though available
    activates_on date,                        -- a hold ends at this day's first moment
    expires_on   date,                        -- last day on which it can be used; null: never
    cause        text        NOT NULL,
    order_id     bigint,
    rule         text,
    PRIMARY KEY (merchant_id, account_id, seq),
    FOREIGN KEY (merchant_id, account_id, seq) REFERENCES entries
) WITH (fillfactor = 90);

CREATE TABLE lot_uses (                       -- which lots a debit took from, and a restore gave back to
    merchant_id bigint NOT NULL,
    account_id  bigint NOT NULL,
    entry_seq   int    NOT NULL,
    lot_seq     int    NOT NULL,
    points      bigint NOT NULL CHECK (points <> 0), -- negative: taken, positive: given back
    PRIMARY KEY (merchant_id, account_id, entry_seq, lot_seq),
    FOREIGN KEY (merchant_id, account_id, entry_seq) REFERENCES entries
);

CREATE TABLE lot_extensions (
    merchant_id bigint      NOT NULL,
    account_id  bigint      NOT NULL,
    lot_seq     int         NOT NULL,
    from_on     date        NOT NULL,
    to_on       date        NOT NULL,
    reason      text        NOT NULL CHECK (reason IN ('untold', 'courtesy', 'staff')),
    at          timestamptz NOT NULL,         -- business time
    recorded_at timestamptz NOT NULL,
    PRIMARY KEY (merchant_id, account_id, lot_seq, to_on),
    CHECK (to_on > from_on),
    FOREIGN KEY (merchant_id, account_id, lot_seq) REFERENCES entries
);

CREATE TABLE lot_notices (                    -- who was told, when and how
    merchant_id  bigint      NOT NULL,
    account_id   bigint      NOT NULL,
    lot_seq      int         NOT NULL,
    expires_on   date        NOT NULL,        -- the date that was told
    step         text        NOT NULL CHECK (step IN ('2m', '1m', '3d', 'shown')),
    message_id   bigint,
    told_on      date,                        -- delivered or shown; null: on its way
    PRIMARY KEY (merchant_id, account_id, lot_seq, expires_on, step),
    FOREIGN KEY (merchant_id, account_id, lot_seq) REFERENCES lots,
    FOREIGN KEY (merchant_id, message_id) REFERENCES messages
);
CREATE INDEX lot_notices_message ON lot_notices (merchant_id, message_id) WHERE message_id IS NOT NULL;

CREATE TABLE redemptions (
    merchant_id       bigint      NOT NULL,
    id                bigint GENERATED ALWAYS AS IDENTITY,
    account_id        bigint      NOT NULL,
    source            text        NOT NULL,
    external_id       text        NOT NULL CHECK (char_length(external_id) BETWEEN 1 AND 120),
    points            bigint      NOT NULL CHECK (points > 0),
    worth             bigint      NOT NULL CHECK (worth >= 0), -- money, minor units
    order_total       bigint,
    restored          bigint      NOT NULL DEFAULT 0 CHECK (restored BETWEEN 0 AND points),
    order_id          bigint,                 -- the order it paid for, once that is known
    content_hash      bytea       NOT NULL,
    store_id          bigint,
    staff_id          bigint,
    at                timestamptz NOT NULL,   -- business time
    business_date     date        NOT NULL,
    recorded_at       timestamptz NOT NULL,
    reversed_at       timestamptz,
    PRIMARY KEY (merchant_id, id),
    CONSTRAINT redemptions_external_id_key UNIQUE (merchant_id, source, external_id),
    FOREIGN KEY (merchant_id, account_id) REFERENCES accounts
);
CREATE INDEX redemptions_account ON redemptions (merchant_id, account_id);

CREATE TABLE limit_uses (                     -- counters of the rules' limits
    merchant_id bigint NOT NULL REFERENCES merchants,
    rule        text   NOT NULL,              -- "<program>/<rule code>" or "grant/<role>"
    scope       text   NOT NULL CHECK (scope IN ('member', 'staff', 'shop')),
    subject     bigint NOT NULL,              -- membership id, staff id, 0
    period      text   NOT NULL,              -- "day:2026-11-22", "life"
    used        bigint NOT NULL CHECK (used >= 0),
    PRIMARY KEY (merchant_id, rule, scope, subject, period)
);

CREATE TABLE customer_months (                -- a rollup: windows are sums of months plus edge days from orders
    merchant_id bigint NOT NULL,
    customer_id bigint NOT NULL,
    month       date   NOT NULL CHECK (extract(day FROM month) = 1),
    orders      int    NOT NULL DEFAULT 0,
    visits      int    NOT NULL DEFAULT 0,
    gross       bigint NOT NULL DEFAULT 0,    -- totals without shipping and without what points paid
    returned    bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (merchant_id, customer_id, month)
) WITH (fillfactor = 85);

CREATE TABLE customer_stats (                 -- a rollup over life
    merchant_id bigint NOT NULL,
    customer_id bigint NOT NULL,
    orders      int    NOT NULL DEFAULT 0,
    visits      int    NOT NULL DEFAULT 0,
    gross       bigint NOT NULL DEFAULT 0,
    returned    bigint NOT NULL DEFAULT 0,
    first_on    date,
    last_on     date,
    PRIMARY KEY (merchant_id, customer_id)
) WITH (fillfactor = 85);
CREATE INDEX customer_stats_last ON customer_stats (merchant_id, last_on DESC, customer_id DESC);

CREATE TABLE customer_facts (                 -- nightly: what the map of regulars and the histogram read; carries its date
    merchant_id bigint   NOT NULL,
    customer_id bigint   NOT NULL,
    as_of       date     NOT NULL,
    recency     smallint NOT NULL CHECK (recency BETWEEN 1 AND 5),
    frequency   smallint NOT NULL CHECK (frequency BETWEEN 1 AND 5),
    monetary    smallint NOT NULL CHECK (monetary BETWEEN 1 AND 5),
    visits      int      NOT NULL,
    spend_12m   bigint   NOT NULL,
    last_on     date     NOT NULL,
    PRIMARY KEY (merchant_id, customer_id)
);
CREATE INDEX customer_facts_cell ON customer_facts (merchant_id, recency, frequency, last_on DESC, customer_id DESC);
CREATE INDEX customer_facts_spend ON customer_facts (merchant_id, spend_12m DESC, customer_id DESC);

CREATE TABLE fact_summaries (                 -- the grid's counts and cut points, the histogram's buckets
    merchant_id bigint NOT NULL REFERENCES merchants,
    name        text   NOT NULL,
    as_of       date   NOT NULL,
    data        jsonb  NOT NULL,
    PRIMARY KEY (merchant_id, name)
);

CREATE TABLE coupon_kinds (                   -- outlives versions: what coupons point at
    merchant_id bigint NOT NULL,
    program_id  bigint NOT NULL,
    code        text   NOT NULL CHECK (code ~ '^[a-z0-9][a-z0-9_-]{0,31}$'),
    PRIMARY KEY (merchant_id, program_id, code),
    FOREIGN KEY (merchant_id, program_id) REFERENCES programs
);

CREATE TABLE coupons (
    merchant_id   bigint      NOT NULL,
    id            bigint GENERATED ALWAYS AS IDENTITY,
    program_id    bigint      NOT NULL,
    kind          text        NOT NULL,       -- coupon kind's code
    version       int         NOT NULL,       -- the terms under which it was issued
    membership_id bigint      NOT NULL,
    code          text        NOT NULL CHECK (char_length(code) BETWEEN 13 AND 20),
    cause         text        NOT NULL,       -- "birthday:2026", "give:7"
    amount        bigint      NOT NULL DEFAULT 0 CHECK (amount >= 0),   -- won off
    percent       smallint    NOT NULL DEFAULT 0 CHECK (percent BETWEEN 0 AND 100),
    minimum       bigint      NOT NULL DEFAULT 0 CHECK (minimum >= 0),  -- smallest order
    valid_from    date        NOT NULL,
    valid_until   date        NOT NULL,
    issued_at     timestamptz NOT NULL,
    issued_by     bigint,
    used_at       timestamptz,
    used_on       date,
    used_by       bigint,
    used_store_id bigint,
    used_cause    text,
    order_id      bigint,
    revoked_at    timestamptz,
    PRIMARY KEY (merchant_id, id),
    CONSTRAINT coupons_code_key UNIQUE (merchant_id, code),
    CONSTRAINT coupons_cause_key UNIQUE (merchant_id, membership_id, kind, cause),
    CHECK (valid_until >= valid_from),
    FOREIGN KEY (merchant_id, program_id, kind) REFERENCES coupon_kinds,
    FOREIGN KEY (merchant_id, membership_id) REFERENCES memberships
);

CREATE TABLE occasion_issues (                -- once a (lunar or solar) year
    merchant_id   bigint NOT NULL,
    membership_id bigint NOT NULL,
    occasion      text   NOT NULL,
    period        text   NOT NULL,            -- "solar:2026", "lunar:2026"
    falls_on      date   NOT NULL,
    coupon_id     bigint,
    PRIMARY KEY (merchant_id, membership_id, occasion, period),
    FOREIGN KEY (merchant_id, membership_id) REFERENCES memberships,
    FOREIGN KEY (merchant_id, coupon_id) REFERENCES coupons
);

CREATE TABLE grants (                         -- manual rewards
    merchant_id   bigint      NOT NULL,
    id            bigint GENERATED ALWAYS AS IDENTITY,
    membership_id bigint      NOT NULL,
    unit          text        NOT NULL,
    points        bigint      NOT NULL CHECK (points <> 0), -- negative: taken away
    reason        text        NOT NULL CHECK (reason IN ('apology', 'thanks', 'missed', 'event', 'mistake', 'give')),
    note          text        NOT NULL DEFAULT '' CHECK (char_length(note) <= 200), -- for staff
    words         text        NOT NULL DEFAULT '' CHECK (char_length(words) <= 100), -- for the customer
    cause         text        NOT NULL,
    staff_id      bigint,
    store_id      bigint,
    alone         boolean     NOT NULL DEFAULT false, -- 혼자 처리함
    at            timestamptz NOT NULL,
    business_date date        NOT NULL,
    undone_at     timestamptz,
    PRIMARY KEY (merchant_id, id),
    CONSTRAINT grants_cause_key UNIQUE (merchant_id, cause),
    FOREIGN KEY (merchant_id, membership_id) REFERENCES memberships,
    FOREIGN KEY (merchant_id, staff_id) REFERENCES staff
);
CREATE INDEX grants_membership ON grants (merchant_id, membership_id);
CREATE INDEX grants_staff ON grants (merchant_id, staff_id, business_date);

CREATE TABLE gives (                          -- "give them something": a group, a gift, its result
    merchant_id bigint      NOT NULL REFERENCES merchants,
    id          bigint GENERATED ALWAYS AS IDENTITY,
    program_id  bigint      NOT NULL,
    people      jsonb       NOT NULL,         -- the group's definition
    kind        text        NOT NULL CHECK (kind IN ('points', 'coupon')),
    unit        text,
    points      bigint      NOT NULL DEFAULT 0,
    coupon_kind text,
    words       text        NOT NULL DEFAULT '',
    chosen      bigint      NOT NULL,         -- people shown when it was decided
    given       bigint      NOT NULL DEFAULT 0,
    created_at  timestamptz NOT NULL,
    created_by  bigint,
    PRIMARY KEY (merchant_id, id),
    FOREIGN KEY (merchant_id, program_id) REFERENCES programs
);
CREATE TABLE give_members (                   -- exactly who was shown; shown = listed = given
    merchant_id   bigint NOT NULL,
    give_id       bigint NOT NULL,
    membership_id bigint NOT NULL,
    given_at      timestamptz,
    PRIMARY KEY (merchant_id, give_id, membership_id),
    FOREIGN KEY (merchant_id, give_id) REFERENCES gives,
    FOREIGN KEY (merchant_id, membership_id) REFERENCES memberships
);

CREATE TABLE consents (
    merchant_id bigint      NOT NULL,
    id          bigint GENERATED ALWAYS AS IDENTITY,
    customer_id bigint      NOT NULL,
    kind        text        NOT NULL CHECK (kind IN ('membership', 'advertising', 'night')),
    given       boolean     NOT NULL,
    wording     text        NOT NULL DEFAULT '', -- version of the wording
    channel     text        NOT NULL DEFAULT 'counter',
    at          timestamptz NOT NULL,
    recorded_at timestamptz NOT NULL,
    PRIMARY KEY (merchant_id, id),
    FOREIGN KEY (merchant_id, customer_id) REFERENCES customers
);
CREATE INDEX consents_customer ON consents (merchant_id, customer_id, kind, id DESC);

CREATE TABLE imports (
    merchant_id bigint      NOT NULL REFERENCES merchants,
    id          bigint GENERATED ALWAYS AS IDENTITY,
    file_name   text        NOT NULL,
    file_hash   bytea       NOT NULL,
    bytes       bigint      NOT NULL,
    encoding    text        NOT NULL CHECK (encoding IN ('utf-8', 'utf-8-bom', 'cp949')),
    delimiter   text        NOT NULL CHECK (delimiter IN (',', ';', E'\t', '|')),
    header      text[]      NOT NULL,
    mapping     jsonb       NOT NULL DEFAULT '{}',  -- column number → field
    options     jsonb       NOT NULL DEFAULT '{}',  -- date order, unit of money …
    mode        text        NOT NULL DEFAULT 'record' CHECK (mode IN ('record', 'opening', 'as_if')),
    version     int,                                -- as if: run by this version
    state       text        NOT NULL CHECK (state IN ('uploaded', 'checking', 'checked', 'running', 'done', 'failed', 'undoing', 'undone')),
    counts      jsonb       NOT NULL DEFAULT '{}',  -- rows, new, known, changed, errors, repairs, customers, points
    created_at  timestamptz NOT NULL,
    created_by  bigint,
    started_at  timestamptz,
    finished_at timestamptz,
    PRIMARY KEY (merchant_id, id)
);
CREATE TABLE import_rows (                    -- the staged file, deleted when the import is done; errors stay
    merchant_id bigint NOT NULL,
    import_id   bigint NOT NULL,
    line        int    NOT NULL,
    cells       text[],
    who         text   COLLATE "C",           -- the customer's key: "ext:…", "tel:…", "mail:…"
    name        text,
    phone       text,
    email       text,
    ext         text,
    birth       text,
    external_id text,                         -- the order's
    placed_at   timestamptz,
    placed_on   date,
    has_time    boolean,
    amount      bigint,
    quantity    int,
    item        text,
    points      bigint,
    expires_on  date,
    hash        bytea,
    repairs     smallint NOT NULL DEFAULT 0,
    error_code  text,
    error_col   int,
    customer_id bigint,
    state       text   NOT NULL DEFAULT 'staged' CHECK (state IN ('staged', 'ready', 'known', 'error', 'done')),
    chunk       int,
    PRIMARY KEY (merchant_id, import_id, line),
    FOREIGN KEY (merchant_id, import_id) REFERENCES imports
);
CREATE INDEX import_rows_chunk ON import_rows (merchant_id, import_id, chunk, line) WHERE state = 'ready';
CREATE INDEX import_rows_error ON import_rows (merchant_id, import_id, line) WHERE state = 'error';
CREATE TABLE import_mappings (                -- columns remembered by the header that they were chosen for
    merchant_id bigint NOT NULL REFERENCES merchants,
    header_hash bytea  NOT NULL,
    mapping     jsonb  NOT NULL,
    options     jsonb  NOT NULL DEFAULT '{}',
    PRIMARY KEY (merchant_id, header_hash)
);

-- +goose StatementBegin
CREATE FUNCTION refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the ledger is append-only: % on %', TG_OP, TG_TABLE_NAME USING ERRCODE = '42501';
END $$;
-- +goose StatementEnd
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON entries        FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON lot_uses       FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON lot_extensions FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON tier_changes   FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON publications   FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON consents       FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_records  FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();
