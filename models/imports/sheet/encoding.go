package sheet

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/korean"
)

// Encoding says how the text of a file is written.
type Encoding string

// The encodings that are read. CP949 is what Korean Windows and its Excel write; it contains EUC-KR.
const (
	UTF8    Encoding = "utf-8"
	UTF8BOM Encoding = "utf-8-bom"
	CP949   Encoding = "cp949"
)

// Valid says whether e is one of the encodings above.
func (e Encoding) Valid() bool { return e == UTF8 || e == UTF8BOM || e == CP949 }

var bom = []byte{0xEF, 0xBB, 0xBF}

// sniffer looks at the whole text as it passes: a byte-order mark, else whether all of it is valid UTF-8, else CP949.
// ASCII alone is UTF-8.
type sniffer struct {
	seen    bool
	marked  bool
	invalid bool
	rest    []byte // a character cut by the end of a block
}

// Write looks at the next block; it never fails.
func (s *sniffer) Write(p []byte) (int, error) {
	if !s.seen && len(p) > 0 {
		s.seen, s.marked = true, bytes.HasPrefix(p, bom)
	}
	if s.invalid {
		return len(p), nil
	}
	block := p
	if len(s.rest) > 0 {
		block = append(s.rest, p...)
	}
	cut := len(block) - tail(block)
	s.invalid = !utf8.Valid(block[:cut])
	s.rest = append([]byte(nil), block[cut:]...)
	return len(p), nil
}

// tail counts the bytes at the end of b that may be the beginning of a character.
func tail(b []byte) int {
	for n := 1; n <= utf8.UTFMax && n <= len(b); n++ {
		if last := b[len(b)-n]; utf8.RuneStart(last) {
			if utf8.FullRune(b[len(b)-n:]) {
				return 0
			}
			return n
		}
	}
	return 0
}

// encoding gives the guess after the last block.
func (s *sniffer) encoding() Encoding {
	switch {
	case s.marked:
		return UTF8BOM
	case s.invalid || len(s.rest) > 0:
		return CP949
	}
	return UTF8
}

// decoder turns the bytes of one cell into text. Separators and quotes never occur inside a CP949 character except "|",
// which is no trail byte either (trail bytes are letters and 0x81 upwards), so cells are cut before they are decoded and a
// character that does not decode is known by its line and column.
type decoder struct {
	korean *encoding.Decoder // nil: UTF-8
}

func newDecoder(e Encoding) *decoder {
	if e == CP949 {
		return &decoder{korean.EUCKR.NewDecoder()}
	}
	return &decoder{}
}

// text gives the cell's text, and ok false where it holds bytes that are no characters in this encoding; then the text has
// U+FFFD in their places.
func (d *decoder) text(cell []byte) (text string, ok bool) {
	switch {
	case isASCII(cell):
		return string(cell), true
	case d.korean == nil && utf8.Valid(cell):
		return string(cell), true
	case d.korean == nil:
		return strings.ToValidUTF8(string(cell), string(utf8.RuneError)), false
	}
	out, err := d.korean.Bytes(cell)
	text = string(out)
	return text, err == nil && !strings.ContainsRune(text, utf8.RuneError)
}

func isASCII(b []byte) bool {
	for _, c := range b {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
