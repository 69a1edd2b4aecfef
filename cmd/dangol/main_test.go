package main

import (
	"bytes"
	"context"
	"encoding/hex"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"dangol/models/store/storetest"
)

// call runs the program in-process with an environment of its own.
func call(t *testing.T, env map[string]string, args ...string) (code int, out, errOut string) {
	t.Helper()
	var o, e bytes.Buffer
	code = run(t.Context(), args, func(name string) string { return env[name] }, &o, &e)
	return code, o.String(), e.String()
}

func TestHelpNamesEveryCommand(t *testing.T) {
	code, out, _ := call(t, nil, "help")
	if code != 0 {
		t.Errorf("exit code %d", code)
	}
	for _, c := range commands {
		if !strings.Contains(out, "\n  "+c.name) || c.summary == "" {
			t.Errorf("%s is not explained", c.name)
		}
		code, help, _ := call(t, nil, c.name, "--help")
		if code != 0 || !strings.HasPrefix(help, "usage: dangol "+c.name) || !strings.Contains(help, c.summary) {
			t.Errorf("%s --help: %d %q", c.name, code, help)
		}
	}
}

func TestAWrongCallIsExplained(t *testing.T) {
	for _, args := range [][]string{{"nonsense"}, {"backup"}, {"serve", "--nonsense"}, {"version", "extra"}} {
		code, out, errOut := call(t, nil, args...)
		if code != 2 || !strings.Contains(out+errOut, "usage: dangol") {
			t.Errorf("%v: %d %q %q", args, code, out, errOut)
		}
	}
}

func TestPresetsAtTheCommandLine(t *testing.T) {
	t.Parallel()
	if code, out, _ := call(t, nil, "program", "presets"); code != 0 || !strings.Contains(out, "Starbucks Rewards (USD)") {
		t.Errorf("%d %q", code, out)
	}
	if code, out, _ := call(t, nil, "program", "export", "--preset", "toms"); code != 0 || !strings.HasPrefix(out, `{"schema":1,"name":{"ko":"탐스`) {
		t.Errorf("%d %q", code, out)
	}
	d := storetest.Open(t)
	usd, won := d.AddMerchant(t, "Asia/Seoul", "USD", nil), d.AddMerchant(t, "Asia/Seoul", "KRW", nil)
	env := map[string]string{"DATABASE_URL": d.URL, "DANGOL_DATA": t.TempDir()}
	if code, _, errOut := call(t, env, "program", "apply", "club", "--preset", "nothing", "--merchant", fmt.Sprint(usd)); code != 1 || !strings.Contains(errOut, "no preset") {
		t.Errorf("%d %q", code, errOut)
	}
	if code, _, errOut := call(t, env, "program", "apply", "club", "--preset", "toms", "--merchant", fmt.Sprint(won)); code != 1 || !strings.Contains(errOut, "/currency") {
		t.Errorf("in a shop of another currency: %d %q", code, errOut)
	}
	if code, out, errOut := call(t, env, "program", "apply", "club", "--preset", "toms", "--merchant", fmt.Sprint(usd)); code != 0 || !strings.HasPrefix(out, "club: made") {
		t.Errorf("%d %q %q", code, out, errOut)
	}
}

func TestConfigRefusesNonsenseByName(t *testing.T) {
	for name, value := range map[string]string{
		"DANGOL_ADDR": "8080", "DANGOL_URL": "https://x.example/shop", "DANGOL_TRUSTED_PROXIES": "10.0.0.0/99",
	} {
		code, _, errOut := call(t, map[string]string{name: value}, "version")
		if code != 1 || !strings.Contains(errOut, name) {
			t.Errorf("%s=%s: %d %q", name, value, code, errOut)
		}
	}
}

func TestProxiesTakeAddressesAndRanges(t *testing.T) {
	found, err := proxies("10.0.0.0/8, 192.0.2.1,")
	if err != nil || len(found) != 2 || found[1].String() != "192.0.2.1/32" {
		t.Errorf("%v, %v", found, err)
	}
}

func TestSignInOverPlainHTTPIsForThisMachineOnly(t *testing.T) {
	for url, fine := range map[string]bool{
		"http://127.0.0.1:8080": true, "http://localhost:8080": true, "http://[::1]:8080": true,
		"https://loyalty.example.com": true, "http://192.0.2.7:8080": false, "http://loyalty.example.com": false,
	} {
		cfg, err := configFrom(func(name string) string { return map[string]string{"DANGOL_URL": url}[name] })
		if err != nil {
			t.Fatal(err)
		}
		if err := cfg.plainRefused(); (err == nil) != fine {
			t.Errorf("%s: %v", url, err)
		}
	}
	code, _, errOut := call(t, map[string]string{"DANGOL_URL": "http://loyalty.example.com"}, "serve")
	if code != 1 || !strings.Contains(errOut, "--insecure-http") {
		t.Errorf("serve: %d %q", code, errOut)
	}
}

