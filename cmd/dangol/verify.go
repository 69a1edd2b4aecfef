package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"time"

	"dangol/models/ledger"
	"dangol/models/programs"
	"dangol/models/store"
)

var verifyCommand = command{
	name:    "verify",
	args:    "[--json] [--merchant N]",
	summary: "prove that nothing in the ledgers was lost, doubled or changed",
	help: `
It first posts what is due by now, as a balance on a screen would show it. Then it reads every shop in one snapshot: the
chains of entries and of tier changes with their digests, every sum and every lot, what orders, refunds, payments and
grants say, and the totals by month. The exit code is 1 if anything does not agree.`,
	run: runVerify,
}

var errUnsound = errors.New("the ledgers do not agree with themselves; see above")

func runVerify(ctx context.Context, a *app, set *flag.FlagSet, args []string) error {
	asJSON := set.Bool("json", false, "print the report as JSON")
	merchant := set.Int64("merchant", 0, "the number of one shop; 0: all")
	if err := a.parse(set, args, 0); err != nil {
		return err
	}
	return a.withDatabase(ctx, func(db *database) error {
		var only []int64
		if *merchant != 0 {
			only = append(only, *merchant)
		}
		return a.verify(ctx, db.DB, *asJSON, only...)
	})
}

// verify prints what is found in these shops, or in all if none is named, and fails if that is anything.
func (a *app) verify(ctx context.Context, db *store.DB, asJSON bool, only ...int64) error {
	report, err := ledger.Verify(ctx, db, programs.Running, only...)
	if err != nil {
		return err
	}
	if err := a.printReport(report, asJSON); err != nil {
		return err
	}
	if report.Found > 0 {
		return errUnsound
	}
	return nil
}

func (a *app) printReport(r *ledger.Report, asJSON bool) error {
	if asJSON {
		encoder := json.NewEncoder(a.out)
		encoder.SetIndent("", "  ")
		return encoder.Encode(r)
	}
	for _, f := range r.Findings {
		fmt.Fprintf(a.out, "shop %d: %s (%s, %s): %s\n", f.MerchantID, f.Where, f.Table, f.Check, f.Detail)
	}
	if more := r.Found - int64(len(r.Findings)); more > 0 {
		fmt.Fprintf(a.out, "and %d more\n", more)
	}
	_, err := fmt.Fprintf(a.out, "%d shops, %d members, %d accounts, %d entries, %d lots in %s: %d things wrong\n",
		r.Merchants, r.Members, r.Accounts, r.Entries, r.Lots, r.Took.Round(time.Millisecond), r.Found)
	return err
}
