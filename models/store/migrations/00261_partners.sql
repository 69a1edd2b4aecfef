-- +goose Up
-- What partners owe for the points that their rules gave, by month. A line says what had not been settled yet when its month
-- was closed, so that all lines together are all entries; it is never changed.
CREATE TABLE settlement_lines (
    merchant_id    bigint      NOT NULL,
    program_id     bigint      NOT NULL,
    partner        text        NOT NULL CHECK (partner ~ '^[a-z0-9][a-z0-9_-]{0,31}$'), -- code in the terms
    month          date        NOT NULL CHECK (extract(day FROM month) = 1),
    rule           text        NOT NULL,
    version        int         NOT NULL,
    unit           text        NOT NULL,
    points         bigint      NOT NULL, -- given, less what was taken back; below zero where more was taken back
    funded         bigint      NOT NULL, -- money, minor units, that the partner pays
    points_to_date bigint      NOT NULL, -- with this line
    funded_to_date bigint      NOT NULL,
    closed_at      timestamptz NOT NULL, -- wall time
    PRIMARY KEY (merchant_id, program_id, partner, month, rule, version),
    FOREIGN KEY (merchant_id, program_id, version) REFERENCES program_versions
);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON settlement_lines FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();

-- +goose Down
DROP TABLE settlement_lines;
