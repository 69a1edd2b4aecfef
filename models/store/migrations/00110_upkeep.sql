-- +goose Up
-- What keeps an installation in order. The backups are the installation's, not a shop's, and of this server alone: they
-- stand in the schema that no backup carries.

CREATE TABLE ops.backups (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    asked_at    timestamptz NOT NULL,         -- by the night, or by somebody
    started_at  timestamptz,
    finished_at timestamptz,
    file        text,                         -- in the data folder's backups
    rows        bigint,
    fault       text,                         -- why it failed: a code that the screens have words for
    CONSTRAINT backups_outcome CHECK (CASE WHEN finished_at IS NULL THEN file IS NULL AND fault IS NULL ELSE (file IS NULL) <> (fault IS NULL) END)
);
CREATE UNIQUE INDEX backups_one_open ON ops.backups ((true)) WHERE finished_at IS NULL;
CREATE INDEX backups_good ON ops.backups (started_at) WHERE file IS NOT NULL;

CREATE TABLE close_faults (                   -- why a shop's open day cannot be closed; gone once a day was closed
    merchant_id bigint      PRIMARY KEY REFERENCES merchants,
    code        text        NOT NULL,
    at          timestamptz NOT NULL          -- wall time
);
