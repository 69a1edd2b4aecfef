-- +goose Up
-- Audit records and consents are sealed in batches, each seal over the one before it: what was changed or taken away afterwards
-- breaks the chain.

ALTER TABLE audit_seals ADD COLUMN chain text NOT NULL DEFAULT 'audit' CHECK (chain IN ('audit', 'consents'));
ALTER TABLE audit_seals ADD COLUMN records bigint NOT NULL DEFAULT 0;
ALTER TABLE audit_seals DROP CONSTRAINT audit_seals_merchant_id_upto_key;
ALTER TABLE audit_seals ADD CONSTRAINT audit_seals_upto_key UNIQUE (merchant_id, chain, upto);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_seals FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();

-- +goose StatementBegin
CREATE FUNCTION audit_seal(r audit_records) RETURNS bytea LANGUAGE sql IMMUTABLE AS $$
    SELECT sha256(convert_to(jsonb_build_array(r.merchant_id, r.id, r.staff_id, r.action, r.subject, extract(epoch FROM r.at), encode(r.digest, 'hex'))::text, 'UTF8'))
$$;
-- +goose StatementEnd

-- What one seal covers: the rows of a chain in the order of their numbers, and how many they are.
-- +goose StatementBegin
CREATE FUNCTION sealed_rows(of_merchant bigint, of_chain text, after bigint, upto bigint) RETURNS TABLE (records bigint, content bytea) LANGUAGE sql STABLE AS $$
    SELECT count(*), coalesce(string_agg(seal, '' ORDER BY id), '') FROM (
        SELECT r.id, audit_seal(r) AS seal FROM audit_records r WHERE of_chain = 'audit' AND r.merchant_id = of_merchant AND r.id > after AND r.id <= upto
        UNION ALL
        SELECT c.id, consent_seal(c) FROM consents c WHERE of_chain = 'consents' AND c.merchant_id = of_merchant AND c.id > after AND c.id <= upto) rows
$$;
-- +goose StatementEnd
