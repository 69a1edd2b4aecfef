-- +goose Up
-- Publications and consents carry a seal over their own row, made where they are written. Moments count as microseconds,
-- so that no session's zone matters; columns are named, so that a later column does not break the seals of older rows.

ALTER TABLE publications ADD COLUMN seal bytea;
ALTER TABLE consents ADD COLUMN seal bytea;

-- +goose StatementBegin
CREATE FUNCTION publication_seal(p publications) RETURNS bytea LANGUAGE sql IMMUTABLE AS $$
    SELECT sha256(convert_to(jsonb_build_array(p.merchant_id, p.program_id, p.version, extract(epoch FROM p.effective_from), p.as_if, p.tier_mapping,
        extract(epoch FROM p.published_at), extract(epoch FROM p.recorded_at), p.published_by)::text, 'UTF8'))
$$;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE FUNCTION consent_seal(c consents) RETURNS bytea LANGUAGE sql IMMUTABLE AS $$
    SELECT sha256(convert_to(jsonb_build_array(c.merchant_id, c.id, c.customer_id, c.kind, c.given, c.wording, c.channel,
        extract(epoch FROM c.at), extract(epoch FROM c.recorded_at))::text, 'UTF8'))
$$;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE FUNCTION seal_publication() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.seal := coalesce(NEW.seal, publication_seal(NEW));
    RETURN NEW;
END $$;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE FUNCTION seal_consent() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.seal := coalesce(NEW.seal, consent_seal(NEW));
    RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER sealed BEFORE INSERT ON publications FOR EACH ROW EXECUTE FUNCTION seal_publication();
CREATE TRIGGER sealed BEFORE INSERT ON consents FOR EACH ROW EXECUTE FUNCTION seal_consent();
