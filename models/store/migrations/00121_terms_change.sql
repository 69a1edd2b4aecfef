-- +goose Up
-- Members are told of terms that will be worse for them.

ALTER TABLE messages DROP CONSTRAINT messages_template_check;
ALTER TABLE messages ADD CONSTRAINT messages_template_check
    CHECK (template IN ('invitation', 'reset', 'password_changed', 'expiry_notice', 'terms_change'));
