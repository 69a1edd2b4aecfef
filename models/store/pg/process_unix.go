//go:build unix && !linux

package pg

import (
	"os/exec"
	"strconv"
	"strings"
	"syscall"
)

// attributes: other systems than Linux cannot tie a child's life to ours; a server left behind is found by its
// postmaster.pid and stopped at the next start.
func attributes(acc account) *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Credential: acc.credential(), Setpgid: true}
}

func serves(pid int, data string) bool {
	out, err := exec.Command("ps", "-o", "args=", "-p", strconv.Itoa(pid)).Output()
	return err == nil && strings.Contains(string(out), data)
}

func memory() int64 { return 0 }
