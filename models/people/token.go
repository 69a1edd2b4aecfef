package people

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"time"

	"dangol/models"
)

// newToken gives 256 random bits as text; only their sha256 is stored.
func newToken() string {
	b := make([]byte, 32)
	rand.Read(b)
	return base64.RawURLEncoding.EncodeToString(b)
}

// HashToken is how a token stands in the database: nobody who reads the table can use it.
func HashToken(token string) []byte {
	sum := sha256.Sum256([]byte(token))
	return sum[:]
}

// sessionID is the id of the session of a token, as lists show it.
func sessionID(token string) string { return hex.EncodeToString(HashToken(token)) }

// Guard holds what judging a sign-in needs besides the database: the turns of the hash, and the secret that marks known
// devices.
type Guard struct {
	hasher *hasher
	secret []byte
	slow   func(failures int) time.Duration
}

// NewGuard makes the guard of a program; the secret is that of its data folder.
func NewGuard(secret []byte) *Guard {
	return &Guard{hasher: newHasher(), secret: secret, slow: slowDown}
}

// deviceFor is how long a device stays known after its last sign-in.
const deviceFor = 180 * 24 * time.Hour

// device is the value of the cookie that marks a device on which this person has signed in: random id, time and a seal
// over both, the person and the password's age. Nothing is stored; a new password makes every old mark worthless.
func (g *Guard) device(p *models.Person, now time.Time) string {
	b := make([]byte, 16+8, 16+8+sha256.Size)
	rand.Read(b[:16])
	binary.BigEndian.PutUint64(b[16:], uint64(now.Unix()))
	return base64.RawURLEncoding.EncodeToString(append(b, g.seal(p, b)...))
}

// knows gives the id of a device that the person has signed in on, "" for any other.
func (g *Guard) knows(mark string, p *models.Person, now time.Time) string {
	b, err := base64.RawURLEncoding.DecodeString(mark)
	if err != nil || len(b) != 16+8+sha256.Size || !hmac.Equal(b[24:], g.seal(p, b[:24])) {
		return ""
	}
	if made := time.Unix(int64(binary.BigEndian.Uint64(b[16:24])), 0); now.Sub(made) > deviceFor {
		return ""
	}
	return base64.RawURLEncoding.EncodeToString(b[:16])
}

func (g *Guard) seal(p *models.Person, b []byte) []byte {
	mac := hmac.New(sha256.New, g.secret)
	mac.Write([]byte("device"))
	mac.Write(b)
	mac.Write(binary.BigEndian.AppendUint64(nil, uint64(p.ID)))
	if p.PasswordChangedAt != nil {
		mac.Write(binary.BigEndian.AppendUint64(nil, uint64(p.PasswordChangedAt.UnixMicro())))
	}
	return mac.Sum(nil)
}
