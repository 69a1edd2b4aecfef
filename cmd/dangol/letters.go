package main

import (
	"cmp"
	"context"
	"path/filepath"
	"strings"
	"time"

	"dangol/models"
	"dangol/models/messages"
	"dangol/models/programs"
	"dangol/models/store"
	"dangol/models/terms"
	"dangol/views/emails"
	"dangol/views/i18n"
)

// postman writes the outbox's messages in words and hands them to the mail server or, without one, to the spool.
func (a *app) postman(db *database) (messages.Send, error) {
	transport, err := a.transport(db.folder)
	if err != nil {
		return nil, err
	}
	return messages.Sender(func(ctx context.Context, m models.Message) (messages.Mail, error) {
		return a.letter(ctx, db.DB, m)
	}, transport), nil
}

func (a *app) transport(folder string) (messages.Transport, error) {
	if a.config.SMTPURL != "" {
		return messages.NewSMTP(a.config.SMTPURL)
	}
	return messages.NewSpool(filepath.Join(folder, "spool"), time.Now)
}

func (a *app) letter(ctx context.Context, db *store.DB, m models.Message) (messages.Mail, error) {
	p, err := printerFor(ctx, db, m)
	if err != nil {
		return messages.Mail{}, err
	}
	letter, err := emails.Write(p, m, strings.TrimSuffix(a.config.URL.String(), "/"))
	if err != nil {
		return messages.Mail{}, err
	}
	html, err := letter.HTML(i18n.With(ctx, p), p.Locale)
	return messages.Mail{Subject: letter.Subject, Text: letter.Text(), HTML: html}, err
}

// printerFor writes for the message's reader as the shop counts: its zone, its currency, its word for points.
func printerFor(ctx context.Context, db *store.DB, m models.Message) (*i18n.Printer, error) {
	p := i18n.New(i18n.Match(cmp.Or(m.Locale, "ko")))
	return p, store.ReadTx(ctx, db, m.MerchantID, func(tx *store.Tx) error {
		p.Zone, p.Currency, p.Now = tx.Merchant().Zone, tx.Merchant().Currency, tx.Now()
		running, err := programs.Running(tx)
		if err != nil || m.Data.Unit == "" {
			return err
		}
		for _, program := range running {
			if inForce := program.Timeline.At(tx.Now()); inForce != nil && inForce.Unit(m.Data.Unit) != nil {
				p.Unit = named(inForce.Unit(m.Data.Unit), m.Locale)
			}
		}
		return nil
	})
}

// named is a unit of the terms as a printer calls it.
func named(unit *terms.Unit, locale string) i18n.Unit {
	return i18n.Unit{Name: unit.Plural.In(locale), Suffix: unit.Suffix.In(locale), Decimals: unit.Decimals}
}
