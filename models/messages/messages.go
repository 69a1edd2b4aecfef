// Package messages is the outbox: what is to be told is written in the transaction of what happened, and delivered after.
package messages

import (
	"crypto/rand"
	"encoding/json"

	"github.com/jackc/pgx/v5"

	"dangol/models"
	"dangol/models/store"
)

// Params is one message to be told.
type Params struct {
	Template   models.MessageTemplate
	Recipient  string // e-mail address
	CustomerID int64  // 0: a member of staff
	Locale     string
	Data       models.MessageData
	Cause      string // a shop's message is sent once for each cause: "expiry:17:4:2027-01-31:1m"
}

// Once gives a cause that no other message has, for what may be told again and again.
func Once(kind string) string { return kind + ":" + rand.Text() }

// Enqueue writes a message in the caller's transaction and gives its id; 0 if its cause was told before.
func Enqueue(tx *store.Tx, p Params) (int64, error) {
	ids, err := EnqueueAll(tx, []Params{p})
	if err != nil {
		return 0, err
	}
	return ids[0], nil
}

// EnqueueAll writes many messages by one statement and gives their ids in order; 0 for a cause that was told before. In a
// sandbox a customer's message is written as sent: nobody is there to read it, and the row is the delivery.
func EnqueueAll(tx *store.Tx, list []Params) ([]int64, error) {
	now := tx.Now()
	batch := columns{}
	for i := range list {
		if err := batch.add(&list[i]); err != nil {
			return nil, err
		}
	}
	rows, err := tx.PG().Query(tx.Ctx(), `
		INSERT INTO messages (merchant_id, template, recipient, customer_id, locale, data, cause, state, next_try_at, created_at, sent_at)
		SELECT $1, template, recipient, nullif(customer_id, 0), locale, data::jsonb, cause,
			CASE WHEN $2 AND customer_id <> 0 THEN 'sent' ELSE 'waiting' END, $3, $4,
			CASE WHEN $2 AND customer_id <> 0 THEN $4::timestamptz END
		FROM unnest($5::text[], $6::text[], $7::bigint[], $8::text[], $9::text[], $10::text[]) AS m (template, recipient, customer_id, locale, data, cause)
		ON CONFLICT (merchant_id, cause) DO NOTHING RETURNING cause, id`,
		tx.MerchantID(), tx.Merchant().Sandbox, tx.Wall(), now,
		batch.templates, batch.recipients, batch.customers, batch.locales, batch.data, batch.causes)
	if err != nil {
		return nil, err
	}
	return batch.idsInOrder(rows)
}

// EnqueueMembers writes a message for every member of a programme who has an address, in their own language and with
// their name, by one statement. The cause is made each customer's own.
func EnqueueMembers(tx *store.Tx, programID int64, p Params) error {
	data, err := json.Marshal(p.Data)
	if err != nil {
		return err
	}
	_, err = tx.PG().Exec(tx.Ctx(), `
		INSERT INTO messages (merchant_id, template, recipient, customer_id, locale, data, cause, state, next_try_at, created_at, sent_at)
		SELECT $1, $3, c.email, c.id, c.locale, $4::jsonb || jsonb_build_object('name', c.name, 'shop', s.name), $5 || ':' || c.id,
			CASE WHEN $6 THEN 'sent' ELSE 'waiting' END, $7, $8, CASE WHEN $6 THEN $8::timestamptz END
		FROM merchants s
		JOIN memberships m ON m.merchant_id = s.id AND m.program_id = $2 AND m.left_at IS NULL
		JOIN customers c ON c.merchant_id = s.id AND c.id = m.customer_id AND c.email IS NOT NULL
		WHERE s.id = $1 ON CONFLICT (merchant_id, cause) DO NOTHING`,
		tx.MerchantID(), programID, p.Template, string(data), p.Cause, tx.Merchant().Sandbox, tx.Wall(), tx.Now())
	return store.Translate(err)
}

// columns are messages as the arrays of one statement.
type columns struct {
	templates, recipients, locales, data, causes []string
	customers                                    []int64
}

func (c *columns) add(p *Params) error {
	data, err := json.Marshal(p.Data)
	c.templates = append(c.templates, string(p.Template))
	c.recipients = append(c.recipients, p.Recipient)
	c.customers = append(c.customers, p.CustomerID)
	c.locales = append(c.locales, p.Locale)
	c.data = append(c.data, string(data))
	c.causes = append(c.causes, p.Cause)
	return err
}

func (c *columns) idsInOrder(rows pgx.Rows) ([]int64, error) {
	byCause := make(map[string]int64, len(c.causes))
	var cause string
	var id int64
	_, err := pgx.ForEachRow(rows, []any{&cause, &id}, func() error {
		byCause[cause] = id
		return nil
	})
	ids := make([]int64, len(c.causes))
	for i, cause := range c.causes {
		ids[i] = byCause[cause]
	}
	return ids, err
}
