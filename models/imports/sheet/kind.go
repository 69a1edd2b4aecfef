package sheet

import "bytes"

// signatures of files that people upload by mistake. A workbook is a zip archive whose first entry names it.
var signatures = []struct {
	magic string
	kind  string
}{
	{"\x1f\x8b", "gzip"},
	{"PK\x03\x04", "zip"},
	{"PK\x05\x06", "zip"},
	{"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "xls"},
	{"%PDF", "pdf"},
	{"\x89PNG", "png"},
	{"\xff\xd8\xff", "jpeg"},
	{"GIF8", "gif"},
	{"Rar!", "rar"},
	{"7z\xbc\xaf\x27\x1c", "7z"},
	{"BZh", "bzip2"},
	{"\xfd7zXZ", "xz"},
	{"\x28\xb5\x2f\xfd", "zstd"},
	{"\xff\xfe", "utf-16"},
	{"\xfe\xff", "utf-16"},
	{"\x7fELF", "program"},
	{"MZ\x90", "program"},
	{"SQLite format 3", "sqlite"},
	{"{\\rtf", "rtf"},
}

// Kind names what a file is by its first bytes (a few hundred are enough): "gzip", "text", or the kind of file that holds
// no table of text.
func Kind(head []byte) string {
	for _, s := range signatures {
		if bytes.HasPrefix(head, []byte(s.magic)) {
			if s.kind == "zip" {
				return archive(head)
			}
			return s.kind
		}
	}
	start := bytes.ToLower(bytes.TrimLeft(bytes.TrimPrefix(head, bom), " \t\r\n"))
	switch {
	case bytes.HasPrefix(start, []byte("<!doctype html")), bytes.HasPrefix(start, []byte("<html")), bytes.HasPrefix(start, []byte("<table")):
		return "html" // what some shops call an Excel export
	case bytes.HasPrefix(start, []byte("<?xml")):
		return "xml"
	case bytes.HasPrefix(start, []byte("{")), bytes.HasPrefix(start, []byte("[{")):
		return "json"
	case bytes.IndexByte(head, 0) >= 0:
		return "binary"
	}
	return "text"
}

// archive tells workbooks and documents from other zip archives by the names that stand at their beginning.
func archive(head []byte) string {
	switch {
	case bytes.Contains(head, []byte("xl/")), bytes.Contains(head, []byte("[Content_Types].xml")):
		return "xlsx"
	case bytes.Contains(head, []byte("opendocument.spreadsheet")):
		return "ods"
	}
	return "zip"
}
