//go:build unix

package pg

import (
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"syscall"
	"time"
)

const (
	// A postmaster killed together with us may stay a zombie for a second, which PostgreSQL takes for alive; and the
	// sessions of a killed postmaster need a moment to notice. So starting is tried again for a while.
	retryFor   = 20 * time.Second
	retryPause = 200 * time.Millisecond
	upAfter    = time.Second
	maxLog     = 16 << 20
)

// supervise keeps one server running until Stop. It never gives its thread back: the kernel ties the child's life to it.
func (s *Server) supervise() {
	runtime.LockOSThread()
	defer close(s.done)
	giveUp := time.Now().Add(retryFor)
	for {
		began := time.Now()
		err := s.runOnce()
		if s.stopping() {
			return
		}
		if time.Since(began) > upAfter {
			giveUp = time.Now().Add(retryFor) // it had been up: a new death, a new patience
		}
		if time.Now().After(giveUp) {
			s.failed <- fmt.Errorf("it ended at once for %s, last: %w", retryFor, err)
			return
		}
		s.log.Warn("PostgreSQL ended, starting it again", "reason", err)
		select {
		case <-s.stop:
			return
		case <-time.After(retryPause):
		}
	}
}

// runOnce starts the server and stays until it has ended.
func (s *Server) runOnce() error {
	logFile, err := s.openLog()
	if err != nil {
		return err
	}
	defer logFile.Close()
	cmd := exec.Command(filepath.Join(s.bin, "postgres"), s.arguments()...)
	cmd.Dir = s.data()
	cmd.Stdout, cmd.Stderr = logFile, logFile
	cmd.SysProcAttr = attributes(s.acc)
	if err := cmd.Start(); err != nil {
		return err
	}
	ended := make(chan struct{})
	go s.endOnStop(cmd.Process, ended)
	err = cmd.Wait()
	close(ended)
	if err == nil {
		err = fmt.Errorf("it shut down")
	}
	return err
}

func (s *Server) arguments() []string {
	args := []string{"-D", s.data(), "-k", s.run}
	for _, name := range slices.Sorted(maps.Keys(s.settings)) {
		args = append(args, "-c", name+"="+s.settings[name])
	}
	return args
}

// endOnStop asks for a fast shutdown when Stop is called, and insists after 20 seconds.
func (s *Server) endOnStop(p *os.Process, ended <-chan struct{}) {
	select {
	case <-ended:
		return
	case <-s.stop:
	}
	_ = p.Signal(syscall.SIGINT)
	select {
	case <-ended:
	case <-time.After(20 * time.Second):
		_ = p.Signal(syscall.SIGQUIT)
	}
}

func (s *Server) stopping() bool {
	select {
	case <-s.stop:
		return true
	default:
		return false
	}
}

// Stop shuts the server down and frees the folder. It may be called once.
func (s *Server) Stop() {
	close(s.stop)
	<-s.done
	s.lock.Close()
}

func (s *Server) logPath() string { return filepath.Join(s.dir, "postgres.log") }

// openLog keeps one older file, so that the log cannot fill the disk.
func (s *Server) openLog() (*os.File, error) {
	if info, err := os.Stat(s.logPath()); err == nil && info.Size() > maxLog {
		if err := os.Rename(s.logPath(), s.logPath()+".1"); err != nil {
			return nil, err
		}
	}
	return os.OpenFile(s.logPath(), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
}
