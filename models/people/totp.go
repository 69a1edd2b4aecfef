package people

import (
	"crypto/hmac"
	"crypto/sha1" //nolint:gosec // what every authenticator app computes; HMAC does not need SHA-1 to resist collisions
	"encoding/base32"
	"encoding/binary"
	"fmt"
	"net/url"
	"time"
)

// Time-based one-time passwords as every authenticator app makes them: RFC 6238 with SHA-1, six digits, 30 seconds.
const (
	stepTime = 30 * time.Second
	digits   = 1_000_000
)

// stepAt is the number of the time step.
func stepAt(at time.Time) int64 { return at.Unix() / int64(stepTime/time.Second) }

// codeAt is the code of a key in a time step.
func codeAt(key []byte, step int64) string {
	mac := hmac.New(sha1.New, key)
	_ = binary.Write(mac, binary.BigEndian, step)
	sum := mac.Sum(nil)
	number := binary.BigEndian.Uint32(sum[sum[len(sum)-1]&0xf:]) & 0x7fffffff
	return fmt.Sprintf("%06d", number%digits)
}

// stepOf finds the time step that a code belongs to: this one or, for clocks that differ, its neighbours. Steps up to used
// are over. 0: none.
func stepOf(key []byte, code string, at time.Time, used int64) int64 {
	now := stepAt(at)
	for step := now - 1; step <= now+1; step++ {
		if step > used && hmac.Equal([]byte(codeAt(key, step)), []byte(code)) {
			return step
		}
	}
	return 0
}

var letters = base32.StdEncoding.WithPadding(base32.NoPadding)

// provisioning is the address that an authenticator app reads from the QR code.
func provisioning(key []byte, account string) string {
	return "otpauth://totp/" + url.PathEscape("Dangol:"+account) + "?issuer=Dangol&secret=" + letters.EncodeToString(key)
}
