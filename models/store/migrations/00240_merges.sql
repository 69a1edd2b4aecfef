-- +goose Up
-- Two customers turn out to be one person: the duplicate is merged into the other. Its entries stay where they were made;
-- what it has left, its orders and its open coupons go over, and what was moved is noted, so that it can be undone exactly.
-- merged_into is flat: who is merged into somebody that is merged later points at the last.

ALTER TABLE customers
    ADD COLUMN merged_into bigint,
    ADD CONSTRAINT customers_merged_other CHECK (merged_into <> id),
    ADD FOREIGN KEY (merchant_id, merged_into) REFERENCES customers;
CREATE INDEX customers_merged ON customers (merchant_id, merged_into) WHERE merged_into IS NOT NULL;
ALTER TABLE memberships
    ADD COLUMN merged_into bigint,            -- the membership that goes on; then left_at is set and nothing falls due
    ADD CONSTRAINT memberships_merged_ended CHECK (merged_into IS NULL OR left_at IS NOT NULL AND next_due IS NULL),
    ADD FOREIGN KEY (merchant_id, merged_into) REFERENCES memberships;
CREATE INDEX memberships_merged ON memberships (merchant_id, merged_into) WHERE merged_into IS NOT NULL;

CREATE TABLE merges (
    merchant_id      bigint      NOT NULL,
    id               bigint GENERATED ALWAYS AS IDENTITY,
    source           text        NOT NULL,
    external_id      text        NOT NULL CHECK (char_length(external_id) BETWEEN 1 AND 120),
    from_customer_id bigint      NOT NULL,
    into_customer_id bigint      NOT NULL,
    reason           text        NOT NULL CHECK (char_length(reason) BETWEEN 1 AND 200), -- for staff
    content_hash     bytea       NOT NULL,
    staff_id         bigint,
    at               timestamptz NOT NULL,    -- business time
    business_date    date        NOT NULL,
    recorded_at      timestamptz NOT NULL,    -- wall time
    undone_at        timestamptz,             -- business time
    undone_by        bigint,                  -- staff; null: an API key
    PRIMARY KEY (merchant_id, id),
    CONSTRAINT merges_external_id_key UNIQUE (merchant_id, source, external_id),
    CONSTRAINT merges_two CHECK (from_customer_id <> into_customer_id),
    FOREIGN KEY (merchant_id, from_customer_id) REFERENCES customers,
    FOREIGN KEY (merchant_id, into_customer_id) REFERENCES customers,
    FOREIGN KEY (merchant_id, staff_id) REFERENCES staff,
    FOREIGN KEY (merchant_id, undone_by) REFERENCES staff
);
CREATE UNIQUE INDEX merges_open ON merges (merchant_id, from_customer_id) WHERE undone_at IS NULL;
CREATE INDEX merges_into ON merges (merchant_id, into_customer_id);

CREATE TABLE merge_members (                  -- programme by programme; the tier that the one who goes on held before and after
    merchant_id        bigint NOT NULL,
    merge_id           bigint NOT NULL,
    from_membership_id bigint NOT NULL,
    into_membership_id bigint NOT NULL,
    tier_before        jsonb  NOT NULL,
    tier_after         jsonb  NOT NULL,
    PRIMARY KEY (merchant_id, merge_id, from_membership_id),
    FOREIGN KEY (merchant_id, merge_id) REFERENCES merges,
    FOREIGN KEY (merchant_id, from_membership_id) REFERENCES memberships,
    FOREIGN KEY (merchant_id, into_membership_id) REFERENCES memberships
);

CREATE TABLE merge_accounts (                 -- what went over, less what was owed; the last entries of both that belong to it
    merchant_id     bigint NOT NULL,
    merge_id        bigint NOT NULL,
    from_account_id bigint NOT NULL,
    into_account_id bigint NOT NULL,
    points          bigint NOT NULL,
    from_seq        int    NOT NULL,
    into_seq        int    NOT NULL,
    PRIMARY KEY (merchant_id, merge_id, from_account_id),
    FOREIGN KEY (merchant_id, merge_id) REFERENCES merges,
    FOREIGN KEY (merchant_id, from_account_id) REFERENCES accounts,
    FOREIGN KEY (merchant_id, into_account_id) REFERENCES accounts
);

CREATE TABLE merge_counters (                 -- how much the counters of the one who goes on went up
    merchant_id   bigint NOT NULL,
    merge_id      bigint NOT NULL,
    membership_id bigint NOT NULL,            -- whose counter it was
    rule          text   NOT NULL,
    period        text   NOT NULL,
    used          bigint NOT NULL CHECK (used >= 0),
    PRIMARY KEY (merchant_id, merge_id, membership_id, rule, period),
    FOREIGN KEY (merchant_id, merge_id) REFERENCES merges
);

CREATE TABLE merge_moves (                    -- rows that belong to somebody else since
    merchant_id bigint NOT NULL,
    merge_id    bigint NOT NULL,
    kind        text   NOT NULL CHECK (kind IN ('order', 'coupon', 'customer', 'membership')), -- the last two: merged before, and follow
    row_id      bigint NOT NULL,
    PRIMARY KEY (merchant_id, merge_id, kind, row_id),
    FOREIGN KEY (merchant_id, merge_id) REFERENCES merges
);
CREATE INDEX merge_moves_row ON merge_moves (merchant_id, kind, row_id);

ALTER TABLE occasion_issues ADD COLUMN merge_id bigint; -- had by a customer who was merged: it counts for the one who goes on
CREATE INDEX occasion_issues_merge ON occasion_issues (merchant_id, merge_id) WHERE merge_id IS NOT NULL;

ALTER TABLE tier_changes DROP CONSTRAINT tier_changes_reason_check;
ALTER TABLE tier_changes ADD CONSTRAINT tier_changes_reason_check CHECK (reason IN ('enrol', 'up', 'down', 'keep', 'manual', 'mapped', 'refund', 'merge'));
