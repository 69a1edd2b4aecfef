-- +goose Up
-- People, merchants, staff, sessions, keys, customers. Every key of a tenant table begins with merchant_id; the tables
-- that stand above merchants are merchants, people, sessions, links, api_keys and attempts.

CREATE TABLE merchants (
    id               bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name             text        NOT NULL CHECK (char_length(name) BETWEEN 1 AND 80),
    trade            text        NOT NULL DEFAULT 'unknown' CHECK (trade IN ('unknown', 'cafe', 'restaurant', 'beauty', 'retail', 'online')),
    zone             text        NOT NULL DEFAULT 'Asia/Seoul',
    currency         text        NOT NULL DEFAULT 'KRW' CHECK (currency ~ '^[A-Z]{3}$'),
    sandbox          boolean     NOT NULL DEFAULT false,
    demo             boolean     NOT NULL DEFAULT false,
    clock_at         timestamptz,             -- a sandbox's frozen business time
    clock_target     timestamptz,             -- where that clock is moving to; posting is refused meanwhile
    first_order_at   timestamptz,             -- zone and currency are fixed from here on
    first_posting_at timestamptz,             -- first live posting; "as if" imports are allowed only before it
    median_ticket    bigint      NOT NULL DEFAULT 12000 CHECK (median_ticket > 0),
    margin_percent   smallint    NOT NULL DEFAULT 60 CHECK (margin_percent BETWEEN 1 AND 100),
    settings         jsonb       NOT NULL DEFAULT '{}',
    created_at       timestamptz NOT NULL,
    CONSTRAINT merchants_sandbox_clock CHECK (sandbox = (clock_at IS NOT NULL)),
    CONSTRAINT merchants_clock_forward CHECK (clock_target IS NULL OR clock_target >= clock_at)
);

CREATE TABLE people (
    id                  bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    email               text        NOT NULL CHECK (email = lower(email) AND char_length(email) BETWEEN 3 AND 254),
    name                text        NOT NULL CHECK (char_length(name) BETWEEN 1 AND 60),
    password_hash       text,                 -- Argon2id in PHC form; null until the invitation is taken up
    password_changed_at timestamptz,
    locale              text        NOT NULL DEFAULT 'ko' CHECK (locale IN ('ko', 'en')),
    theme               text        NOT NULL DEFAULT 'system' CHECK (theme IN ('system', 'light', 'dark')),
    created_at          timestamptz NOT NULL,
    CONSTRAINT people_email_key UNIQUE (email)
);

CREATE TABLE sessions (
    token_hash  bytea PRIMARY KEY,            -- sha256 of the random id in the cookie
    person_id   bigint      REFERENCES people,
    merchant_id bigint      REFERENCES merchants, -- the shop that the person works in now
    data        bytea       NOT NULL DEFAULT '',
    created_at  timestamptz NOT NULL,
    seen_at     timestamptz NOT NULL,         -- touched at most once a minute
    revoked_at  timestamptz,
    address     text        NOT NULL DEFAULT '',
    agent       text        NOT NULL DEFAULT ''
);
CREATE INDEX sessions_person ON sessions (person_id) WHERE person_id IS NOT NULL;
CREATE INDEX sessions_seen ON sessions (seen_at);

CREATE TABLE links (
    token_hash  bytea PRIMARY KEY,            -- sha256 of a one-time token
    kind        text        NOT NULL CHECK (kind IN ('setup', 'invitation', 'reset')),
    person_id   bigint      REFERENCES people,
    merchant_id bigint      REFERENCES merchants,
    created_at  timestamptz NOT NULL,
    expires_at  timestamptz NOT NULL,
    used_at     timestamptz
);
CREATE INDEX links_person ON links (person_id, kind);

CREATE TABLE attempts (                       -- counters of the rate limits, by window
    scope   text        NOT NULL,             -- sign_in:account, sign_in:address, lookup:staff …
    subject text        NOT NULL,
    window_at timestamptz NOT NULL,
    count   int         NOT NULL,
    PRIMARY KEY (scope, subject, window_at)
);
CREATE INDEX attempts_window ON attempts (window_at);

CREATE TABLE stores (
    merchant_id bigint      NOT NULL REFERENCES merchants,
    id          bigint GENERATED ALWAYS AS IDENTITY,
    code        text        NOT NULL CHECK (code ~ '^[a-z0-9][a-z0-9_-]{0,31}$'),
    name        text        NOT NULL CHECK (char_length(name) BETWEEN 1 AND 60),
    closed_at   timestamptz,
    created_at  timestamptz NOT NULL,
    PRIMARY KEY (merchant_id, id),
    CONSTRAINT stores_code_key UNIQUE (merchant_id, code)
);

