package main

import (
	"context"
	"flag"
	"fmt"
	"strings"

	"dangol/models"
	"dangol/models/keys"
)

var keyCommand = command{
	name:    "key",
	args:    "add NAME",
	summary: "make an API key for a till or a shop",
	help: `
The key is printed once and cannot be read again. List and revoke keys in Settings › API. The scopes: orders, redemptions,
customers:read, customers, programs:read, programs, publish, sandbox.`,
	run: runKey,
}

func runKey(ctx context.Context, a *app, set *flag.FlagSet, args []string) error {
	merchant := set.Int64("merchant", 0, "the shop; may be left out if there is one only")
	scopes := set.String("scopes", "orders,redemptions,customers", "what the key may do, separated by commas")
	source := set.String("source", "pos", "whose order numbers these are")
	words, err := a.words(set, args, one)
	if err != nil {
		return err
	}
	if words[0] != "add" {
		set.Usage()
		return errUsage
	}
	p := keys.Params{Name: words[1], Source: *source}
	for scope := range strings.SplitSeq(*scopes, ",") {
		p.Scopes = append(p.Scopes, models.Scope(strings.TrimSpace(scope)))
	}
	return a.withDatabase(ctx, func(db *database) error { return a.addKey(ctx, db, *merchant, p) })
}

func (a *app) addKey(ctx context.Context, db *database, merchantID int64, p keys.Params) error {
	none := ""
	clerk := string(models.Clerk)
	merchantID, err := a.shopFor(ctx, db, userFlags{merchant: &merchantID, role: &clerk, shop: &none})
	if err != nil {
		return err
	}
	text, key, err := keys.Make(ctx, db.DB, merchantID, models.Actor{}, p)
	if err != nil {
		return told(err)
	}
	fmt.Fprintf(a.out, "key %d of shop %d, shown this once:\n%s\n", key.ID, merchantID, text)
	return nil
}
