package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/pprof"
	"runtime"
	"time"

	"github.com/jackc/pgx/v5"

	"dangol/models/store"
)

// metrics serves numbers for a collector, in Prometheus's text format, and Go's own profiles. It holds no personal data,
// yet belongs on a private address.
func metrics(db *database) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /metrics", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
		writePool(w, db.DB)
		writeJobs(r.Context(), w, db.DB)
		gauge(w, "dangol_goroutines", "Goroutines.", float64(runtime.NumGoroutine()))
	})
	mux.HandleFunc("/debug/pprof/", pprof.Index)
	mux.HandleFunc("/debug/pprof/profile", pprof.Profile)
	mux.HandleFunc("/debug/pprof/trace", pprof.Trace)
	return mux
}

func writePool(w io.Writer, db *store.DB) {
	s := db.Pool().Stat()
	gauge(w, "dangol_pool_connections", "Connections open.", float64(s.TotalConns()))
	gauge(w, "dangol_pool_connections_in_use", "Connections in use.", float64(s.AcquiredConns()))
	gauge(w, "dangol_pool_connections_max", "Connections allowed.", float64(s.MaxConns()))
	counter(w, "dangol_pool_waits_total", "Times that somebody had to wait for a connection.", float64(s.EmptyAcquireCount()))
	counter(w, "dangol_pool_wait_seconds_total", "Time waited for connections.", s.EmptyAcquireWaitTime().Seconds())
}

// writeJobs counts the long work by state and kind. A database that does not answer leaves the numbers out, which a collector
// notices; the rest is shown all the same.
func writeJobs(ctx context.Context, w io.Writer, db *store.DB) {
	ctx, cancel := context.WithTimeout(ctx, 2*time.Second)
	defer cancel()
	rows, err := db.Pool().Query(ctx, `SELECT state, kind, count(*) FROM tasks GROUP BY 1, 2 ORDER BY 1, 2`)
	up := 1.0
	if err == nil {
		fmt.Fprint(w, "# HELP dangol_jobs Jobs by state and kind.\n# TYPE dangol_jobs gauge\n")
		var state, kind string
		var n int64
		_, err = pgx.ForEachRow(rows, []any{&state, &kind, &n}, func() error {
			fmt.Fprintf(w, "dangol_jobs{state=%q,kind=%q} %d\n", state, kind, n)
			return nil
		})
	}
	if err != nil {
		up = 0
	}
	gauge(w, "dangol_database_up", "Whether the database answered.", up)
}

func gauge(w io.Writer, name, help string, value float64)   { metric(w, "gauge", name, help, value) }
func counter(w io.Writer, name, help string, value float64) { metric(w, "counter", name, help, value) }

func metric(w io.Writer, kind, name, help string, value float64) {
	fmt.Fprintf(w, "# HELP %[1]s %[2]s\n# TYPE %[1]s %[3]s\n%[1]s %[4]g\n", name, help, kind, value)
}