CREATE TABLE staff (
    merchant_id bigint      NOT NULL REFERENCES merchants,
    id          bigint GENERATED ALWAYS AS IDENTITY,
    person_id   bigint      NOT NULL REFERENCES people,
    role        text        NOT NULL CHECK (role IN ('owner', 'admin', 'marketer', 'manager', 'clerk', 'viewer')),
    store_ids   bigint[]    NOT NULL DEFAULT '{}', -- empty: every store
    disabled_at timestamptz,
    created_at  timestamptz NOT NULL,
    created_by  bigint,
    PRIMARY KEY (merchant_id, id),
    CONSTRAINT staff_person_key UNIQUE (merchant_id, person_id)
);
CREATE INDEX staff_person ON staff (person_id);

CREATE TABLE api_keys (
    token_hash   bytea PRIMARY KEY,           -- sha256 of the key, which is shown once
    merchant_id  bigint      NOT NULL REFERENCES merchants,
    id           bigint GENERATED ALWAYS AS IDENTITY,
    name         text        NOT NULL CHECK (char_length(name) BETWEEN 1 AND 60),
    prefix       text        NOT NULL,        -- what a list shows of the key
    source       text        NOT NULL CHECK (source ~ '^[a-z0-9][a-z0-9_-]{0,31}$'), -- whose order numbers these are
    scopes       text[]      NOT NULL,
    store_id     bigint,
    created_at   timestamptz NOT NULL,
    created_by   bigint,
    last_used_at timestamptz,                 -- touched at most once a minute
    revoked_at   timestamptz,
    UNIQUE (merchant_id, id),
    FOREIGN KEY (merchant_id, store_id) REFERENCES stores
);

CREATE TABLE customers (
    merchant_id    bigint      NOT NULL REFERENCES merchants,
    id             bigint GENERATED ALWAYS AS IDENTITY,
    name           text        NOT NULL DEFAULT '' CHECK (char_length(name) <= 60),
    phone          text        CHECK (phone ~ '^\+[0-9]{6,15}$'),
    email          text        CHECK (email = lower(email) AND char_length(email) BETWEEN 3 AND 254),
    external_id    text        CHECK (char_length(external_id) BETWEEN 1 AND 80),
    birth_calendar text        CHECK (birth_calendar IN ('solar', 'lunar', 'lunar_leap')),
    birth_year     smallint    CHECK (birth_year BETWEEN 1900 AND 2100),
    birth_month    smallint    CHECK (birth_month BETWEEN 1 AND 12),
    birth_day      smallint    CHECK (birth_day BETWEEN 1 AND 31),
    birth_set_at   timestamptz,
    store_id       bigint,
    source         text        NOT NULL DEFAULT 'counter',
    locale         text        NOT NULL DEFAULT 'ko' CHECK (locale IN ('ko', 'en')),
    version        int         NOT NULL DEFAULT 1,
    created_at     timestamptz NOT NULL,      -- business time
    updated_at     timestamptz NOT NULL,
    PRIMARY KEY (merchant_id, id),
    CONSTRAINT customers_phone_key UNIQUE (merchant_id, phone),
    CONSTRAINT customers_email_key UNIQUE (merchant_id, email),
    CONSTRAINT customers_external_id_key UNIQUE (merchant_id, external_id),
    CONSTRAINT customers_birth_whole CHECK ((birth_calendar IS NULL) = (birth_month IS NULL) AND (birth_month IS NULL) = (birth_day IS NULL)),
    FOREIGN KEY (merchant_id, store_id) REFERENCES stores
);
CREATE INDEX customers_birthday ON customers (merchant_id, birth_calendar, birth_month, birth_day) WHERE birth_month IS NOT NULL;

CREATE TABLE customer_search (                -- suffixes of names and of their initial consonants, phone tails, e-mail local parts
    merchant_id bigint NOT NULL,
    token       text COLLATE "C" NOT NULL,
    customer_id bigint NOT NULL,
    PRIMARY KEY (merchant_id, token, customer_id),
    FOREIGN KEY (merchant_id, customer_id) REFERENCES customers ON DELETE CASCADE
);
CREATE INDEX customer_search_customer ON customer_search (merchant_id, customer_id);

CREATE TABLE customer_attributes (
    merchant_id bigint NOT NULL,
    customer_id bigint NOT NULL,
    name        text   NOT NULL CHECK (char_length(name) BETWEEN 1 AND 60),
    value       text   NOT NULL CHECK (char_length(value) <= 500),
    PRIMARY KEY (merchant_id, customer_id, name),
    FOREIGN KEY (merchant_id, customer_id) REFERENCES customers ON DELETE CASCADE
);

CREATE TABLE customer_notes (                 -- two short notes that staff see at the counter
    merchant_id bigint      NOT NULL,
    id          bigint GENERATED ALWAYS AS IDENTITY,
    customer_id bigint      NOT NULL,
    note        text        NOT NULL CHECK (char_length(note) BETWEEN 1 AND 40),
    staff_id    bigint      NOT NULL,
    created_at  timestamptz NOT NULL,
    PRIMARY KEY (merchant_id, id),
    FOREIGN KEY (merchant_id, customer_id) REFERENCES customers ON DELETE CASCADE,
    FOREIGN KEY (merchant_id, staff_id) REFERENCES staff
);
CREATE INDEX customer_notes_customer ON customer_notes (merchant_id, customer_id);

