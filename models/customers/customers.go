// Package customers finds, creates and changes the people who buy, and gathers what the screens say about one of them:
// the counter's card, the list's row, the timeline. Points come from models/ledger, which alone moves them.
package customers

import (
	"gorm.io/gorm"

	"dangol/models"
	"dangol/models/audit"
	"dangol/models/store"
)

// Create writes down a new customer and how they are found. Enrolling them in a programme is a verb of its own.
// Errors: models.Invalid with every faulty field; "taken" at phone, email or external_id when another customer of the
// shop has it.
func Create(tx *store.Tx, actor models.Actor, p models.CustomerParams) (models.Customer, error) {
	now := tx.Now()
	c := models.Customer{MerchantID: tx.MerchantID(), Source: "counter", Locale: "ko", Version: 1, CreatedAt: now, UpdatedAt: now}
	if err := apply(&c, p, &now); err != nil {
		return c, err
	}
	if err := store.Create(tx, &c); err != nil {
		return c, store.Translate(err)
	}
	if err := index(tx, &c); err != nil {
		return c, err
	}
	return c, record(tx, actor, "customer.create", nil, &c)
}

// Change gives a customer new values; nil leaves one as it is, an empty text removes it. Errors: models.NotFound,
// models.ErrStale when p.Version is not the version that stands, models.Refused "customer_merged" for who was merged,
// models.Invalid as in Create.
func Change(tx *store.Tx, actor models.Actor, id int64, p models.CustomerParams) (models.Customer, error) {
	c, err := store.Lock[models.Customer](tx, id)
	if err != nil {
		return c, store.Translate(err)
	}
	if c.MergedInto != nil {
		return c, models.Refusal("customer_merged", nil)
	}
	if p.Version != 0 && p.Version != c.Version {
		return c, models.ErrStale
	}
	before, now := c, tx.Now()
	if err := apply(&c, p, &now); err != nil {
		return before, err
	}
	c.Version, c.UpdatedAt = c.Version+1, now
	if err := store.Update[models.Customer](tx, id, columns(&c)); err != nil {
		return before, store.Translate(err)
	}
	if err := reindex(tx, &before, &c); err != nil {
		return before, err
	}
	return c, record(tx, actor, "customer.change", &before, &c)
}

func columns(c *models.Customer) map[string]any {
	return map[string]any{
		"name": c.Name, "phone": c.Phone, "email": c.Email, "external_id": c.ExternalID, "locale": c.Locale, "store_id": c.StoreID,
		"birth_calendar": c.BirthCalendar, "birth_year": c.BirthYear, "birth_month": c.BirthMonth, "birth_day": c.BirthDay,
		"birth_set_at": c.BirthSetAt, "version": c.Version, "updated_at": c.UpdatedAt,
	}
}

// record notes what staff did; what tills do is not audited.
func record(tx *store.Tx, actor models.Actor, action string, before, after *models.Customer) error {
	if actor.StaffID == 0 {
		return nil
	}
	return audit.Record(tx, actor, action, subject(after.ID), map[string]any{"before": before, "after": after})
}

// index writes the search tokens of a new customer.
func index(tx *store.Tx, c *models.Customer) error {
	_, err := tx.PG().Exec(tx.Ctx(), `INSERT INTO customer_search (merchant_id, token, customer_id) SELECT $1, token, $2 FROM unnest($3::text[]) token`,
		c.MerchantID, c.ID, TokensOf(c))
	return err
}

func reindex(tx *store.Tx, before, after *models.Customer) error {
	if before.Name == after.Name && equal(before.Phone, after.Phone) && equal(before.Email, after.Email) && equal(before.ExternalID, after.ExternalID) {
		return nil
	}
	_, err := tx.PG().Exec(tx.Ctx(), `DELETE FROM customer_search WHERE merchant_id = $1 AND customer_id = $2`, after.MerchantID, after.ID)
	if err != nil {
		return err
	}
	return index(tx, after)
}

func equal(a, b *string) bool { return a == b || a != nil && b != nil && *a == *b }

// Find reads a customer. Errors: models.NotFound.
func Find(tx *store.Tx, id int64) (models.Customer, error) {
	c, err := store.Find[models.Customer](tx, id)
	return c, store.Translate(err)
}

// FindRef reads the customer that a till or a form names: by id, by the shop's own number, by phone or by e-mail. Who was
// merged means the one who goes on.
// Errors: models.NotFound; models.Invalid when the reference is empty or no number or address at all.
func FindRef(tx *store.Tx, ref models.CustomerRef) (models.Customer, error) {
	column, value, err := key(ref)
	if err != nil {
		return models.Customer{}, err
	}
	c, err := gorm.G[models.Customer](tx.Gorm()).Where("merchant_id = ? AND "+column+" = ?", tx.MerchantID(), value).Take(tx.Ctx())
	if err == nil && c.MergedInto != nil {
		return Find(tx, *c.MergedInto)
	}
	return c, store.Translate(err)
}

// key gives the column, a constant of ours, and the value by which a reference is looked up.
func key(ref models.CustomerRef) (column string, value any, err error) {
	switch {
	case ref.ID != 0:
		return "id", ref.ID, nil
	case ref.ExternalID != "":
		return "external_id", ref.ExternalID, nil
	case ref.Phone != "":
		phone, ok := models.NormalPhone(ref.Phone)
		return "phone", phone, faulty(ok, "phone", "bad_phone")
	case ref.Email != "":
		email, ok := models.NormalEmail(ref.Email)
		return "email", email, faulty(ok, "email", "bad_email")
	}
	return "", nil, models.InvalidField("customer", "required", nil)
}

func faulty(ok bool, field, code string) error {
	if ok {
		return nil
	}
	return models.InvalidField(field, code, nil)
}
