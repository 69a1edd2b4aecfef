//go:build unix

package pg

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// ErrInUse is returned when another instance holds the data folder.
var ErrInUse = errors.New("the data folder is in use by another instance")

// ErrVersion is returned when the data folder was made by another major version of PostgreSQL. Nothing is changed.
var ErrVersion = errors.New("the data folder belongs to another version of PostgreSQL")

// lock takes the folder for this process; the kernel gives it back when we die, however that happens.
func lock(dir string) (*os.File, error) {
	f, err := os.OpenFile(filepath.Join(dir, "lock"), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		f.Close()
		return nil, fmt.Errorf("%w: %s", ErrInUse, dir)
	}
	return f, nil
}

// prepare makes the cluster if there is none, else checks that these binaries may open it and that nobody else does.
func (s *Server) prepare() error {
	version, err := os.ReadFile(filepath.Join(s.data(), "PG_VERSION"))
	if errors.Is(err, os.ErrNotExist) {
		return s.initdb()
	}
	if err != nil {
		return err
	}
	if err := s.checkVersion(strings.TrimSpace(string(version))); err != nil {
		return err
	}
	return s.stopLeftover()
}

// initdb works beside the final place and renames at the end, so that a killed initdb never leaves half a cluster. Only
// such a half-made folder is ever removed.
func (s *Server) initdb() error {
	if entries, err := os.ReadDir(s.data()); err == nil && len(entries) > 0 {
		return fmt.Errorf("%s is not empty and holds no PG_VERSION: move it away first", s.data())
	}
	half := s.data() + ".init"
	if err := os.RemoveAll(half); err != nil {
		return err
	}
	cmd := exec.Command(filepath.Join(s.bin, "initdb"), "-D", half, "-U", superuser, "-A", "trust", "-E", "UTF8",
		"--locale=C.UTF-8", "--no-sync", "--data-checksums")
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: s.acc.credential()}
	cmd.Dir = s.dir
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w\n%s", err, out)
	}
	syscall.Sync()
	return os.Rename(half, s.data())
}

func (s *Server) checkVersion(folder string) error {
	out, err := exec.Command(filepath.Join(s.bin, "postgres"), "--version").Output()
	if err != nil {
		return fmt.Errorf("postgres --version: %w", err)
	}
	words := strings.Fields(string(out)) // postgres (PostgreSQL) 15.18 (Debian …)
	if len(words) < 3 {
		return fmt.Errorf("postgres --version says %q", out)
	}
	if major, _, _ := strings.Cut(words[2], "."); major != folder {
		return fmt.Errorf("%w: %s was made by version %s, the binaries in %s are %s; nothing was changed",
			ErrVersion, s.data(), folder, s.bin, major)
	}
	return nil
}

// stopLeftover asks a server that outlived its program to finish.
func (s *Server) stopLeftover() error {
	pid := s.leftover()
	if pid == 0 {
		return nil
	}
	if err := syscall.Kill(pid, syscall.SIGINT); err != nil {
		return fmt.Errorf("a PostgreSQL left behind (process %d) cannot be stopped: %w", pid, err)
	}
	for deadline := time.Now().Add(stopPatience); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		if s.leftover() == 0 {
			return nil
		}
	}
	return fmt.Errorf("a PostgreSQL left behind (process %d) did not stop in %s", pid, stopPatience)
}

func (s *Server) leftover() int {
	content, err := os.ReadFile(filepath.Join(s.data(), "postmaster.pid"))
	if err != nil {
		return 0
	}
	first, _, _ := strings.Cut(string(content), "\n")
	pid, err := strconv.Atoi(strings.TrimSpace(first))
	if err != nil || pid <= 0 || syscall.Kill(pid, 0) != nil || !serves(pid, s.data()) {
		return 0
	}
	return pid
}
