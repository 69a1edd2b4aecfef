-- +goose Up
-- The password again, and a second factor. The factor's key is encrypted with the program's secret, which is not in the
-- database; recovery codes are 80 random bits and stand as their hash.

ALTER TABLE sessions ADD COLUMN confirmed_at timestamptz; -- when the password was last given in this session

ALTER TABLE people
    ADD COLUMN second_factor      bytea,
    ADD COLUMN second_factor_at   timestamptz,
    ADD COLUMN second_factor_step bigint NOT NULL DEFAULT 0, -- the last time step that was used: a code works once
    ADD CONSTRAINT people_second_factor CHECK ((second_factor IS NULL) = (second_factor_at IS NULL));

CREATE TABLE recovery_codes (
    code_hash bytea  PRIMARY KEY,             -- sha256
    person_id bigint NOT NULL REFERENCES people,
    used_at   timestamptz
);
CREATE INDEX recovery_codes_person ON recovery_codes (person_id);
