-- +goose Up
-- Whose membership has its anniversary today? The members of each earlier year's day.
CREATE INDEX memberships_enrolled ON memberships (merchant_id, program_id, enrolled_at);

-- +goose Down
DROP INDEX memberships_enrolled;
