-- +goose Up
-- Members bring friends: a code for each who asks for one, and what became of each friend.

CREATE TABLE referral_codes (
    merchant_id   bigint NOT NULL,
    membership_id bigint NOT NULL,
    code          text   NOT NULL CHECK (char_length(code) BETWEEN 13 AND 20),
    PRIMARY KEY (merchant_id, membership_id),
    CONSTRAINT referral_codes_code_key UNIQUE (merchant_id, code),
    FOREIGN KEY (merchant_id, membership_id) REFERENCES memberships
);

CREATE TABLE referrals (
    merchant_id   bigint      NOT NULL,
    id            bigint GENERATED ALWAYS AS IDENTITY,
    source        text        NOT NULL,
    external_id   text        NOT NULL CHECK (char_length(external_id) BETWEEN 1 AND 120),
    program_id    bigint      NOT NULL,
    membership_id bigint      NOT NULL,       -- who brings
    friend_id     bigint      NOT NULL,       -- the customer who is brought
    state         text        NOT NULL CHECK (state IN ('pending', 'rewarded', 'rejected', 'reversed')),
    reason        text        NOT NULL DEFAULT '' CHECK (reason IN ('', 'self', 'same_contact', 'circular', 'customer_already', 'late', 'too_small', 'returned', 'limit', 'left')),
    period        text,                       -- rewarded: of the limit
    order_id      bigint,                     -- rewarded: the friend's order that counted
    awards        int         NOT NULL DEFAULT 0 CHECK (awards >= 0), -- how many the rules gave both for it
    referred_on   date        NOT NULL,
    decided_on    date,
    reversed_on   date,                       -- the day on which the awards were taken back
    recorded_at   timestamptz NOT NULL,
    PRIMARY KEY (merchant_id, id),
    CONSTRAINT referrals_external_id_key UNIQUE (merchant_id, source, external_id),
    CONSTRAINT referrals_decided CHECK ((state = 'pending') = (decided_on IS NULL) AND (state IN ('rejected', 'reversed')) = (reason <> '')
        AND (state IN ('rewarded', 'reversed')) = (period IS NOT NULL) AND (period IS NULL) = (order_id IS NULL) AND (state = 'reversed') = (reversed_on IS NOT NULL)),
    FOREIGN KEY (merchant_id, program_id) REFERENCES programs,
    FOREIGN KEY (merchant_id, membership_id) REFERENCES memberships,
    FOREIGN KEY (merchant_id, friend_id) REFERENCES customers,
    FOREIGN KEY (merchant_id, order_id) REFERENCES orders
);
CREATE UNIQUE INDEX referrals_friend_key ON referrals (merchant_id, program_id, friend_id) WHERE state <> 'rejected';
CREATE INDEX referrals_pending ON referrals (merchant_id, program_id, id) WHERE state = 'pending';
CREATE INDEX referrals_rewarded ON referrals (merchant_id, program_id, id) WHERE state = 'rewarded';
CREATE INDEX referrals_membership ON referrals (merchant_id, membership_id, period);
