package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"text/tabwriter"
	"time"

	"dangol/models"
	"dangol/models/merchants"
	"dangol/views/i18n"
)

var merchantCommand = command{
	name:    "merchant",
	args:    "add NAME | list",
	summary: "add a shop to this installation, or list its shops",
	help: `
merchant add NAME adds a shop. With --sandbox it is one for trying things out: its clock stands at --clock and moves only
                  when somebody moves it, and nothing in it is real. Zone and currency are fixed by its first order.
merchant list     lists them with their numbers.`,
	run: runMerchant,
}

func runMerchant(ctx context.Context, a *app, set *flag.FlagSet, args []string) error {
	sandbox := set.Bool("sandbox", false, "a shop with a clock of its own")
	clock := set.String("clock", "", "where a sandbox's clock stands: 2026-01-31 or 2026-01-31T09:00; empty: now")
	zone := set.String("zone", "Asia/Seoul", "IANA time zone")
	currency := set.String("currency", "KRW", "ISO 4217 code")
	trade := set.String("trade", string(models.TradeUnknown), "cafe, restaurant, beauty, retail, online or unknown")
	words, err := a.words(set, args, func(verb string) int { return map[string]int{"add": 1}[verb] })
	if err != nil {
		return err
	}
	switch words[0] {
	case "add":
		p := models.MerchantParams{Name: words[1], Zone: *zone, Currency: *currency, Trade: models.Trade(*trade), Sandbox: *sandbox}
		if p.Clock, err = sandboxClock(*sandbox, *clock, *zone); err != nil {
			return err
		}
		return a.withDatabase(ctx, func(db *database) error { return a.addMerchant(ctx, db, p) })
	case "list":
		return a.withDatabase(ctx, func(db *database) error { return a.listMerchants(ctx, db) })
	}
	set.Usage()
	return errUsage
}

// sandboxClock reads the moment at which a sandbox is born, in its own zone.
func sandboxClock(sandbox bool, text, zone string) (time.Time, error) {
	switch {
	case !sandbox && text != "":
		return time.Time{}, errors.New("only a sandbox has a clock of its own: add --sandbox")
	case !sandbox:
		return time.Time{}, nil
	case text == "":
		return time.Now().UTC().Truncate(time.Second), nil
	}
	place, err := time.LoadLocation(zone)
	if err != nil {
		return time.Time{}, fmt.Errorf("--zone: %w", err)
	}
	for _, layout := range []string{time.DateOnly, "2006-01-02T15:04", time.RFC3339} {
		if at, err := time.ParseInLocation(layout, text, place); err == nil {
			return at.UTC(), nil
		}
	}
	return time.Time{}, fmt.Errorf("--clock %q is no moment like 2026-01-31 or 2026-01-31T09:00", text)
}

func (a *app) addMerchant(ctx context.Context, db *database, p models.MerchantParams) error {
	id, err := merchants.Add(ctx, db.DB, p)
	if err != nil {
		return told(err)
	}
	fmt.Fprintf(a.out, "shop %d: %s\nlet somebody in: dangol user add EMAIL --owner --merchant %d\n", id, p.Name, id)
	return nil
}

func (a *app) listMerchants(ctx context.Context, db *database) error {
	shops, err := merchants.List(ctx, db.DB)
	if err != nil {
		return err
	}
	table := tabwriter.NewWriter(a.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "ID\tNAME\tZONE\tCURRENCY\tCLOCK")
	for _, m := range shops {
		fmt.Fprintf(table, "%d\t%s\t%s\t%s\t%s\n", m.ID, m.Name, m.Zone, m.Currency, clockText(m))
	}
	return table.Flush()
}

func clockText(m models.Merchant) string {
	if m.ClockAt == nil {
		return "live"
	}
	return "sandbox at " + m.ClockAt.UTC().Format(time.RFC3339)
}

// english writes for the terminal.
func english() *i18n.Printer { return i18n.New(i18n.English) }