CREATE TABLE idempotency_keys (
    merchant_id bigint      NOT NULL REFERENCES merchants,
    scope       text        NOT NULL,         -- whose key: api:<key id>, staff:<staff id>
    key         text        NOT NULL CHECK (char_length(key) BETWEEN 1 AND 255),
    body_hash   bytea       NOT NULL,
    status      smallint,                     -- null while the first request runs
    answer      bytea,
    created_at  timestamptz NOT NULL,         -- wall time; kept at least 24 h
    PRIMARY KEY (merchant_id, scope, key)
);
CREATE INDEX idempotency_keys_created ON idempotency_keys (created_at);

CREATE TABLE business_days (
    merchant_id bigint      NOT NULL REFERENCES merchants,
    day         date        NOT NULL,
    closed_at   timestamptz NOT NULL,         -- wall time
    PRIMARY KEY (merchant_id, day)
);

CREATE TABLE tasks (                          -- long work: resumable from its own row, held by a lease
    merchant_id bigint      NOT NULL REFERENCES merchants,
    id          bigint GENERATED ALWAYS AS IDENTITY,
    kind        text        NOT NULL CHECK (kind IN ('import', 'import_undo', 'clock', 'give')),
    subject_id  bigint,                       -- the import, the gift …
    args        jsonb       NOT NULL DEFAULT '{}',
    state       text        NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'running', 'done', 'failed', 'stopped')),
    cursor      jsonb       NOT NULL DEFAULT '{}',
    done        bigint      NOT NULL DEFAULT 0,
    total       bigint      NOT NULL DEFAULT 0,
    lease_owner text,
    lease_until timestamptz,
    error       text,
    created_at  timestamptz NOT NULL,
    created_by  bigint,
    started_at  timestamptz,
    finished_at timestamptz,
    PRIMARY KEY (merchant_id, id)
);
CREATE INDEX tasks_open ON tasks (lease_until NULLS FIRST) WHERE state IN ('waiting', 'running');
CREATE UNIQUE INDEX tasks_one_clock ON tasks (merchant_id) WHERE kind = 'clock' AND state IN ('waiting', 'running');

CREATE TABLE messages (                       -- the outbox
    merchant_id bigint      NOT NULL REFERENCES merchants,
    id          bigint GENERATED ALWAYS AS IDENTITY,
    template    text        NOT NULL CHECK (template IN ('invitation', 'reset', 'password_changed', 'expiry_notice')),
    kind        text        NOT NULL DEFAULT 'information' CHECK (kind IN ('information', 'advertising')),
    channel     text        NOT NULL DEFAULT 'email' CHECK (channel IN ('email')),
    recipient   text        NOT NULL,
    customer_id bigint,
    locale      text        NOT NULL CHECK (locale IN ('ko', 'en')),
    data        jsonb       NOT NULL,         -- what the template prints; erased with the customer
    cause       text        NOT NULL,
    state       text        NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'sent', 'failed')),
    attempts    int         NOT NULL DEFAULT 0,
    next_try_at timestamptz NOT NULL,         -- wall time
    created_at  timestamptz NOT NULL,         -- business time
    sent_at     timestamptz,
    error       text,
    PRIMARY KEY (merchant_id, id),
    CONSTRAINT messages_cause_key UNIQUE (merchant_id, cause),
    FOREIGN KEY (merchant_id, customer_id) REFERENCES customers ON DELETE CASCADE
);
CREATE INDEX messages_due ON messages (next_try_at) WHERE state = 'waiting';

CREATE TABLE audit_records (
    merchant_id bigint      NOT NULL REFERENCES merchants,
    id          bigint GENERATED ALWAYS AS IDENTITY,
    staff_id    bigint,                       -- null: the program itself or the command line
    action      text        NOT NULL,
    subject     text        NOT NULL,         -- "customer:17", "program:shop"
    at          timestamptz NOT NULL,         -- wall time
    digest      bytea       NOT NULL,         -- salted sha256 of the payload
    PRIMARY KEY (merchant_id, id),
    FOREIGN KEY (merchant_id, staff_id) REFERENCES staff
);
CREATE TABLE audit_payloads (                 -- before and after, reasons, address; deletable
    merchant_id bigint NOT NULL,
    audit_id    bigint NOT NULL,
    salt        bytea  NOT NULL,
    payload     jsonb  NOT NULL,
    PRIMARY KEY (merchant_id, audit_id),
    FOREIGN KEY (merchant_id, audit_id) REFERENCES audit_records
);
CREATE TABLE audit_seals (                    -- the chain, sealed in batches
    merchant_id bigint      NOT NULL REFERENCES merchants,
    id          bigint GENERATED ALWAYS AS IDENTITY,
    upto        bigint      NOT NULL,         -- last audit record under this seal
    digest      bytea       NOT NULL,         -- sha256(previous seal ‖ the records' canonical rows)
    at          timestamptz NOT NULL,
    PRIMARY KEY (merchant_id, id),
    UNIQUE (merchant_id, upto)
);
