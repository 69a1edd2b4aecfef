// Package static serves the style sheet, scripts, font and pictures that are built into the program.
//
// A file's address carries the hash of its content (/static/css/app.1f2e3d4c.css), so it may be kept for ever and changes
// with the file. Fonts carry their version in the folder instead, because the style sheet names them.
package static

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strconv"
	"strings"
	"sync"
)

// Prefix is the path below which the handler stands.
const Prefix = "/static/"

//go:embed css/app.css js/*.js img/*.svg fonts/*/*.woff2
var files embed.FS

// asset is one file ready to be sent, gzipped where that helps.
type asset struct {
	body, packed []byte
	hash, kind   string
}

var assets = sync.OnceValue(load)

func load() map[string]asset {
	all := map[string]asset{}
	err := fs.WalkDir(files, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		body, err := files.ReadFile(name)
		all[name] = newAsset(name, body)
		return err
	})
	if err != nil {
		panic("static: the embedded files cannot be read: " + err.Error())
	}
	return all
}

func newAsset(name string, body []byte) asset {
	sum := sha256.Sum256(body)
	made := asset{body: body, hash: hex.EncodeToString(sum[:4]), kind: contentType(name)}
	if path.Ext(name) != ".woff2" {
		made.packed = pack(body)
	}
	return made
}

func contentType(name string) string {
	if path.Ext(name) == ".woff2" {
		return "font/woff2"
	}
	return mime.TypeByExtension(path.Ext(name))
}

func pack(body []byte) []byte {
	var packed bytes.Buffer
	writer, _ := gzip.NewWriterLevel(&packed, gzip.BestCompression) // fails for an unknown level only
	_, _ = writer.Write(body)                                       // a bytes.Buffer takes everything
	_ = writer.Close()
	return packed.Bytes()
}

// URL is the address of a file by its name below static/, with the hash of its content. An unknown name panics: it is
// a misspelling in a template, which the first test that renders it finds.
func URL(name string) string {
	found, ok := assets()[name]
	if !ok {
		panic("static: no file " + name)
	}
	ext := path.Ext(name)
	return Prefix + strings.TrimSuffix(name, ext) + "." + found.hash + ext
}

// Handler answers GET and HEAD below Prefix.
func Handler() http.Handler { return http.HandlerFunc(serve) }

func serve(w http.ResponseWriter, r *http.Request) {
	found, known := find(strings.TrimPrefix(r.URL.Path, Prefix))
	if !known || (r.Method != http.MethodGet && r.Method != http.MethodHead) {
		http.NotFound(w, r)
		return
	}
	header := w.Header()
	header.Set("Content-Type", found.kind)
	header.Set("Cache-Control", "public, max-age=31536000, immutable")
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("Vary", "Accept-Encoding")
	body := found.body
	if found.packed != nil && strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		header.Set("Content-Encoding", "gzip")
		body = found.packed
	}
	header.Set("Content-Length", strconv.Itoa(len(body)))
	if r.Method == http.MethodGet {
		_, _ = w.Write(body) // the reader may have gone; nobody is left to tell
	}
}

// find knows a file by its hashed address, a font by its own. A wrong hash is not found rather than answered with other
// bytes that would then be kept for ever.
func find(address string) (asset, bool) {
	if found, ok := assets()[address]; ok && strings.HasPrefix(address, "fonts/") {
		return found, true
	}
	ext := path.Ext(address)
	stem := strings.TrimSuffix(address, ext)
	hash := strings.TrimPrefix(path.Ext(stem), ".")
	found, ok := assets()[strings.TrimSuffix(stem, "."+hash)+ext]
	return found, ok && hash == found.hash
}
