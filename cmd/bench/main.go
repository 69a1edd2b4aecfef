// Command bench measures the product against the floor of the same database: what one hand-written statement, one COPY or
// one bare query takes for the same rows, in the same schema, on the same server, in the same run. Ratios travel between
// machines; rates do not.
//
//	go run ./cmd/bench                          # everything, on a private server that is thrown away
//	go run ./cmd/bench -only posting -seconds 8 # one part
//	go run ./cmd/bench -only pages -customers 1000000 -json bench.json
//	go run ./cmd/bench -only nightly,growth -customers 1000000
//	go run ./cmd/bench -only pages -data ./data # the pages of a shop that is there
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"runtime/debug"
	"runtime/pprof"
	"slices"
	"strings"
	"text/tabwriter"
	"time"
)

// Row is one line of the result: the product beside its floor.
type Row struct {
	Part    string  `json:"part"`
	Name    string  `json:"name"`
	Unit    string  `json:"unit"`    // "orders/s", "ms p95"
	Product float64 `json:"product"` //
	Floor   float64 `json:"floor"`   // 0: there is none, Goal is absolute
	Ratio   float64 `json:"ratio"`   // product ÷ floor for rates, floor ÷ product for times: 1 is level, more is better
	Goal    string  `json:"goal"`
	Note    string  `json:"note,omitempty"`
}

// options are the sizes of a run.
type options struct {
	customers int
	seconds   int
	only      string
	json      string
	data      string
	profile   string
}

// part is one thing that is measured.
type part struct {
	name  string
	tills bool // it posts to a shop of members who have bought once
	run   func(ctx context.Context, e *env) ([]Row, error)
}

var parts = []part{
	{"accrue", false, benchAccrue},
	{"posting", true, benchPosting},
	{"batches", true, benchBatches},
	{"imports", true, benchImports},
	{"nightly", false, benchNightly},
	{"growth", true, benchGrowth},
	{"pages", false, benchPages},
}

func main() {
	var o options
	flag.IntVar(&o.customers, "customers", 100_000, "members of the shop that is measured")
	flag.IntVar(&o.seconds, "seconds", 5, "length of each timed cell")
	flag.StringVar(&o.only, "only", "", "parts, comma-separated: "+names())
	flag.StringVar(&o.data, "data", "", "pages: of the largest shop in this data folder of a demo that does not run, instead of a new one")
	flag.StringVar(&o.json, "json", "", "also write the rows to this file")
	flag.StringVar(&o.profile, "profile", "", "write a CPU profile of the program to this file")
	flag.Parse()
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(150) // as the program itself
	}
	slog.SetLogLoggerLevel(slog.LevelWarn)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, o); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func names() string {
	var all []string
	for _, p := range parts {
		all = append(all, p.name)
	}
	return strings.Join(all, ",")
}

func run(ctx context.Context, o options) error {
	e, err := newEnv(o)
	if err != nil {
		return err
	}
	defer e.close()
	stop, err := profile(o.profile)
	if err != nil {
		return err
	}
	defer stop()
	var rows []Row
	for _, p := range parts {
		if o.only != "" && !slices.Contains(strings.Split(o.only, ","), p.name) {
			continue
		}
		if err := e.ready(ctx, p); err != nil {
			return err
		}
		began := time.Now()
		got, err := p.run(ctx, e)
		if err != nil {
			return fmt.Errorf("%s: %w", p.name, err)
		}
		for i := range got {
			got[i].Part = p.name
		}
		rows = append(rows, got...)
		fmt.Fprintf(os.Stderr, "%s: %s\n", p.name, time.Since(began).Round(time.Second))
	}
	print(rows)
	return save(rows, o.json)
}

// profile notes where the program spends its time from now on until stop is called.
func profile(path string) (stop func(), err error) {
	if path == "" {
		return func() {}, nil
	}
	file, err := os.Create(path)
	if err != nil {
		return nil, err
	}
	return func() { pprof.StopCPUProfile(); file.Close() }, pprof.StartCPUProfile(file)
}

func print(rows []Row) {
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "part\twhat\tproduct\tfloor\tratio\tgoal\tnote\t")
	for _, r := range rows {
		floor, ratio := "–", "–"
		if r.Floor > 0 {
			floor, ratio = number(r.Floor), fmt.Sprintf("%.2f", r.Ratio)
		}
		fmt.Fprintf(w, "%s\t%s\t%s %s\t%s\t%s\t%s\t%s\t\n", r.Part, r.Name, number(r.Product), r.Unit, floor, ratio, r.Goal, r.Note)
	}
	w.Flush()
}

func number(f float64) string {
	if f >= 100 {
		return fmt.Sprintf("%.0f", f)
	}
	return fmt.Sprintf("%.2f", f)
}

func save(rows []Row, path string) error {
	if path == "" {
		return nil
	}
	text, err := json.MarshalIndent(rows, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(path, append(text, '\n'), 0o644)
}
