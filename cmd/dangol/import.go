package main

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"dangol/models"
	"dangol/models/imports"
	"dangol/models/imports/sheet"
	"dangol/models/store"
	"dangol/models/tasks"
)

var importCommand = command{
	name:    "import",
	args:    "--file FILE [--map column=field,…]",
	summary: "bring customers and purchases in from a CSV file",
	help: `
The file is looked through first, and what would be written is shown; nothing is written before you say so, or with --yes.
Encoding, separator and columns are guessed from the file; --map names columns by their header, or their number from 1:

  dangol import --file orders.csv --map 회원번호=ext,결제일=date,결제금액=amount

Fields: ext (your number of the customer), phone, email, name, birth, date, time, amount, order, item, quantity,
points and expires (opening balances). Modes: record keeps purchases for statistics and tiers; opening posts one balance a
customer; as_if lets the purchases earn as if the published terms had been in force, before the shop's first posting.
The same file again brings nothing new. --undo NUMBER takes an import back.`,
	run: runImport,
}

// importOrder is what was asked for at the terminal.
type importOrder struct {
	file, mapping, mode, program, order, encoding, errors, reason string
	undo                                                          int64
	yes                                                           bool
}

func runImport(ctx context.Context, a *app, set *flag.FlagSet, args []string) error {
	var o importOrder
	shop := set.Int64("merchant", 0, "the shop's number, where there are several (dangol merchant list)")
	set.StringVar(&o.file, "file", "", "the .csv or .csv.gz file")
	set.StringVar(&o.mapping, "map", "", "columns: header=field,header=field")
	set.StringVar(&o.mode, "mode", "", "record, opening or as_if; empty: as the file looks")
	set.StringVar(&o.program, "program", "", "code of the programme, where there are several")
	set.StringVar(&o.order, "dates", "", "dmy or mdy, for dates such as 03/04/2026")
	set.StringVar(&o.encoding, "encoding", "", "utf-8, utf-8-bom or cp949; empty: guessed")
	set.StringVar(&o.errors, "errors", "", "write the faulty rows into this file, with reasons")
	set.StringVar(&o.reason, "reason", "", "why, for the record")
	set.Int64Var(&o.undo, "undo", 0, "take the import of this number back")
	set.BoolVar(&o.yes, "yes", false, "do not ask")
	if err := a.parse(set, args, 0); err != nil {
		return err
	}
	if o.file == "" && o.undo == 0 {
		set.Usage()
		return errUsage
	}
	return a.withDatabase(ctx, func(db *database) error {
		id, err := theShop(ctx, db.DB, *shop)
		if err != nil {
			return err
		}
		i := &importer{a: a, desk: desk(db), merchantID: id, order: o}
		if o.undo != 0 {
			return i.step(ctx, o.undo, i.desk.StartUndo)
		}
		return i.run(ctx)
	})
}

// desk is where files are brought in.
func desk(db *database) *imports.Desk {
	return &imports.Desk{DB: db.DB, Folder: filepath.Join(db.folder, "uploads"), Refresh: refresher(db.DB)}
}

// importer brings one file in, telling the terminal how it goes.
type importer struct {
	a          *app
	desk       *imports.Desk
	merchantID int64
	order      importOrder
}

func (i *importer) run(ctx context.Context) error {
	imp, err := i.upload(ctx)
	if err != nil {
		return err
	}
	choice, err := i.choice(&imp)
	if err != nil {
		return err
	}
	shown, err := i.desk.Choose(ctx, i.merchantID, imp.ID, models.Actor{}, choice)
	if err != nil {
		return err
	}
	i.show(&shown)
	if err := i.step(ctx, imp.ID, i.desk.StartCheck); err != nil {
		return err
	}
	if err := i.keepErrors(ctx, imp.ID); err != nil {
		return err
	}
	if !i.order.yes && !i.confirmed() {
		fmt.Fprintln(i.a.out, "Nothing was written.")
		return nil
	}
	return i.step(ctx, imp.ID, i.desk.StartRun)
}

func (i *importer) upload(ctx context.Context) (imp imports.Import, err error) {
	file, err := os.Open(i.order.file)
	if err != nil {
		return imp, err
	}
	defer file.Close()
	return i.desk.Upload(ctx, i.merchantID, models.Actor{}, i.order.file, file)
}

// choice reads the flags. A mapping that is given stands for all columns: what it does not name is not read.
func (i *importer) choice(imp *imports.Import) (c imports.Choice, err error) {
	c = imports.Choice{Encoding: sheet.Encoding(i.order.encoding), Mode: imports.Mode(i.order.mode), DateOrder: imports.DateOrder(i.order.order),
		Program: i.order.program, Reason: i.order.reason}
	if i.order.mapping == "" {
		return c, nil
	}
	c.Mapping = make(imports.Mapping, len(imp.Header))
	for part := range strings.SplitSeq(i.order.mapping, ",") {
		header, field, ok := strings.Cut(part, "=")
		column := columnOf(imp.Header, strings.TrimSpace(header))
		if !ok || column < 0 {
			return c, fmt.Errorf("--map %s: there is no such column; the file has %s", part, strings.Join(imp.Header, ", "))
		}
		c.Mapping[column] = imports.Field(strings.TrimSpace(field))
	}
	return c, nil
}

