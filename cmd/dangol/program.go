package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"

	"dangol/models"
	"dangol/models/calendar"
	"dangol/models/merchants"
	"dangol/models/programs"
	"dangol/models/store"
	"dangol/models/terms/presets"
)

var programCommand = command{
	name:    "program",
	args:    "export CODE | apply CODE FILE | publish CODE | presets",
	summary: "move a programme's terms between shops as a file, or start from a well-known one",
	help: `
program export CODE      prints the newest published terms, or with --draft those that are being edited.
program apply CODE FILE  makes the file (- for standard input) the draft of the programme, which is made if it is not there.
                         Every fault of the file is told with its place.
                         With --preset PRESET instead of a file it starts from that one.
program publish CODE     puts the draft in force now. With --as-if 2026-01-01 it has been in force since that date: only
                         before the shop's first posting, for importing the past.
program presets          lists well-known programmes to start from. program export --preset PRESET prints one, to be edited.`,
	run: runProgram,
}

func runProgram(ctx context.Context, a *app, set *flag.FlagSet, args []string) error {
	shop := set.Int64("merchant", 0, "the shop's number, where there are several (dangol merchant list)")
	draft := set.Bool("draft", false, "export the draft")
	asIf := set.String("as-if", "", "publish into the past: 2026-01-01, in the shop's zone")
	preset := set.String("preset", "", "a well-known programme to start from (dangol program presets)")
	words, err := a.words(set, args, func(verb string) int {
		n := map[string]int{"export": 1, "apply": 2, "publish": 1}[verb]
		if *preset != "" && (verb == "export" || verb == "apply") {
			n--
		}
		return n
	})
	if err != nil {
		return err
	}
	if words[0] == "presets" || words[0] == "export" && *preset != "" {
		return a.showPresets(*preset)
	}
	var verb func(ctx context.Context, db *store.DB, merchantID int64) error
	switch words[0] {
	case "export":
		verb = func(ctx context.Context, db *store.DB, id int64) error {
			return a.exportProgram(ctx, db, id, words[1], *draft)
		}
	case "apply":
		verb = func(ctx context.Context, db *store.DB, id int64) error {
			document, err := documentOf(words, *preset)
			if err != nil {
				return err
			}
			return a.applyProgram(ctx, db, id, words[1], document)
		}
	case "publish":
		verb = func(ctx context.Context, db *store.DB, id int64) error {
			return a.publishProgram(ctx, db, id, words[1], *asIf)
		}
	default:
		set.Usage()
		return errUsage
	}
	return a.withDatabase(ctx, func(db *database) error {
		id, err := theShop(ctx, db.DB, *shop)
		if err != nil {
			return err
		}
		return verb(ctx, db.DB, id)
	})
}

func (a *app) exportProgram(ctx context.Context, db *store.DB, merchantID int64, code string, draft bool) error {
	document, err := programs.Export(ctx, db, merchantID, code, draft)
	if err == nil {
		_, err = fmt.Fprintf(a.out, "%s\n", document)
	}
	return err
}

// showPresets lists the programmes to start from, or prints the document of one.
func (a *app) showPresets(code string) error {
	if code != "" {
		p, err := findPreset(code)
		if err == nil {
			_, err = fmt.Fprintf(a.out, "%s\n", p.Terms.Encode())
		}
		return err
	}
	for _, p := range presets.All() {
		fmt.Fprintf(a.out, "%-20s %s (%s)\n%20s %s\n", p.Code, p.Name().En, p.Terms.Currency, "", p.About.En)
	}
	return nil
}

func findPreset(code string) (presets.Preset, error) {
	p, ok := presets.Find(code)
	if !ok {
		return p, fmt.Errorf("there is no preset %q (dangol program presets)", code)
	}
	return p, nil
}

// documentOf is what apply is to make the draft: a preset, or else the file that is named.
func documentOf(words []string, preset string) ([]byte, error) {
	if preset == "" {
		return readDocument(words[2])
	}
	p, err := findPreset(preset)
	if err != nil {
		return nil, err
	}
	return p.Terms.Encode(), nil
}

func (a *app) applyProgram(ctx context.Context, db *store.DB, merchantID int64, code string, document []byte) error {
	made, err := programs.Apply(ctx, db, merchantID, models.Actor{}, code, document)
	if err != nil {
		return err
	}
	what := "the draft is replaced"
	if made {
		what = "made, with this draft"
	}
	fmt.Fprintf(a.out, "%s: %s; dangol program publish %s puts it in force\n", code, what, code)
	return nil
}

// readDocument reads no more of a file than any document has.
func readDocument(file string) ([]byte, error) {
	source := os.Stdin
	if file != "-" {
		f, err := os.Open(file)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		source = f
	}
	return io.ReadAll(io.LimitReader(source, programs.MaxDocument+1))
}

func (a *app) publishProgram(ctx context.Context, db *store.DB, merchantID int64, code, asIf string) error {
	params, err := pastOf(ctx, db, merchantID, asIf)
	if err != nil {
		return err
	}
	v, err := programs.Publish(ctx, db, merchantID, models.Actor{}, code, params)
	if err == nil {
		fmt.Fprintf(a.out, "%s: version %d is in force from %s\n", code, v.Version, v.EffectiveFrom.Format("2006-01-02 15:04 MST"))
	}
	return err
}

// pastOf reads --as-if: the first moment of that date in the shop.
func pastOf(ctx context.Context, db *store.DB, merchantID int64, asIf string) (p models.PublishParams, err error) {
	if asIf == "" {
		return p, nil
	}
	day, err := calendar.Parse(asIf)
	if err != nil {
		return p, fmt.Errorf("--as-if: %w", err)
	}
	shop, err := db.Merchant(ctx, merchantID)
	if err != nil {
		return p, err
	}
	return models.PublishParams{EffectiveFrom: day.In(shop.Zone), AsIf: true}, nil
}

// theShop is the one that is named, or the only one.
func theShop(ctx context.Context, db *store.DB, id int64) (int64, error) {
	if id != 0 {
		return id, nil
	}
	shops, err := merchants.List(ctx, db)
	if err == nil && len(shops) != 1 {
		err = fmt.Errorf("there are %d shops; say which with --merchant (dangol merchant list)", len(shops))
	}
	if err != nil {
		return 0, err
	}
	return shops[0].ID, nil
}
