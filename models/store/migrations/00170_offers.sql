-- +goose Up
-- Points are set aside for a checkout; coupons come from orders, tiers and rewards, and say what they took off and why;
-- rewards are claimed, also codes of somebody else's, each once.

ALTER TABLE redemptions
    ADD COLUMN state text NOT NULL DEFAULT 'redeemed' CHECK (state IN ('reserved', 'redeemed', 'cancelled', 'expired')),
    ADD COLUMN reserved_until timestamptz,            -- business time; from then on the points are back
    ADD CONSTRAINT redemptions_reserved_until CHECK (state <> 'reserved' OR reserved_until IS NOT NULL);
CREATE INDEX redemptions_reserved ON redemptions (merchant_id, account_id) WHERE state = 'reserved';

ALTER TABLE coupon_kinds
    ADD COLUMN paused_at timestamptz,                 -- nobody can use one until it goes on
    ADD COLUMN paused_by bigint;

ALTER TABLE coupons
    ADD COLUMN from_order_id  bigint,                 -- the order that it came from, with which it goes
    ADD COLUMN discount       bigint CHECK (discount >= 0), -- what it took off when it was used; null: told by nobody
    ADD COLUMN units          bigint NOT NULL DEFAULT 0 CHECK (units >= 0), -- things that it made cheaper or free
    ADD COLUMN why            bytea,                  -- the arithmetic of the discount
    ADD COLUMN reserved_for   text,                   -- the order that it is kept for: "pos:A17"
    ADD COLUMN reserved_until timestamptz,
    ADD CONSTRAINT coupons_reserved CHECK ((reserved_for IS NULL) = (reserved_until IS NULL));
CREATE INDEX coupons_from_order ON coupons (merchant_id, from_order_id) WHERE from_order_id IS NOT NULL;
CREATE INDEX coupons_reserved ON coupons (merchant_id, reserved_for) WHERE reserved_for IS NOT NULL;

CREATE TABLE rewards (                                -- outlives versions: what claims point at
    merchant_id bigint NOT NULL,
    program_id  bigint NOT NULL,
    code        text   NOT NULL CHECK (code ~ '^[a-z0-9][a-z0-9_-]{0,31}$'),
    PRIMARY KEY (merchant_id, program_id, code),
    FOREIGN KEY (merchant_id, program_id) REFERENCES programs
);

CREATE TABLE reward_claims (                          -- a reward that a member has taken for points
    merchant_id    bigint      NOT NULL,
    id             bigint GENERATED ALWAYS AS IDENTITY,
    program_id     bigint      NOT NULL,
    reward         text        NOT NULL,
    version        int         NOT NULL,              -- the terms by which it was claimed
    account_id     bigint      NOT NULL,              -- that paid
    source         text        NOT NULL,              -- "pos"; "auto": by itself
    external_id    text        NOT NULL CHECK (char_length(external_id) BETWEEN 1 AND 120),
    cause          text        NOT NULL,              -- of the entries that pay: "claim:pos:C1", "auto:cake:12"
    points         bigint      NOT NULL CHECK (points > 0),
    state          text        NOT NULL CHECK (state IN ('reserved', 'issued', 'redeemed', 'cancelled', 'expired')),
    reserved_until timestamptz,
    stock_period   text,                              -- the counters that count it, while it stands
    member_period  text,
    code           text,                              -- somebody else's code that was given
    content_hash   bytea,
    store_id       bigint,
    staff_id       bigint,
    at             timestamptz NOT NULL,              -- business time
    business_date  date        NOT NULL,
    decided_at     timestamptz,                       -- redeemed, cancelled or expired
    recorded_at    timestamptz NOT NULL,
    PRIMARY KEY (merchant_id, id),
    CONSTRAINT reward_claims_cause_key UNIQUE (merchant_id, account_id, cause),
    CONSTRAINT reward_claims_reserved_until CHECK (state <> 'reserved' OR reserved_until IS NOT NULL),
    FOREIGN KEY (merchant_id, account_id) REFERENCES accounts,
    FOREIGN KEY (merchant_id, program_id, reward) REFERENCES rewards
);
CREATE UNIQUE INDEX reward_claims_external_id_key ON reward_claims (merchant_id, source, external_id) WHERE source <> 'auto';
CREATE INDEX reward_claims_reserved ON reward_claims (merchant_id, account_id) WHERE state = 'reserved';
CREATE INDEX reward_claims_account ON reward_claims (merchant_id, account_id, id);

CREATE TABLE reward_codes (                           -- codes of somebody else's, each given once
    merchant_id bigint      NOT NULL,
    id          bigint GENERATED ALWAYS AS IDENTITY,
    program_id  bigint      NOT NULL,
    reward      text        NOT NULL,
    code        text        NOT NULL CHECK (char_length(code) BETWEEN 1 AND 120),
    imported_at timestamptz NOT NULL,
    claim_id    bigint,                               -- null: free
    PRIMARY KEY (merchant_id, id),
    CONSTRAINT reward_codes_code_key UNIQUE (merchant_id, program_id, reward, code),
    CONSTRAINT reward_codes_claim_key UNIQUE (merchant_id, claim_id),
    FOREIGN KEY (merchant_id, program_id, reward) REFERENCES rewards,
    FOREIGN KEY (merchant_id, claim_id) REFERENCES reward_claims
);
CREATE INDEX reward_codes_free ON reward_codes (merchant_id, program_id, reward, id) WHERE claim_id IS NULL;
