package handlers

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"dangol/models/store/storetest"
	"dangol/views/paths"
)

// endless gives one byte again and again.
type endless byte

func (e endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = byte(e)
	}
	return len(p), nil
}

// bomb is a form whose file never stands in memory here.
func (b *browser) bomb(name string, file io.Reader) *answer {
	const border = "border"
	body := io.MultiReader(strings.NewReader("--"+border+"\r\nContent-Disposition: form-data; name=\"file\"; filename=\""+name+"\"\r\n\r\n"), file,
		strings.NewReader("\r\n--"+border+"--\r\n"))
	r := httptest.NewRequest(http.MethodPost, paths.Imports, body)
	r.ContentLength = -1
	r.Header = b.header.Clone()
	r.Header.Set("Content-Type", "multipart/form-data; boundary="+border)
	return b.do(r)
}

// grown is by how much the heap has grown at most while fn ran.
func grown(fn func()) int64 {
	runtime.GC()
	var before runtime.MemStats
	runtime.ReadMemStats(&before)
	var most atomic.Int64
	stop, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		for {
			var now runtime.MemStats
			runtime.ReadMemStats(&now)
			most.Store(max(most.Load(), int64(now.HeapInuse)-int64(before.HeapInuse)))
			select {
			case <-stop:
				return
			case <-time.After(5 * time.Millisecond):
			}
		}
	}()
	fn()
	close(stop)
	<-stopped
	return most.Load()
}

// A file that swells, one that never ends, a row of a million columns, a picture: refused in words, and the heap stays below
// 100 MB more. Not in parallel: it measures the whole process.
func TestUploadBombs(t *testing.T) {
	s := siteOver(t, storetest.New(t))
	b := s.owner(t)
	var swelling bytes.Buffer
	zip := gzip.NewWriter(&swelling)
	if _, err := io.Copy(zip, io.LimitReader(endless('0'), 300<<20)); err != nil {
		t.Fatal(err)
	}
	if err := zip.Close(); err != nil {
		t.Fatal(err)
	}
	bombs := map[string]struct {
		file   io.Reader
		status int
	}{
		"swells.csv.gz": {&swelling, http.StatusUnprocessableEntity},
		"wide.csv":      {strings.NewReader(strings.Repeat("a,", 1_000_000) + "a\n"), http.StatusUnprocessableEntity},
		"line.csv":      {io.LimitReader(endless('a'), 40<<20), http.StatusUnprocessableEntity},
		"picture.csv":   {io.MultiReader(strings.NewReader("\x89PNG\r\n\x1a\n"), io.LimitReader(endless(0), 1<<20)), http.StatusUnprocessableEntity},
	}
	if os.Getenv("DANGOL_TEST_ALL") != "" {
		bombs["endless.csv"] = struct {
			file   io.Reader
			status int
		}{io.MultiReader(strings.NewReader("phone,date\n"), io.LimitReader(endless('\n'), 1<<30)), http.StatusRequestEntityTooLarge}
	}
	for name, bomb := range bombs {
		var a *answer
		if more := grown(func() { a = b.bomb(name, bomb.file) }); more > 100<<20 {
			t.Errorf("%s: the heap grew by %d MB", name, more>>20)
		}
		if a.Code != bomb.status && !(name == "endless.csv" && a.Code == http.StatusUnprocessableEntity) {
			t.Errorf("%s: %d, want %d: %.300s", name, a.Code, bomb.status, a.Body)
		}
	}
	if n := s.count(t, `SELECT count(*) FROM imports`); n != 0 {
		t.Errorf("%d of them were kept", n)
	}
}