func TestTheSecretIsMadeOnceAndPrivate(t *testing.T) {
	dir := t.TempDir()
	first, err := secret(dir)
	if err != nil || len(first) != 32 {
		t.Fatalf("%d bytes, %v", len(first), err)
	}
	again, err := secret(dir)
	if err != nil || !bytes.Equal(first, again) {
		t.Errorf("another secret: %v", err)
	}
	path := filepath.Join(dir, "secret")
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
	if err := os.Chmod(path, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := secret(dir); err == nil || !strings.Contains(err.Error(), "others") {
		t.Errorf("a secret that others may read: %v", err)
	}
	if err := os.WriteFile(path, []byte(hex.EncodeToString(first[:7])), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(path, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := secret(dir); err == nil {
		t.Error("a short secret was taken")
	}
}

// served starts the server on a database of its own and gives its addresses and what stops it.
func served(t *testing.T) (app, private string, stop func() int) {
	t.Helper()
	d := storetest.Open(t)
	app, private = freeAddr(t), freeAddr(t)
	env := map[string]string{"DATABASE_URL": d.URL, "DANGOL_DATA": t.TempDir(), "DANGOL_ADDR": app, "DANGOL_METRICS_ADDR": private}
	ctx, cancel := context.WithCancel(t.Context())
	code := make(chan int, 1)
	go func() {
		code <- run(ctx, []string{"serve"}, func(name string) string { return env[name] }, io.Discard, io.Discard)
	}()
	for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(10 * time.Millisecond) {
		if status, _ := get("http://" + app + "/readyz"); status == http.StatusOK {
			return app, private, func() int { cancel(); return <-code }
		}
		if time.Now().After(deadline) {
			t.Fatal("the server is not ready")
		}
	}
}

func freeAddr(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

func get(url string) (status int, body string) {
	response, err := http.Get(url)
	if err != nil {
		return 0, err.Error()
	}
	defer response.Body.Close()
	content, _ := io.ReadAll(response.Body)
	return response.StatusCode, string(content)
}

func TestServeAnswersAndStops(t *testing.T) {
	t.Parallel()
	app, private, stop := served(t)
	if status, body := get("http://" + app + "/healthz"); status != http.StatusOK || body != "ok\n" {
		t.Errorf("healthz: %d %q", status, body)
	}
	_, body := get("http://" + private + "/metrics")
	for _, name := range []string{"dangol_pool_connections_max 16", "dangol_database_up 1", "# TYPE dangol_jobs gauge"} {
		if !strings.Contains(body, name) {
			t.Errorf("metrics lack %q: %s", name, body)
		}
	}
	if status, _ := get("http://" + app + "/metrics"); status == http.StatusOK {
		t.Error("the metrics are public")
	}
	if code := stop(); code != 0 {
		t.Errorf("exit code %d", code)
	}
	if status, _ := get("http://" + app + "/healthz"); status != 0 {
		t.Errorf("still answering: %d", status)
	}
}

func TestMigrateBackupAndRestoreAtTheCommandLine(t *testing.T) {
	t.Parallel()
	shop := storetest.New(t)
	data := t.TempDir()
	file := filepath.Join(data, "shop.backup")
	env := map[string]string{"DATABASE_URL": shop.URL, "DANGOL_DATA": data}
	if code, out, errOut := call(t, env, "backup", file); code != 0 || !strings.Contains(out, "1 rows") {
		t.Errorf("backup: %d %q %q", code, out, errOut)
	}
	env["DATABASE_URL"] = shop.OwnerURL
	if code, out, errOut := call(t, env, "migrate"); code != 0 || out != "0 migrations applied\n" {
		t.Errorf("migrate: %d %q %q", code, out, errOut)
	}
	if code, _, errOut := call(t, env, "restore", file); code != 1 || !strings.Contains(errOut, "empty") {
		t.Errorf("restore over a shop: %d %q", code, errOut)
	}
}

func TestTheOwnerIsInvitedUntilThereIsAShop(t *testing.T) {
	t.Parallel()
	d := storetest.Open(t)
	var out bytes.Buffer
	cfg, err := configFrom(func(name string) string { return map[string]string{"DANGOL_URL": "https://shop.example"}[name] })
	if err != nil {
		t.Fatal(err)
	}
	a := &app{config: cfg, out: &out}
	if err := a.inviteOwner(t.Context(), d.DB); err != nil || !strings.Contains(out.String(), "https://shop.example/setup/") {
		t.Errorf("%q, %v", out.String(), err)
	}
	out.Reset()
	d.AddMerchant(t, "Asia/Seoul", "KRW", nil)
	if err := a.inviteOwner(t.Context(), d.DB); err != nil || out.Len() != 0 {
		t.Errorf("with a shop: %q, %v", out.String(), err)
	}
}
