-- +goose Up
-- Paid memberships: who has which plan, its periods, and what was paid for them. The shop takes the money.

CREATE TABLE subscriptions (
    merchant_id   bigint      NOT NULL,
    id            bigint GENERATED ALWAYS AS IDENTITY,
    source        text        NOT NULL,
    external_id   text        NOT NULL CHECK (char_length(external_id) BETWEEN 1 AND 120),
    program_id    bigint      NOT NULL,
    membership_id bigint      NOT NULL,
    plan          text        NOT NULL CHECK (plan ~ '^[a-z0-9][a-z0-9_-]{0,31}$'), -- code in the terms
    state         text        NOT NULL CHECK (state IN ('trial', 'active', 'cancelled', 'ended')),
    started_on    date        NOT NULL,
    period        int         NOT NULL CHECK (period > 0), -- the present one
    until_on      date,                       -- the last day on which the plan is active, as things stand; null: for ever
    due_on        date,                       -- the day on which it is looked at; null: never
    ended_on      date,                       -- the first day without it
    reason        text        NOT NULL DEFAULT '' CHECK (reason IN ('', 'cancelled', 'unpaid', 'over', 'not_offered', 'left')), -- why it ended
    refund        bigint      NOT NULL DEFAULT 0 CHECK (refund >= 0), -- what the customer gets back for the last period, minor units
    content_hash  bytea       NOT NULL,
    cancelled_at  timestamptz,                -- business time
    recorded_at   timestamptz NOT NULL,
    PRIMARY KEY (merchant_id, id),
    CONSTRAINT subscriptions_external_id_key UNIQUE (merchant_id, source, external_id),
    CONSTRAINT subscriptions_ended CHECK ((state = 'ended') = (ended_on IS NOT NULL) AND (state = 'ended') = (reason <> '') AND (state <> 'ended' OR due_on IS NULL)),
    FOREIGN KEY (merchant_id, program_id) REFERENCES programs,
    FOREIGN KEY (merchant_id, membership_id) REFERENCES memberships
);
CREATE UNIQUE INDEX subscriptions_living_key ON subscriptions (merchant_id, membership_id, plan) WHERE state <> 'ended';
CREATE INDEX subscriptions_membership ON subscriptions (merchant_id, membership_id);
CREATE INDEX subscriptions_due ON subscriptions (merchant_id, program_id, due_on, id) WHERE due_on IS NOT NULL;

CREATE TABLE subscription_periods (           -- what was promised of each period
    merchant_id     bigint      NOT NULL,
    subscription_id bigint      NOT NULL,
    period          int         NOT NULL CHECK (period > 0),
    anchor_on       date        NOT NULL,     -- the day from which its months are counted
    from_on         date        NOT NULL,
    until_on        date,                     -- null: for ever
    price           bigint      NOT NULL CHECK (price >= 0),
    pay_by          date,                     -- null: it costs nothing
    trial           boolean     NOT NULL,
    version         int         NOT NULL,     -- the terms of the day on which it began
    recorded_at     timestamptz NOT NULL,
    PRIMARY KEY (merchant_id, subscription_id, period),
    CONSTRAINT subscription_periods_priced CHECK ((price > 0) = (pay_by IS NOT NULL)),
    FOREIGN KEY (merchant_id, subscription_id) REFERENCES subscriptions
);

CREATE TABLE subscription_payments (          -- what a shop said that it was paid, once a period
    merchant_id     bigint      NOT NULL,
    id              bigint GENERATED ALWAYS AS IDENTITY,
    source          text        NOT NULL,
    external_id     text        NOT NULL CHECK (char_length(external_id) BETWEEN 1 AND 120),
    subscription_id bigint      NOT NULL,
    period          int         NOT NULL,
    amount          bigint      NOT NULL CHECK (amount > 0),
    at              timestamptz NOT NULL,     -- business time
    business_date   date        NOT NULL,
    recorded_at     timestamptz NOT NULL,
    PRIMARY KEY (merchant_id, id),
    CONSTRAINT subscription_payments_external_id_key UNIQUE (merchant_id, source, external_id),
    CONSTRAINT subscription_payments_period_key UNIQUE (merchant_id, subscription_id, period),
    FOREIGN KEY (merchant_id, subscription_id, period) REFERENCES subscription_periods
);

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON subscription_periods  FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON subscription_payments FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();
