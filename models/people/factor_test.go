package people

import (
	"bytes"
	"encoding/base64"
	"testing"

	"dangol/models"
)

// The key stands encrypted, for one person, under one secret: another's, another secret or a changed bit opens nothing.
func TestTheKeyIsSealed(t *testing.T) {
	g, other := NewGuard([]byte("0123456789abcdef0123456789abcdef")), NewGuard([]byte("fedcba9876543210fedcba9876543210"))
	f, err := g.NewFactor(&models.Person{ID: 7, Email: "minji@cafe.test"})
	if err != nil {
		t.Fatal(err)
	}
	key, _ := letters.DecodeString(f.Key)
	sealed, _ := base64.RawURLEncoding.DecodeString(f.Sealed)
	if len(key) != keyBytes || bytes.Contains(sealed, key) {
		t.Errorf("key of %d bytes, in the clear: %v", len(key), bytes.Contains(sealed, key))
	}
	if opened, err := g.decrypt(7, sealed); err != nil || !bytes.Equal(opened, key) {
		t.Errorf("its own: %v", err)
	}
	if _, err := g.decrypt(8, sealed); err == nil {
		t.Error("opened for somebody else")
	}
	if _, err := other.decrypt(7, sealed); err == nil {
		t.Error("opened under another secret")
	}
	sealed[len(sealed)/2] ^= 1
	if _, err := g.decrypt(7, sealed); err == nil {
		t.Error("opened with a changed bit")
	}
}
