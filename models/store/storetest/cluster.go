package storetest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"

	"dangol/models/store/pg"
)

const (
	// ClusterEnv names the cluster that the packages share: the connection string of its superuser, as keys and values.
	ClusterEnv = "DANGOL_TEST_PG"
	hostEnv    = "DANGOL_TEST_PG_HOST" // makes this process the host of a detached cluster in the folder it names
	idleFor    = 10 * time.Minute
)

// A test binary that has to start a cluster for others starts itself anew with hostEnv set: that process hosts it.
func init() {
	if dir := os.Getenv(hostEnv); dir != "" {
		if err := host(dir); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
}

// StartCluster brings up a PostgreSQL that forgets everything on a power cut, which is what tests want.
func StartCluster(ctx context.Context, dir string) (*pg.Server, error) {
	return pg.Start(ctx, pg.Config{Dir: dir, Settings: map[string]string{
		"fsync":              "off",
		"synchronous_commit": "off",
		"full_page_writes":   "off",
		"wal_level":          "minimal",
		"max_wal_senders":    "0",
		"max_connections":    "300",
		"shared_buffers":     "256MB",
		"max_wal_size":       "1GB",
	}})
}

// Folder makes a temporary folder that the server's account can enter: in memory where there is room, for a database is
// some 700 small files, copied for each test (35 ms in memory, up to 500 ms on a disk).
func Folder() (string, error) {
	parent := os.TempDir()
	if memory := "/dev/shm"; free(memory) > 4<<30 {
		parent = memory
	}
	dir, err := os.MkdirTemp(parent, "dangol-test-")
	if err != nil {
		return "", err
	}
	return dir, os.Chmod(dir, 0o711)
}

func free(dir string) int64 {
	var stat syscall.Statfs_t
	if err := syscall.Statfs(dir, &stat); err != nil {
		return 0
	}
	return int64(stat.Bavail) * int64(stat.Bsize) //nolint:unconvert // other systems have other types
}

// cluster gives the superuser's connection string of the machine's test cluster: the one in the environment, one that runs
// already, or a new one that goes on after this test for whoever comes next and ends after ten idle minutes.
func cluster(ctx context.Context) (string, error) {
	if url := os.Getenv(ClusterEnv); url != "" {
		return url, nil
	}
	dir := filepath.Join(os.TempDir(), fmt.Sprintf("dangol-cluster-%d", os.Geteuid()))
	if err := os.MkdirAll(dir, 0o711); err != nil {
		return "", err
	}
	unlock, err := lockFile(filepath.Join(dir, "lock"))
	if err != nil {
		return "", err
	}
	defer unlock()
	if url, ok := running(ctx, dir); ok {
		return url, nil
	}
	return detach(ctx, dir)
}

func lockFile(path string) (unlock func(), err error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	return func() { f.Close() }, syscall.Flock(int(f.Fd()), syscall.LOCK_EX)
}

func running(ctx context.Context, dir string) (string, bool) {
	url, err := os.ReadFile(filepath.Join(dir, "url"))
	if err != nil {
		return "", false
	}
	conn, err := pgx.Connect(ctx, string(url))
	if err != nil {
		return "", false
	}
	conn.Close(ctx)
	return string(url), true
}

// detach starts a host that outlives this process.
func detach(ctx context.Context, dir string) (string, error) {
	self, err := os.Executable()
	if err != nil {
		return "", err
	}
	log, err := os.OpenFile(filepath.Join(dir, "host.log"), os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return "", err
	}
	defer log.Close()
	_ = os.Remove(filepath.Join(dir, "url"))
	cmd := exec.Command(self)
	cmd.Env = append(os.Environ(), hostEnv+"="+dir)
	cmd.Dir = dir
	cmd.Stdout, cmd.Stderr = log, log
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	if err := cmd.Start(); err != nil {
		return "", err
	}
	gone := make(chan error, 1)
	go func() { gone <- cmd.Wait() }()
	for {
		if url, ok := running(ctx, dir); ok {
			return url, nil
		}
		select {
		case err := <-gone:
			said, _ := os.ReadFile(log.Name())
			return "", fmt.Errorf("the test cluster did not start: %w\n%s", errors.Join(err, ctx.Err()), said)
		case <-ctx.Done():
			return "", ctx.Err()
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// host runs a cluster until nobody has used it for ten minutes.
func host(dir string) error {
	ctx := context.Background()
	data, err := Folder()
	if err != nil {
		return err
	}
	defer os.RemoveAll(data)
	server, err := StartCluster(ctx, data)
	if err != nil {
		return err
	}
	defer server.Stop()
	if err := os.WriteFile(filepath.Join(dir, "url"), []byte(server.AdminURL()), 0o600); err != nil {
		return err
	}
	for used := time.Now(); time.Since(used) < idleFor; time.Sleep(10 * time.Second) {
		if busy(ctx, server.AdminURL()) {
			used = time.Now()
		}
	}
	unlock, err := lockFile(filepath.Join(dir, "lock")) // nobody is told of it while it goes
	if err != nil {
		return err
	}
	defer unlock()
	return os.Remove(filepath.Join(dir, "url"))
}

func busy(ctx context.Context, url string) bool {
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		return false
	}
	defer conn.Close(ctx)
	var others int
	err = conn.QueryRow(ctx, `SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()`).Scan(&others)
	return err == nil && others > 0
}

// as gives the connection string of another role and database of the same cluster: later keys stand over earlier ones.
func as(admin, role, database string) string {
	return strings.Join([]string{admin, "user=" + role, "dbname=" + database}, " ")
}
