package customers

import (
	"strconv"
	"time"

	"dangol/models"
)

func subject(id int64) string { return "customer:" + strconv.FormatInt(id, 10) }

// apply puts the parameters into the customer, normalised, and finds every fault.
func apply(c *models.Customer, p models.CustomerParams, now *time.Time) error {
	var f models.Faults
	if p.Name != nil {
		c.Name = text(&f, "name", *p.Name, models.MaxName)
	}
	if p.Phone != nil {
		c.Phone = normal(&f, "phone", "bad_phone", *p.Phone, models.NormalPhone)
	}
	if p.Email != nil {
		c.Email = normal(&f, "email", "bad_email", *p.Email, models.NormalEmail)
	}
	if p.ExternalID != nil {
		c.ExternalID = optional(text(&f, "external_id", *p.ExternalID, models.MaxExternalID))
	}
	if p.Birth != nil {
		applyBirth(&f, c, *p.Birth, now)
	}
	if p.Locale != nil {
		c.Locale = *p.Locale
	}
	if p.StoreID != nil {
		c.StoreID = p.StoreID
	}
	if p.Source != "" && c.ID == 0 {
		c.Source = p.Source
	}
	if c.Locale != "ko" && c.Locale != "en" {
		f.Add("locale", "unknown", nil)
	}
	if c.Phone == nil && c.Email == nil && c.ExternalID == nil && len(f) == 0 {
		f.Add("phone", "required", nil)
	}
	return f.Err()
}

func text(f *models.Faults, field, s string, limit int) string {
	clean, ok := models.CleanText(s, limit)
	if !ok {
		f.Add(field, "bad_text", map[string]any{"limit": limit})
	}
	return clean
}

func normal(f *models.Faults, field, code, s string, normalise func(string) (string, bool)) *string {
	if s == "" {
		return nil
	}
	value, ok := normalise(s)
	if !ok {
		f.Add(field, code, nil)
	}
	return &value
}

func optional(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// applyBirth sets the birthday, or removes it with month 0. When it was set is kept, since a birthday that was just
// changed earns no gift.
func applyBirth(f *models.Faults, c *models.Customer, b models.Birth, now *time.Time) {
	if b.Month == 0 {
		c.BirthCalendar, c.BirthYear, c.BirthMonth, c.BirthDay, c.BirthSetAt = nil, nil, nil, nil, nil
		return
	}
	if err := CheckBirth(b); err != nil {
		f.Add("birth", "bad_date", nil)
		return
	}
	if same(c.BirthMonth, b.Month) && same(c.BirthDay, b.Day) && c.BirthCalendar != nil && *c.BirthCalendar == b.Calendar {
		now = c.BirthSetAt
	}
	c.BirthCalendar, c.BirthMonth, c.BirthDay, c.BirthSetAt, c.BirthYear = &b.Calendar, &b.Month, &b.Day, now, nil
	if b.Year != 0 {
		c.BirthYear = &b.Year
	}
}

func same(a *int, b int) bool { return a != nil && *a == b }
