package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// spent is processor time, which a busy machine distorts less than it distorts rates.
type spent struct{ server, program time.Duration }

// spent reads what the server, with all its processes, and this program have used so far. Zero where /proc is not.
func (e *env) spent() (s spent) {
	var use syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &use) == nil {
		s.program = time.Duration(use.Utime.Nano() + use.Stime.Nano())
	}
	pid, err := os.ReadFile(filepath.Join(e.dir, "pg", "data", "postmaster.pid"))
	if err != nil {
		return s
	}
	postmaster, _, _ := bytes.Cut(pid, []byte("\n"))
	stats, _ := filepath.Glob("/proc/[0-9]*/stat")
	for _, path := range stats {
		s.server += ticks(path, string(postmaster))
	}
	return s
}

// tick is the unit of /proc: 100 a second on every Linux that we know.
const tick = 10 * time.Millisecond

// ticks gives the time of a process if it is the postmaster, with the children that have ended, or one of its children.
// https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
func ticks(path, postmaster string) (sum time.Duration) {
	stat, _ := os.ReadFile(path)
	name := bytes.LastIndexByte(stat, ')')
	if name < 0 {
		return 0
	}
	fields := strings.Fields(string(stat[name+1:]))
	used := fields[11:13] // utime, stime
	if strings.HasPrefix(string(stat), postmaster+" ") {
		used = fields[11:15] // and those of children
	} else if fields[1] != postmaster {
		return 0
	}
	for _, field := range used {
		n, _ := strconv.ParseInt(field, 10, 64)
		sum += time.Duration(n) * tick
	}
	return sum
}

// each says what one of n pieces of work has used since.
func (s spent) each(since spent, n int) string {
	n = max(n, 1)
	return fmt.Sprintf("CPU %d µs server, %d program", (s.server-since.server).Microseconds()/int64(n), (s.program-since.program).Microseconds()/int64(n))
}
