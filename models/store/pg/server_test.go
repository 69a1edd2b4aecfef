//go:build unix

package pg

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// The tests of killing need a program to kill: the test binary plays it when this names a folder.
const playParent = "DANGOL_PG_TEST_PARENT"

func TestMain(m *testing.M) {
	if dir := os.Getenv(playParent); dir != "" {
		parent(dir)
		return
	}
	os.Exit(m.Run())
}

// parent starts the server, inserts rows for ever and prints the number of each row that was acknowledged.
func parent(dir string) {
	ctx := context.Background()
	s, err := Start(ctx, Config{Dir: dir})
	if err != nil {
		fmt.Println("error", err)
		os.Exit(1)
	}
	conn, err := pgx.Connect(ctx, s.URL(Owner, Database))
	if err == nil {
		_, err = conn.Exec(ctx, `CREATE TABLE IF NOT EXISTS seen (n bigint PRIMARY KEY)`)
	}
	var n int64
	if err == nil {
		err = conn.QueryRow(ctx, `SELECT coalesce(max(n), 0) FROM seen`).Scan(&n)
	}
	for ; err == nil; n++ {
		if _, err = conn.Exec(ctx, `INSERT INTO seen VALUES ($1)`, n+1); err == nil {
			fmt.Println("row", n+1)
		}
	}
	fmt.Println("error", err)
}

func TestStartsAndGoesOnWithTheSameData(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	s := start(t, dir)
	exec1(t, s.URL(Owner, Database), `CREATE TABLE kept AS SELECT 7 AS n`)
	if got := ask(t, s.URL(App, Database), `SELECT rolsuper FROM pg_roles WHERE rolname = current_user`); got != "f" {
		t.Errorf("the program's role is a superuser: %s", got)
	}
	if got := ask(t, s.URL(App, Database), `SELECT current_setting('fsync') || current_setting('synchronous_commit') || current_setting('data_checksums')`); got != "ononon" {
		t.Errorf("durability settings: %s", got)
	}
	s.Stop()

	again := start(t, dir)
	defer again.Stop()
	if got := ask(t, again.URL(Owner, Database), `SELECT n FROM kept`); got != "7" {
		t.Errorf("kept %s", got)
	}
}

func TestASecondInstanceIsRefused(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	s := start(t, dir)
	defer s.Stop()
	if _, err := Start(t.Context(), Config{Dir: dir}); !errors.Is(err, ErrInUse) {
		t.Errorf("second start: %v", err)
	}
	url, err := URL(dir, App, Database)
	if err != nil {
		t.Fatal(err)
	}
	if got := ask(t, url, `SELECT 1`); got != "1" {
		t.Errorf("the first instance cannot be reached: %s", got)
	}
}

func TestAnotherVersionIsRefusedAndNothingDeleted(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	s := start(t, dir)
	exec1(t, s.URL(Owner, Database), `CREATE TABLE kept AS SELECT 7 AS n`)
	s.Stop()
	version := filepath.Join(dir, "data", "PG_VERSION")
	real, err := os.ReadFile(version)
	if err != nil {
		t.Fatal(err)
	}
	write(t, version, "9\n")
	if _, err := Start(t.Context(), Config{Dir: dir}); !errors.Is(err, ErrVersion) {
		t.Errorf("foreign version: %v", err)
	}
	write(t, version, string(real))
	again := start(t, dir)
	defer again.Stop()
	if got := ask(t, again.URL(Owner, Database), `SELECT n FROM kept`); got != "7" {
		t.Errorf("kept %s", got)
	}
}

func TestAFolderWithSomethingElseIsLeftAlone(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	thing := filepath.Join(dir, "data", "photos")
	if err := os.MkdirAll(thing, 0o755); err != nil {
		t.Fatal(err)
	}
	if s, err := Start(t.Context(), Config{Dir: dir}); err == nil {
		s.Stop()
		t.Error("a folder with something else in it was taken")
	}
	if _, err := os.Stat(thing); err != nil {
		t.Errorf("it was deleted: %v", err)
	}
}

func TestAHalfMadeClusterIsMadeAnew(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	if err := os.MkdirAll(filepath.Join(dir, "data.init", "base"), 0o755); err != nil {
		t.Fatal(err)
	}
	s := start(t, dir)
	s.Stop()
}

func TestComesBackWhenOnlyPostgresIsKilled(t *testing.T) {
	t.Parallel()
	s := start(t, folder(t))
	defer s.Stop()
	exec1(t, s.URL(Owner, Database), `CREATE TABLE kept AS SELECT 7 AS n`)
	for range 2 {
		kill(t, s.leftover())
		began := time.Now()
		waitFor(t, 20*time.Second, func() bool {
			conn, err := pgx.Connect(t.Context(), s.URL(Owner, Database))
			if err != nil {
				return false
			}
			defer conn.Close(context.Background())
			var n int
			return conn.QueryRow(t.Context(), `SELECT n FROM kept`).Scan(&n) == nil && n == 7
		})
		t.Logf("back after %v", time.Since(began))
	}
}