// columnOf finds a column by its header or by its number from 1.
func columnOf(header []string, name string) int {
	if at := slices.Index(header, name); at >= 0 {
		return at
	}
	if n, err := strconv.Atoi(name); err == nil && n >= 1 && n <= len(header) {
		return n - 1
	}
	return -1
}

func (i *importer) show(p *imports.Preview) {
	fmt.Fprintf(i.a.out, "Import %d: %s, %s, mode %s\n", p.ID, p.FileName, p.Encoding, p.Mode)
	for n, field := range p.Mapping {
		sample := ""
		if len(p.Rows) > 0 && n < len(p.Rows[0]) {
			sample = p.Rows[0][n]
		}
		if field == imports.Ignore {
			field = "-"
		}
		fmt.Fprintf(i.a.out, "  %d %s = %s (%s)\n", n+1, p.Header[n], field, sheet.Printable(sample))
	}
}

// step starts a step and does it here, or waits for the server that has taken it first.
func (i *importer) step(ctx context.Context, id int64, start func(context.Context, int64, int64, models.Actor) (int64, error)) error {
	task, err := start(ctx, i.merchantID, id, models.Actor{})
	if err != nil {
		return err
	}
	watching, stop := context.WithCancel(ctx)
	ended := make(chan error, 1)
	go func() { ended <- i.watch(watching, id) }()
	err = i.desk.Work(ctx, i.desk.DB, i.merchantID, task)
	if !errors.Is(err, tasks.ErrHeld) {
		stop()
	}
	watched := <-ended
	stop()
	if errors.Is(err, tasks.ErrHeld) {
		err = watched
	}
	if err != nil {
		return err
	}
	return i.report(ctx, id)
}

// watch prints how far the step is, until it is over or nobody wants to know.
func (i *importer) watch(ctx context.Context, id int64) error {
	ticker := time.NewTicker(2 * time.Second)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-ticker.C:
		}
		p, err := i.progress(ctx, id)
		if err != nil {
			return err
		}
		if p.Task.State.Over() {
			return nil
		}
		if p.Task.Total > 0 {
			fmt.Fprintf(i.a.out, "  %d of %d rows, %d a second, %s left\n", p.Task.Done, p.Task.Total, p.PerSecond, p.Left)
		}
	}
}

func (i *importer) progress(ctx context.Context, id int64) (p imports.Progress, err error) {
	err = store.InTx(ctx, i.desk.DB, i.merchantID, func(tx *store.Tx) error {
		p, err = imports.Watch(tx, id)
		return err
	})
	return p, err
}

// report says what a step has found or done.
func (i *importer) report(ctx context.Context, id int64) error {
	p, err := i.progress(ctx, id)
	if err != nil {
		return err
	}
	c := &p.Counts
	fmt.Fprintf(i.a.out, "%s: %d rows, %d new, %d known already, %d faulty; %d new customers\n", p.State, c.Rows, c.New, c.Known, c.Errors, c.Customers)
	for _, kind := range slices.Sorted(maps.Keys(c.Repairs)) {
		fmt.Fprintf(i.a.out, "  mended: %s %d\n", kind, c.Repairs[kind])
	}
	for _, points := range c.Points {
		fmt.Fprintf(i.a.out, "  %s: %d earned, %d expired, %d open\n", points.Unit, points.Earned, points.Expired, points.Open)
	}
	if c.Withdrawn+c.Refused > 0 {
		fmt.Fprintf(i.a.out, "  %d rows taken back; %d customers keep theirs, having spent of it\n", c.Withdrawn, c.Refused)
	}
	if p.State == imports.Failed {
		return fmt.Errorf("the import failed: %s", p.Task.Error)
	}
	return i.firstErrors(ctx, id, p.State)
}

const errorsShown = 10

func (i *importer) firstErrors(ctx context.Context, id int64, state imports.State) error {
	if state != imports.Checked {
		return nil
	}
	return store.InTx(ctx, i.desk.DB, i.merchantID, func(tx *store.Tx) error {
		faults, err := imports.Errors(tx, id, errorsShown)
		for _, f := range faults {
			fmt.Fprintf(i.a.out, "  line %d, column %d: %s %q\n", f.Line, f.Column, f.Code, f.Cell)
		}
		return err
	})
}

func (i *importer) keepErrors(ctx context.Context, id int64) error {
	if i.order.errors == "" {
		return nil
	}
	out, err := os.OpenFile(i.order.errors, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	err = store.InTx(ctx, i.desk.DB, i.merchantID, func(tx *store.Tx) error {
		return imports.WriteErrors(tx, id, out, "reason", func(f imports.Fault) string {
			return fmt.Sprintf("line %d, column %d: %s", f.Line, f.Column, f.Code)
		})
	})
	return errors.Join(err, out.Close())
}

func (i *importer) confirmed() bool {
	fmt.Fprint(i.a.out, "Write this? [y/N] ")
	answer, _ := bufio.NewReader(os.Stdin).ReadString('\n')
	return strings.EqualFold(strings.TrimSpace(answer), "y")
}
