package main

import (
	"bytes"
	"context"
	_ "embed"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"

	"github.com/jackc/pgx/v5"

	"dangol/models/store/pg"
)

// admin runs statements as the server's own superuser.
func (e *env) admin(ctx context.Context, statements ...string) error {
	conn, err := pgx.Connect(ctx, e.server.URL("dangol", pg.Database))
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	for _, s := range statements {
		if _, err := conn.Exec(ctx, s); err != nil {
			return err
		}
	}
	return nil
}

var (
	tps     = regexp.MustCompile(`tps = ([0-9.]+)`)
	latency = regexp.MustCompile(`latency average = ([0-9.]+) ms`)
)

// pgbench runs a script with prepared statements and gives transactions per second and the mean latency in ms.
func (e *env) pgbench(ctx context.Context, script string, clients int) (rate, mean float64, err error) {
	bin, err := pg.FindBin()
	if err != nil {
		return 0, 0, err
	}
	path := filepath.Join(e.dir, "floor.sql")
	if err := os.WriteFile(path, []byte(script), 0o644); err != nil {
		return 0, 0, err
	}
	config, err := pgx.ParseConfig(e.server.URL("dangol", pg.Database))
	if err != nil {
		return 0, 0, err
	}
	cmd := exec.CommandContext(ctx, filepath.Join(bin, "pgbench"), "-n", "-M", "prepared", "-f", path,
		"-c", strconv.Itoa(clients), "-j", strconv.Itoa(min(clients, 2)), "-T", strconv.Itoa(e.o.seconds),
		"-D", fmt.Sprintf("m=%d", e.merchant), "-D", fmt.Sprintf("first=%d", e.first), "-D", fmt.Sprintf("n=%d", e.o.customers),
		"-h", config.Host, "-U", config.User, config.Database)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Run(); err != nil {
		return 0, 0, fmt.Errorf("pgbench: %w\n%s", err, out.String())
	}
	rate, err = first(tps, out.String())
	if err == nil {
		mean, err = first(latency, out.String())
	}
	return rate, mean, err
}

func first(pattern *regexp.Regexp, text string) (float64, error) {
	found := pattern.FindStringSubmatch(text)
	if found == nil {
		return 0, fmt.Errorf("pgbench did not say %s:\n%s", pattern, text)
	}
	return strconv.ParseFloat(found[1], 64)
}

//go:embed floor_post.sql
var floorPost string
