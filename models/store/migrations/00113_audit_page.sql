-- +goose Up
-- Who did what, newest first: of one person, or of one kind (the first word of the action).
CREATE INDEX audit_records_staff ON audit_records (merchant_id, staff_id, id);
CREATE INDEX audit_records_kind ON audit_records (merchant_id, split_part(action, '.', 1), id);
