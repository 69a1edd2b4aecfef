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

// The cost of one hash: about 40 ms on one core of a small server and 32 MiB. A hash carries its own parameters, so that
// raising these leaves old hashes readable; they are renewed at the next sign-in.
const (
	hashTime    = 2
	hashMemory  = 32 * 1024 // KiB
	hashThreads = 1
	hashLength  = 32
	saltLength  = 16
)

// queueFor is how long a sign-in waits for its turn before it is told to try again.
const queueFor = 5 * time.Second

// hasher makes and checks password hashes, a few at a time: memory stays bounded however many sign-ins arrive. Known
// devices have turns of their own, which a flood of strangers cannot use up.
type hasher struct {
	strangers chan struct{}
	known     chan struct{}
}

// newHasher has as many turns for strangers as there are processors, and as many again for known devices.
func newHasher() *hasher {
	turns := max(2, runtime.GOMAXPROCS(0))
	return &hasher{strangers: make(chan struct{}, turns), known: make(chan struct{}, turns)}
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
	return encode(hashTime, hashMemory, hashThreads, salt, derive(password, salt, hashTime, hashMemory, hashThreads)), nil
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
		derive(password, make([]byte, saltLength), hashTime, hashMemory, hashThreads)
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
	var passes, memory uint32
	var threads uint8
	parts := strings.Split(hash, "$")
	if len(parts) != 6 || parts[1] != "argon2id" {
		return false, fmt.Errorf("people: not an argon2id hash")
	}
	if _, err := fmt.Sscanf(parts[2], "v=%d", &version); err != nil || version != argon2.Version {
		return false, fmt.Errorf("people: argon2 version of a hash: %q", parts[2])
	}
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &memory, &passes, &threads); err != nil {
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
	return subtle.ConstantTimeCompare(want, derive(password, salt, passes, memory, threads)) == 1, nil
}

// outdated says whether the hash was made with other parameters than today's.
func outdated(hash string) bool {
	return !strings.HasPrefix(hash, parameters(hashTime, hashMemory, hashThreads))
}

// derive normalises first: the same Hangul typed on two systems may arrive composed or decomposed.
func derive(password string, salt []byte, passes, memory uint32, threads uint8) []byte {
	return argon2.IDKey([]byte(norm.NFC.String(password)), salt, passes, memory, threads, hashLength)
}

func encode(passes, memory uint32, threads uint8, salt, key []byte) string {
	b64 := base64.RawStdEncoding.EncodeToString
	return parameters(passes, memory, threads) + b64(salt) + "$" + b64(key)
}

func parameters(passes, memory uint32, threads uint8) string {
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$", argon2.Version, memory, passes, threads)
}
