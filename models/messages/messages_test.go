package messages

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"dangol/models"
	"dangol/models/store"
	"dangol/models/store/storetest"
)

func enqueue(t *testing.T, shop *storetest.Shop, list ...Params) (ids []int64) {
	t.Helper()
	err := store.InTx(t.Context(), shop.DB, shop.MerchantID, func(tx *store.Tx) (err error) {
		ids, err = EnqueueAll(tx, list)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return ids
}

func state(t *testing.T, shop *storetest.Shop, id int64) (state, data string) {
	t.Helper()
	err := shop.DB.Pool().QueryRow(t.Context(), `SELECT state, data::text FROM messages WHERE merchant_id = $1 AND id = $2`, shop.MerchantID, id).Scan(&state, &data)
	if err != nil {
		t.Fatal(err)
	}
	return state, data
}

func reset(cause string) Params {
	return Params{Template: models.MessageReset, Recipient: "minji@cafe.test", Locale: "ko", Data: models.MessageData{Name: "민지", Token: "secret-token"}, Cause: cause}
}

func TestACauseIsToldOnce(t *testing.T) {
	t.Parallel()
	shop := storetest.New(t)
	first := enqueue(t, shop, reset("a"), reset("b"))
	again := enqueue(t, shop, reset("b"), reset("c"))
	if first[0] == 0 || first[1] == 0 || again[0] != 0 || again[1] == 0 {
		t.Errorf("first %v, again %v", first, again)
	}
}

func TestAMessageIsTriedAgainAndItsTokenForgotten(t *testing.T) {
	t.Parallel()
	shop := storetest.New(t)
	ids := enqueue(t, shop, reset("weak"), reset("wrong"))
	tries := 0
	send := func(_ context.Context, m models.Message) error {
		tries++
		if m.ID == ids[1] {
			return Permanent{errors.New("no such mailbox")}
		}
		if m.Data.Token != "secret-token" {
			t.Errorf("try %d has the token %q", tries, m.Data.Token)
		}
		return errors.New("away")
	}
	for range maxTry {
		if _, err := Deliver(t.Context(), shop.DB, send); err != nil {
			t.Fatal(err)
		}
		shop.Clock.Advance(2 * time.Hour)
	}
	if tries != maxTry+1 {
		t.Errorf("%d tries, want %d for what may get better and 1 for what cannot", tries, maxTry)
	}
	for _, id := range ids {
		if s, data := state(t, shop, id); s != "failed" || strings.Contains(data, "secret") {
			t.Errorf("message %d is %s with %s", id, s, data)
		}
	}
}

func TestTwoDeliverersShareTheWork(t *testing.T) {
	t.Parallel()
	shop := storetest.New(t)
	var list []Params
	for i := range 60 {
		list = append(list, reset(string(rune('A'+i))))
	}
	enqueue(t, shop, list...)
	var mu sync.Mutex
	seen := map[int64]int{}
	send := func(_ context.Context, m models.Message) error {
		mu.Lock()
		defer mu.Unlock()
		seen[m.ID]++
		return nil
	}
	var all sync.WaitGroup
	for range 3 {
		all.Go(func() {
			if _, err := Deliver(context.Background(), shop.DB, send); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	for id, n := range seen {
		if n != 1 {
			t.Errorf("message %d went out %d times", id, n)
		}
	}
	if len(seen) != 60 {
		t.Errorf("%d of 60 went out", len(seen))
	}
}

func TestInASandboxTheRowIsTheDelivery(t *testing.T) {
	t.Parallel()
	shop := storetest.New(t)
	clock := shop.Clock.Now()
	shop.MerchantID = shop.AddMerchant(t, "Asia/Seoul", "KRW", &clock)
	var customer int64
	if err := shop.DB.Pool().QueryRow(t.Context(), `INSERT INTO customers (merchant_id, created_at, updated_at) VALUES ($1, $2, $2) RETURNING id`,
		shop.MerchantID, clock).Scan(&customer); err != nil {
		t.Fatal(err)
	}
	told := reset("told")
	told.CustomerID = customer
	ids := enqueue(t, shop, told, reset("staff"))
	if s, _ := state(t, shop, ids[0]); s != "sent" {
		t.Errorf("a customer's message is %s", s)
	}
	if s, _ := state(t, shop, ids[1]); s != "waiting" {
		t.Errorf("a member of staff's message is %s", s)
	}
}

func TestTheSpoolKeepsALineAMessage(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "spool")
	at := time.Date(2026, 11, 23, 3, 0, 0, 0, time.UTC)
	spool, err := NewSpool(dir, func() time.Time { return at })
	if err != nil {
		t.Fatal(err)
	}
	for _, subject := range []string{"하나", "둘"} {
		if err := spool.Deliver(t.Context(), Mail{ID: "1.2@dangol", To: "a@b.test", Subject: subject, Text: "한 줄\n두 줄"}); !errors.Is(err, ErrUnread) {
			t.Fatal(err)
		}
	}
	text, err := os.ReadFile(filepath.Join(dir, "2026-11-23.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(text)), "\n")
	var last Mail
	if err := json.Unmarshal([]byte(lines[len(lines)-1]), &last); err != nil || len(lines) != 2 || last.Subject != "둘" || last.Text != "한 줄\n두 줄" {
		t.Errorf("%d lines, last %+v, %v", len(lines), last, err)
	}
	if info, err := os.Stat(filepath.Join(dir, "2026-11-23.jsonl")); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the file is %v, %v", info.Mode(), err)
	}
}

// postbox is a real mail server in this process.
type postbox struct {
	mu    sync.Mutex
	mails []string
	to    []string
}

func (p *postbox) NewSession(*smtp.Conn) (smtp.Session, error) { return &conversation{p}, nil }

type conversation struct{ box *postbox }

func (c *conversation) Mail(string, *smtp.MailOptions) error { return nil }
func (c *conversation) Rcpt(to string, _ *smtp.RcptOptions) error {
	switch {
	case strings.HasPrefix(to, "nobody@"):
		return &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "no such mailbox"}
	case strings.HasPrefix(to, "busy@"):
		return &smtp.SMTPError{Code: 450, EnhancedCode: smtp.EnhancedCode{4, 2, 1}, Message: "later"}
	}
	c.box.mu.Lock()
	defer c.box.mu.Unlock()
	c.box.to = append(c.box.to, to)
	return nil
}
func (c *conversation) Data(r io.Reader) error {
	text, err := io.ReadAll(r)
	c.box.mu.Lock()
	defer c.box.mu.Unlock()
	c.box.mails = append(c.box.mails, string(text))
	return err
}
func (*conversation) Reset()        {}
func (*conversation) Logout() error { return nil }

func TestSMTP(t *testing.T) {
	t.Parallel()
	box := &postbox{}
	server := smtp.NewServer(box)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go server.Serve(listener)
	t.Cleanup(func() { server.Close() })
	transport, err := NewSMTP("smtp://" + listener.Addr().String() + "?from=shop@cafe.test")
	if err != nil {
		t.Fatal(err)
	}
	send := Sender(func(_ context.Context, m models.Message) (Mail, error) {
		return Mail{Subject: "단골 커피의 초대\r\nBcc: thief@evil.test", Text: "안녕하세요\n.\n끝", HTML: "<p>안녕하세요</p>"}, nil
	}, transport)
	message := func(to string) models.Message { return models.Message{MerchantID: 3, ID: 7, Recipient: to} }
	if err := send(t.Context(), message("minji@cafe.test")); err != nil {
		t.Fatal(err)
	}
	if len(box.mails) != 1 || len(box.to) != 1 || box.to[0] != "minji@cafe.test" {
		t.Fatalf("%d mails to %v", len(box.mails), box.to)
	}
	head, _, _ := strings.Cut(box.mails[0], "\r\n\r\n")
	for _, want := range []string{"From: <shop@cafe.test>", "To: <minji@cafe.test>", "Message-ID: <3.7@dangol>", "Auto-Submitted: auto-generated", "multipart/alternative"} {
		if !strings.Contains(head, want) {
			t.Errorf("no %q in\n%s", want, head)
		}
	}
	if strings.Contains(head, "\nBcc:") {
		t.Errorf("a subject wrote a header of its own:\n%s", head)
	}
	var permanent Permanent
	if err := send(t.Context(), message("nobody@cafe.test")); !errors.As(err, &permanent) {
		t.Errorf("an unknown mailbox: %v", err)
	}
	if err := send(t.Context(), message("busy@cafe.test")); err == nil || errors.As(err, &permanent) {
		t.Errorf("a busy mailbox: %v", err)
	}
}

func TestSMTPAddresses(t *testing.T) {
	for text, good := range map[string]bool{
		"smtp://shop:pw@mail.test:587?from=a@b.test": true, "smtps://mail.test?from=a@b.test": true,
		"": false, "mail.test": false, "smtp://mail.test": false, "http://mail.test?from=a@b.test": false,
	} {
		if _, err := NewSMTP(text); (err == nil) != good {
			t.Errorf("%q: %v", text, err)
		}
	}
}
