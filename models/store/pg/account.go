//go:build unix

package pg

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
)

// account is who the server runs as. PostgreSQL refuses to run as root, so root hands over to the user postgres, or
// nobody; anybody else runs it as themselves.
type account struct {
	uid, gid uint32
	other    bool // another account than this process
}

func serverAccount() (account, error) {
	if os.Geteuid() != 0 {
		return account{uid: uint32(os.Geteuid()), gid: uint32(os.Getegid())}, nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, err1 := strconv.ParseUint(u.Uid, 10, 32)
		gid, err2 := strconv.ParseUint(u.Gid, 10, 32)
		if err := errors.Join(err1, err2); err != nil {
			return account{}, fmt.Errorf("user %s: %w", name, err)
		}
		return account{uid: uint32(uid), gid: uint32(gid), other: true}, nil
	}
	return account{}, errors.New("running as root and neither user postgres nor nobody exists to run PostgreSQL as")
}

// credential is nil for our own account: setting the same ids again needs a privilege that we do not have.
func (a account) credential() *syscall.Credential {
	if !a.other {
		return nil
	}
	return &syscall.Credential{Uid: a.uid, Gid: a.gid}
}

// makeDir makes a folder that only the account may enter; what it makes above it can be passed through.
func (a account) makeDir(dir string) error {
	if err := os.MkdirAll(filepath.Dir(dir), 0o711); err != nil {
		return err
	}
	if err := os.Mkdir(dir, 0o700); err != nil && !errors.Is(err, os.ErrExist) {
		return err
	}
	if a.other {
		if err := os.Chown(dir, int(a.uid), int(a.gid)); err != nil {
			return err
		}
	}
	return os.Chmod(dir, 0o700) // fails on a folder that somebody else has put there
}

// reaches tells whether the account may pass through every existing folder above path.
func (a account) reaches(path string) bool {
	for dir := filepath.Dir(path); ; dir = filepath.Dir(dir) {
		if info, err := os.Stat(dir); err == nil && !a.passes(info) {
			return false
		}
		if dir == filepath.Dir(dir) {
			return true
		}
	}
}

func (a account) passes(info os.FileInfo) bool {
	stat, ok := info.Sys().(*syscall.Stat_t)
	mode := info.Mode().Perm()
	switch {
	case !ok:
		return false
	case stat.Uid == a.uid:
		return mode&0o100 != 0
	case stat.Gid == a.gid:
		return mode&0o010 != 0
	}
	return mode&0o001 != 0
}

// Folder gives the data folder to use for the wanted one. They differ when root starts the program and the server's
// account cannot get through to the wanted folder (a checkout below /root): then it is a folder of this checkout's own
// below /var/lib/dangol. The caller tells the person.
func Folder(wanted string) (string, error) {
	abs, err := filepath.Abs(wanted)
	if err != nil {
		return "", err
	}
	acc, err := serverAccount()
	if err != nil {
		return "", err
	}
	if !acc.other || acc.reaches(filepath.Join(abs, "pg")) {
		return abs, nil
	}
	sum := sha256.Sum256([]byte(abs))
	return filepath.Join("/var/lib/dangol", hex.EncodeToString(sum[:6])), nil
}
