-- +goose Up
-- A consent to advertising is given for one way of being reached, and it is known who wrote it down. What was sealed
-- before has neither and keeps its seal.

ALTER TABLE consents ADD COLUMN medium text NOT NULL DEFAULT '' CHECK (medium IN ('', 'sms', 'email'));
ALTER TABLE consents ADD COLUMN staff_id bigint;
ALTER TABLE consents ADD CONSTRAINT consents_medium CHECK ((kind = 'advertising') = (medium <> ''));

-- +goose StatementBegin
CREATE OR REPLACE FUNCTION consent_seal(c consents) RETURNS bytea LANGUAGE sql IMMUTABLE AS $$
    SELECT sha256(convert_to((jsonb_build_array(c.merchant_id, c.id, c.customer_id, c.kind, c.given, c.wording, c.channel,
        extract(epoch FROM c.at), extract(epoch FROM c.recorded_at))
        || CASE WHEN c.medium = '' AND c.staff_id IS NULL THEN '[]'::jsonb ELSE jsonb_build_array(c.medium, c.staff_id) END)::text, 'UTF8'))
$$;
-- +goose StatementEnd
