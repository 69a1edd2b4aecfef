package messages

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"github.com/wneessen/go-mail"

	"dangol/models"
)

// Mail is a message in words, as a transport sends it.
type Mail struct {
	ID      string `json:"id"` // Message-ID, the same at every try
	To      string `json:"to"`
	Subject string `json:"subject"`
	Text    string `json:"text"`
	HTML    string `json:"html,omitempty"`
}

// Transport takes a mail off our hands.
type Transport interface {
	Deliver(ctx context.Context, m Mail) error
}

// Sender joins what writes a message in words with a transport.
func Sender(write func(context.Context, models.Message) (Mail, error), t Transport) Send {
	return func(ctx context.Context, m models.Message) error {
		mail, err := write(ctx, m)
		if err != nil {
			return Permanent{err}
		}
		mail.ID, mail.To = fmt.Sprintf("%d.%d@dangol", m.MerchantID, m.ID), m.Recipient
		return t.Deliver(ctx, mail)
	}
}

// SMTP sends by a mail server.
type SMTP struct {
	host    string
	from    string
	options []mail.Option
}

// NewSMTP reads smtp://name:password@host:587?from=shop@example.com (STARTTLS, required unless the host is this machine) or
// smtps://…:465 (TLS from the start).
func NewSMTP(text string) (*SMTP, error) {
	u, err := url.Parse(text)
	if err != nil || u.Hostname() == "" || u.Query().Get("from") == "" {
		return nil, errors.New("DANGOL_SMTP_URL: want smtp://name:password@host:587?from=shop@example.com")
	}
	s := &SMTP{host: u.Hostname(), from: u.Query().Get("from"), options: []mail.Option{mail.WithTimeout(20 * time.Second)}}
	switch u.Scheme {
	case "smtps":
		s.options = append(s.options, mail.WithSSL(), mail.WithPort(465))
	case "smtp":
		s.options = append(s.options, mail.WithTLSPolicy(startTLS(s.host)), mail.WithPort(587))
	default:
		return nil, fmt.Errorf("DANGOL_SMTP_URL: unknown scheme %q", u.Scheme)
	}
	if port, err := strconv.Atoi(u.Port()); err == nil {
		s.options = append(s.options, mail.WithPort(port))
	}
	if u.User != nil {
		password, _ := u.User.Password()
		s.options = append(s.options, mail.WithSMTPAuth(mail.SMTPAuthAutoDiscover), mail.WithUsername(u.User.Username()), mail.WithPassword(password))
	}
	return s, nil
}

// startTLS asks for encryption on every way that leaves the machine.
func startTLS(host string) mail.TLSPolicy {
	if host == "localhost" || host == "127.0.0.1" || host == "::1" {
		return mail.TLSOpportunistic
	}
	return mail.TLSMandatory
}

// Deliver sends one mail in one conversation. A refusal by a 5xx code is Permanent.
func (s *SMTP) Deliver(ctx context.Context, m Mail) error {
	msg, err := s.compose(m)
	if err != nil {
		return Permanent{err}
	}
	client, err := mail.NewClient(s.host, s.options...)
	if err != nil {
		return err
	}
	err = client.DialAndSendWithContext(ctx, msg)
	if refused, ok := errors.AsType[*mail.SendError](err); ok && !refused.IsTemp() && refused.ErrorCode() >= 500 {
		return Permanent{err}
	}
	return err
}

func (s *SMTP) compose(m Mail) (*mail.Msg, error) {
	msg := mail.NewMsg()
	if err := msg.From(s.from); err != nil {
		return nil, err
	}
	if err := msg.To(m.To); err != nil {
		return nil, err
	}
	msg.SetMessageIDWithValue(m.ID)
	msg.Subject(m.Subject)
	msg.SetDate()
	msg.SetGenHeader(mail.Header("Auto-Submitted"), "auto-generated")
	msg.SetBodyString(mail.TypeTextPlain, m.Text)
	if m.HTML != "" {
		msg.AddAlternativeString(mail.TypeTextHTML, m.HTML)
	}
	return msg, nil
}

// Spool writes mails to files instead of sending them: one JSON line each, one file a day. It is what a shop without a
// mail server has, and what the demo shows. Nobody reads them, so it answers ErrUnread.
type Spool struct {
	dir  string
	wall func() time.Time
}

// NewSpool makes the folder, readable by this program's user alone: its lines hold one-time links.
func NewSpool(dir string, wall func() time.Time) (*Spool, error) {
	return &Spool{dir, wall}, os.MkdirAll(dir, 0o700)
}

// Deliver appends the mail to the day's file.
func (s *Spool) Deliver(_ context.Context, m Mail) error {
	at := s.wall().UTC()
	line, err := json.Marshal(struct {
		At time.Time `json:"at"`
		Mail
	}{at, m})
	if err != nil {
		return Permanent{err}
	}
	f, err := os.OpenFile(filepath.Join(s.dir, at.Format(time.DateOnly)+".jsonl"), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(append(line, '\n')) // one write, so that two processes do not mix their lines
	if err := errors.Join(err, f.Close()); err != nil {
		return err
	}
	return ErrUnread
}
