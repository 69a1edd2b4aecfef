package people

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/text/unicode/norm"

	"dangol/models"
)

func TestPasswordRules(t *testing.T) {
	own := []string{"minji.kim@cafe-dangol.kr", "단골 커피", "김민지"}
	for _, test := range []struct{ password, code string }{
		{"elevenchars", "weak_password"},
		{"가나다라마바사아자차카", "weak_password"},
		{"가나다라마바사아자차카타", ""},
		{strings.Repeat("긴 문장 ", 26), "too_long"},
		{"bad\xffutf8 but long", "too_long"},
		{"Password1234", "common_password"},
		{"ｐａｓｓｗｏｒｄ１２３４", "common_password"},
		{"!!dkssudgktpdy99", "common_password"},
		{"123456789012", "common_password"},
		{"9876543210987", "common_password"},
		{"qwertyuiopas", "common_password"},
		{"aaaaaaaaaaaa", "common_password"},
		{"ab1ab1ab1ab1a", "common_password"},
		{"minji.kim2026", "own_password"},
		{"단골커피 우리!단골커피", "own_password"},
		{"김민지 김민지 김민지!", "own_password"},
		{"minji.kim@cafe-dangol.kr", "own_password"},
		{"분홍 코끼리 열두 마리", ""},
		{"tidy-orbit-violin", ""},
	} {
		err := CheckPassword(test.password, own...)
		got := ""
		if e, ok := errors.AsType[*models.Error](err); ok {
			got = e.Fields[0].Code
		}
		if got != test.code {
			t.Errorf("%q: %q, want %q", test.password, got, test.code)
		}
	}
}

func TestHashing(t *testing.T) {
	ctx, h := context.Background(), newHasher()
	hash, err := h.hash(ctx, "분홍 코끼리 열두 마리")
	if err != nil || !strings.HasPrefix(hash, "$argon2id$v=19$m=32768,t=2,p=1$") {
		t.Fatalf("hash %q, error %v", hash, err)
	}
	if h.outdated(hash) || !h.outdated("$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$a2V5") {
		t.Error("outdated does not tell today's parameters from others")
	}
	again, _ := h.hash(ctx, "분홍 코끼리 열두 마리")
	if hash == again {
		t.Error("two hashes of one password are equal: no salt")
	}
	for password, want := range map[string]bool{
		"분홍 코끼리 열두 마리": true, norm.NFD.String("분홍 코끼리 열두 마리"): true, // composed and decomposed
		"분홍 코끼리 열세 마리": false, "": false,
	} {
		if got, err := h.verify(ctx, &hash, password, false); got != want || err != nil {
			t.Errorf("verify(%q) = %v, %v", password, got, err)
		}
	}
	if got, err := h.verify(ctx, nil, "분홍 코끼리 열두 마리", false); got || err != nil {
		t.Errorf("nobody's password: %v, %v", got, err)
	}
	for _, broken := range []string{"", "plain", "$2a$10$abc", "$argon2id$v=18$m=1,t=1,p=1$AA$AA", "$argon2id$v=19$m=x$AA$AA"} {
		if ok, err := h.verify(ctx, &broken, "x", false); ok || err == nil {
			t.Errorf("a broken hash %q answered %v, %v", broken, ok, err)
		}
	}
}

// A flood of strangers may use up their own turns; a known device still gets through.
func TestKnownDevicesHaveTurnsOfTheirOwn(t *testing.T) {
	h := newHasher()
	for range cap(h.strangers) {
		h.strangers <- struct{}{}
	}
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Millisecond)
	defer cancel()
	if _, err := h.verify(ctx, nil, "x", false); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("a stranger got a turn: %v", err)
	}
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			if _, err := h.verify(context.Background(), nil, "x", true); err != nil {
				t.Errorf("a known device: %v", err)
			}
		})
	}
	all.Wait()
}

func BenchmarkHash(b *testing.B) {
	h := newHasher()
	for b.Loop() {
		h.hash(context.Background(), "분홍 코끼리 열두 마리")
	}
}
