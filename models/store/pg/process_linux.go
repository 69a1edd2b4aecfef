package pg

import (
	"os"
	"path/filepath"
	"strconv"
	"syscall"
)

// attributes makes the kernel stop the server when we die, by the signal that PostgreSQL takes for a fast shutdown. It
// fires when the starting *thread* ends, so the caller stays locked to its thread. Setpgid: a ^C reaches us first.
func attributes(acc account) *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Credential: acc.credential(), Pdeathsig: syscall.SIGINT, Setpgid: true}
}

// serves tells whether the process is a PostgreSQL server on this data folder: a number left behind in postmaster.pid
// may belong to anybody by now.
func serves(pid int, data string) bool {
	cwd, err := os.Readlink(filepath.Join("/proc", strconv.Itoa(pid), "cwd"))
	return err == nil && cwd == data
}

// memory gives the machine's memory in bytes, 0 if unknown.
func memory() int64 {
	var info syscall.Sysinfo_t
	if syscall.Sysinfo(&info) != nil {
		return 0
	}
	return int64(info.Totalram) * int64(info.Unit)
}
