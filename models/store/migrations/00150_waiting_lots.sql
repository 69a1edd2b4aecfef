-- +goose Up
-- Points may wait for an event of their order, such as its delivery, and are taken back if it does not come in time.
-- Lots live on for more reasons than that nobody was told.

ALTER TABLE lots
    ADD COLUMN awaits     text CHECK (awaits ~ '^[a-z0-9][a-z0-9_-]{0,31}$'), -- the event that ends the hold
    ADD COLUMN cancels_on date,              -- taken back as this day begins, if the event has not come
    ADD CONSTRAINT lots_awaits CHECK (awaits IS NULL AND cancels_on IS NULL OR bucket = 'pending' AND activates_on IS NULL AND awaits IS NOT NULL);

ALTER TABLE lot_extensions DROP CONSTRAINT lot_extensions_reason_check;
ALTER TABLE lot_extensions ADD CONSTRAINT lot_extensions_reason_check CHECK (reason IN ('untold', 'courtesy', 'staff', 'activity', 'tier'));

CREATE TABLE order_events (                   -- what was reported of orders, once by its own number
    merchant_id       bigint      NOT NULL REFERENCES merchants,
    id                bigint GENERATED ALWAYS AS IDENTITY,
    source            text        NOT NULL,
    external_id       text        NOT NULL CHECK (char_length(external_id) BETWEEN 1 AND 120),
    order_id          bigint      NOT NULL,
    event             text        NOT NULL CHECK (event ~ '^[a-z0-9][a-z0-9_-]{0,31}$'),
    happened_at       timestamptz NOT NULL,   -- business time
    recorded_at       timestamptz NOT NULL,   -- wall time
    PRIMARY KEY (merchant_id, id),
    CONSTRAINT order_events_external_id_key UNIQUE (merchant_id, source, external_id),
    FOREIGN KEY (merchant_id, order_id) REFERENCES orders
);
CREATE INDEX order_events_order ON order_events (merchant_id, order_id);
