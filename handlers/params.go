package handlers

import (
	"net"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"unicode"

	"dangol/models"
)

func ipNet(p netip.Prefix) *net.IPNet {
	p = p.Masked()
	return &net.IPNet{IP: p.Addr().AsSlice(), Mask: net.CIDRMask(p.Bits(), p.Addr().BitLen())}
}

// local gives a path of this program, fallback for anything else: nobody is sent on to another site.
func local(path, fallback string) string {
	u, err := url.Parse(path)
	if err != nil || u.Scheme != "" || u.Host != "" || u.User != nil || !strings.HasPrefix(path, "/") ||
		strings.HasPrefix(path, "//") || strings.ContainsFunc(path, isUnsafe) {
		return fallback
	}
	return path
}

func isUnsafe(r rune) bool { return r == '\\' || unicode.IsControl(r) || r > unicode.MaxASCII }

// ids reads numbers that a form has sent. It returns Invalid at the field.
func ids(field string, texts []string) ([]int64, error) {
	list := make([]int64, 0, len(texts))
	for _, text := range texts {
		id, err := strconv.ParseInt(text, 10, 64)
		if err != nil || id <= 0 {
			return nil, models.InvalidField(field, "invalid", nil)
		}
		list = append(list, id)
	}
	return list, nil
}