func TestSurvivesTheDeathOfTheProgram(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	acked := int64(0)
	for round := range 3 {
		acked = killedRun(t, dir, false, acked, round)
	}
	checkRows(t, dir, acked)
}

func TestSurvivesTheDeathOfBoth(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	acked := int64(0)
	for round := range 3 {
		acked = killedRun(t, dir, true, acked, round)
	}
	checkRows(t, dir, acked)
}

// killedRun plays a program that is killed while it inserts, and gives the last row that it saw acknowledged.
func killedRun(t *testing.T, dir string, both bool, acked int64, round int) int64 {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), playParent+"="+dir)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	for n := 0; lines.Scan(); n++ {
		what, value, _ := strings.Cut(lines.Text(), " ")
		if what != "row" {
			t.Fatalf("round %d: %s", round, lines.Text())
		}
		if acked, err = strconv.ParseInt(value, 10, 64); err != nil {
			t.Fatal(err)
		}
		if n == 200*(round+1) {
			killProgram(t, cmd, dir, both)
		}
	}
	_ = cmd.Wait()
	return acked
}

func killProgram(t *testing.T, cmd *exec.Cmd, dir string, both bool) {
	t.Helper()
	postmaster := (&Server{dir: dir}).leftover()
	kill(t, cmd.Process.Pid)
	if both {
		kill(t, postmaster)
	}
}

func checkRows(t *testing.T, dir string, acked int64) {
	t.Helper()
	s := start(t, dir)
	defer s.Stop()
	if acked < 600 {
		t.Errorf("only %d rows were written: the rounds did not go on from each other", acked)
	}
	lost := ask(t, s.URL(Owner, Database), fmt.Sprintf(`SELECT count(*) FROM generate_series(1, %d) n WHERE NOT EXISTS (SELECT FROM seen WHERE seen.n = n.n)`, acked))
	if lost != "0" {
		t.Errorf("%s of %d acknowledged rows are lost", lost, acked)
	}
}

func TestFolderFallsBackWhenTheServersAccountCannotReachIt(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Skip("only root hands over to another account")
	}
	closed := t.TempDir()
	if err := os.Chmod(closed, 0o700); err != nil {
		t.Fatal(err)
	}
	got, err := Folder(filepath.Join(closed, "data"))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(got, "/var/lib/dangol/") {
		t.Errorf("folder %s", got)
	}
	open := folder(t)
	if got, err := Folder(filepath.Join(open, "data")); err != nil || got != filepath.Join(open, "data") {
		t.Errorf("folder %s, %v", got, err)
	}
}

func TestVersionIn(t *testing.T) {
	for path, want := range map[string]int{
		"/usr/lib/postgresql/15/bin": 15, "/usr/lib/postgresql/9/bin": 9, "/opt/homebrew/opt/postgresql@17/bin": 17, "/bin": 0,
	} {
		if got := versionIn(path); got != want {
			t.Errorf("versionIn(%s) = %d, want %d", path, got, want)
		}
	}
}

// folder is a folder that the server's account can reach; t.TempDir is below a folder that only root may enter.
func folder(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "dangol-pg-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	if err := os.Chmod(dir, 0o711); err != nil {
		t.Fatal(err)
	}
	return dir
}

func start(t *testing.T, dir string) *Server {
	t.Helper()
	s, err := Start(t.Context(), Config{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func kill(t *testing.T, pid int) {
	t.Helper()
	if pid <= 1 {
		t.Fatalf("no process to kill: %d", pid)
	}
	if err := syscall.Kill(pid, syscall.SIGKILL); err != nil && !errors.Is(err, syscall.ESRCH) {
		t.Fatal(err)
	}
}

func waitFor(t *testing.T, patience time.Duration, ok func() bool) {
	t.Helper()
	for deadline := time.Now().Add(patience); !ok(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("not after %s", patience)
		}
	}
}

func write(t *testing.T, path, content string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

func exec1(t *testing.T, url, sql string) {
	t.Helper()
	conn := connect(t, url)
	defer conn.Close(context.Background())
	if _, err := conn.Exec(t.Context(), sql); err != nil {
		t.Fatal(err)
	}
}

func ask(t *testing.T, url, sql string) string {
	t.Helper()
	conn := connect(t, url)
	defer conn.Close(context.Background())
	rows, err := conn.Query(t.Context(), sql, pgx.QueryExecModeSimpleProtocol)
	if err != nil {
		t.Fatal(err)
	}
	got, err := pgx.CollectExactlyOneRow(rows, func(row pgx.CollectableRow) (string, error) {
		return string(row.RawValues()[0]), nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func connect(t *testing.T, url string) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	return conn
}
