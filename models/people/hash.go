package people

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"runtime"
	"strings"
	"time"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"

	"dangol/models"
)

// cost is what one hash takes. A hash carries its own cost, so that raising today's leaves old hashes readable; they are
// renewed at the next sign-in.
type cost struct {
	passes  uint32
	memory  uint32 // KiB
	threads uint8
}

// usualCost is about 40 ms on one core of a small server, and 32 MiB.
var usualCost = cost{passes: 2, memory: 32 * 1024, threads: 1}

const (
	hashLength = 32
	saltLength = 16
)

// queueFor is how long a sign-in waits for its turn before it is told to try again.
const queueFor = 5 * time.Second

// hasher makes and checks password hashes, a few at a time: memory stays bounded however many sign-ins arrive. Known
// devices have turns of their own, which a flood of strangers cannot use up.
type hasher struct {
	cost      cost
	strangers chan struct{}
	known     chan struct{}
}

// newHasher has as many turns for strangers as there are processors, and as many again for known devices.
func newHasher() *hasher {
	turns := max(2, runtime.GOMAXPROCS(0))
	return &hasher{cost: usualCost, strangers: make(chan struct{}, turns), known: make(chan struct{}, turns)}
}

// hash gives the Argon2id hash of a password in PHC form. It returns Unavailable if no turn comes up.
func (h *hasher) hash(ctx context.Context, password string) (string, error) {
	done, err := turn(ctx, h.known)
	if err != nil {
		return "", err
	}
	defer done()
	salt := make([]byte, saltLength)
	rand.Read(salt)
	return h.cost.encode(salt, h.cost.derive(password, salt)), nil
}

// verify says whether the password has this hash. With hash == nil (nobody by that name, or no password yet) it spends
// the same time and says no, so that the time of an answer does not tell who has a login.
func (h *hasher) verify(ctx context.Context, hash *string, password string, isKnown bool) (bool, error) {
	queue := h.strangers
	if isKnown {
		queue = h.known
	}
	done, err := turn(ctx, queue)
	if err != nil {
		return false, err
	}
	defer done()
	if hash == nil {
		h.cost.derive(password, make([]byte, saltLength))
		return false, nil
	}
	return matches(*hash, password)
}

func turn(ctx context.Context, queue chan struct{}) (done func(), err error) {
	wait := time.NewTimer(queueFor)
	defer wait.Stop()
	select {
	case queue <- struct{}{}:
		return func() { <-queue }, nil
	case <-wait.C:
		return nil, models.ErrUnavailable
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func matches(hash, password string) (bool, error) {
	var version int
	var c cost
	parts := strings.Split(hash, "$")
	if len(parts) != 6 || parts[1] != "argon2id" {
		return false, fmt.Errorf("people: not an argon2id hash")
	}
	if _, err := fmt.Sscanf(parts[2], "v=%d", &version); err != nil || version != argon2.Version {
		return false, fmt.Errorf("people: argon2 version of a hash: %q", parts[2])
	}
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &c.memory, &c.passes, &c.threads); err != nil {
		return false, fmt.Errorf("people: parameters of a hash: %w", err)
	}
	salt, err := base64.RawStdEncoding.DecodeString(parts[4])
	if err != nil {
		return false, fmt.Errorf("people: salt of a hash: %w", err)
	}
	want, err := base64.RawStdEncoding.DecodeString(parts[5])
	if err != nil {
		return false, fmt.Errorf("people: key of a hash: %w", err)
	}
	return subtle.ConstantTimeCompare(want, c.derive(password, salt)) == 1, nil
}

// outdated says whether the hash was made at another cost than today's.
func (h *hasher) outdated(hash string) bool { return !strings.HasPrefix(hash, h.cost.String()) }

// derive normalises first: the same Hangul typed on two systems may arrive composed or decomposed.
func (c cost) derive(password string, salt []byte) []byte {
	return argon2.IDKey([]byte(norm.NFC.String(password)), salt, c.passes, c.memory, c.threads, hashLength)
}

func (c cost) encode(salt, key []byte) string {
	b64 := base64.RawStdEncoding.EncodeToString
	return c.String() + b64(salt) + "$" + b64(key)
}

// String is the beginning of every hash of this cost, in PHC form.
func (c cost) String() string {
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$", argon2.Version, c.memory, c.passes, c.threads)
}
