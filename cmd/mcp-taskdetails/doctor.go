package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"os"
	"runtime"
	"strings"
	"time"

	"mcp-taskdetails/client"
	"mcp-taskdetails/internal/render"
	"mcp-taskdetails/schema"
	"mcp-taskdetails/tools"

	"github.com/google/uuid"
	"github.com/spf13/cobra"
)

const doctorLong = `Check what a lookup needs: this program, the configuration, the key and its file, the way to Runware, the clock and the
service of model schemas; each with what to do. The key is tried by looking up an id that nobody has: nothing is run or
billed. The key itself is never shown.

Exit codes:
  0  lookups work; there may be warnings
  2  the configuration is wrong
  3  Runware cannot be reached, or refuses the key`

// checked is what one check found.
type checked struct {
	Check  string `json:"check"`
	Status string `json:"status"` // ok, warning or failed
	Found  string `json:"found"`
	Do     string `json:"do,omitempty"` // what to do about it

	code outcome
}

const (
	isFine    = "ok"
	isWarning = "warning"
	isFailed  = "failed"
)

func doctorCommand(ctx context.Context, p process, shared *flags) *cobra.Command {
	asJSON := false
	cmd := &cobra.Command{
		Use:   "doctor",
		Short: "Check the configuration, the key and the way to Runware",
		Long:  doctorLong,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 0 {
				return usage("doctor alone checks everything", "doctor takes no arguments, %q was given", args[0])
			}
			return nil
		},
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE:              func(*cobra.Command, []string) error { return doctor(ctx, p, *shared, asJSON) },
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print an array of objects with check, status (ok, warning, failed), found and do")
	return cmd
}

func doctor(ctx context.Context, p process, shared flags, asJSON bool) error {
	if err := shared.validate(); err != nil {
		return err
	}
	all := examine(ctx, p, shared)
	if ctx.Err() != nil {
		return errInterrupted
	}
	l := newLook(p, shared.colour)
	code := outcome(exitFine)
	page := render.NewPage(l.style)
	for _, c := range all {
		code = first(code, c.code)
		paint := map[string]render.Paint{isFine: render.Green, isWarning: render.Blue, isFailed: render.Red}[c.Status]
		page.Line(paint, c.Status, c.Check+": "+c.Found)
		if c.Do != "" {
			page.Note(c.Do)
		}
	}
	var err error
	if asJSON {
		var text []byte
		if text, err = json.Marshal(all); err != nil {
			return fmt.Errorf("encode: %w", err)
		}
		err = writers{look: l, out: p.stdout}.json(text)
	} else {
		_, err = fmt.Fprint(p.stdout, page.String())
	}
	if err != nil {
		return fmt.Errorf("write: %w", err)
	}
	return code.err()
}

// examine makes the checks in the order in which a fault of one explains the next.
func examine(ctx context.Context, p process, shared flags) []checked {
	all := []checked{program(p)}
	if file, ok := keyFile(p.getenv); ok && !shared.demo {
		all = append(all, file)
	}
	c, err := loadConfig(ctx, p.getenv, shared.demo, shared.latency)
	var api *client.Client
	if err == nil {
		api, err = client.New(client.Config{URL: c.apiURL, Key: c.key, Timeout: shared.timeout, UserAgent: tools.Name + "/" + version})
	}
	if err != nil {
		wrong := checked{Check: "configuration", Status: isFailed, Found: err.Error(), code: exitUsage}
		if setting, ok := errors.AsType[*settingError](err); ok {
			wrong.Do = setting.mend
		}
		return append(all, wrong)
	}
	defer api.Close()
	all = append(all, keyFound(p.getenv, c, shared.demo))
	endpoint := c.apiURL
	if endpoint == "" {
		endpoint = client.DefaultURL
	}
	all = append(all, proxy(endpoint))
	all = append(all, reach(ctx, endpoint, shared.timeout)...)
	if !c.key.IsZero() {
		all = append(all, keyWorks(ctx, api))
	}
	return append(all, schemas(ctx, c))
}

func program(p process) checked {
	found := checked{Check: "program", Status: isFine}
	path, err := p.executable()
	if err != nil {
		path = "an unknown path"
	}
	found.Found = fmt.Sprintf("%s (%s, %s/%s) at %s", version, runtime.Version(), runtime.GOOS, runtime.GOARCH, path)
	if temporary(path) {
		found.Status, found.Do = isWarning, "hosts cannot start it from there: `go install ./cmd/"+tools.Name+"`"
	}
	return found
}

// keyFile looks at the permissions of the file of the key. Neither its path nor its content is shown: people put the key
// itself into either.
func keyFile(getenv func(string) string) (checked, bool) {
	name := strings.TrimSpace(getenv(envKeyFile))
	info, err := os.Stat(name)
	if name == "" || err != nil { // the configuration says what is wrong
		return checked{}, false
	}
	found := checked{Check: "key file", Status: isFine, Found: fmt.Sprintf("%s names a file of %d bytes", envKeyFile, info.Size())}
	if others := info.Mode().Perm() & 0o077; others != 0 && runtime.GOOS != "windows" {
		found.Status = isWarning
		found.Found += fmt.Sprintf(", which other users of this machine may open (mode %s)", info.Mode().Perm())
		found.Do = "take their permission away: chmod 600"
	}
	return found, true
}

func keyFound(getenv func(string) string, c config, demo bool) checked {
	switch {
	case demo:
		return checked{Check: "key", Status: isFine, Found: "none is needed with --demo"}
	case c.key.IsZero():
		return checked{
			Check: "key", Status: isFailed, Found: "none is set", code: exitUsage,
			Do: "set " + envKey + ", or " + envKeyFile + " to a file that holds it; get one at https://my.runware.ai/signup",
		}
	case getenv(envKey) != "" && getenv(envKeyFile) != "":
		return checked{Check: "key", Status: isFine, Found: "both " + envKey + " and " + envKeyFile + " are set: the first counts unless it is a placeholder"}
	case getenv(envKey) != "":
		return checked{Check: "key", Status: isFine, Found: "from " + envKey}
	default:
		return checked{Check: "key", Status: isFine, Found: "from " + envKeyFile}
	}
}

// proxy tells through what requests go. The user and password of a proxy are not shown.
func proxy(endpoint string) checked {
	request, err := http.NewRequest(http.MethodGet, endpoint, http.NoBody) //nolint:noctx // it is never sent
	if err != nil {
		return checked{Check: "proxy", Status: isWarning, Found: "not known: the API URL cannot be read"}
	}
	through, err := http.ProxyFromEnvironment(request)
	switch {
	case err != nil:
		return checked{Check: "proxy", Status: isFailed, Found: "the proxy that the environment names cannot be read", Do: "write a URL such as http://proxy.example.com:3128 into HTTPS_PROXY", code: exitUsage}
	case through == nil:
		return checked{Check: "proxy", Status: isFine, Found: "none"}
	}
	return checked{Check: "proxy", Status: isFine, Found: through.Scheme + "://" + through.Host}
}

// reach asks the endpoint without the key: any answer shows that there is a way, and what time it is there.
func reach(ctx context.Context, endpoint string, timeout time.Duration) []checked {
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	host := endpoint
	if u, err := url.Parse(endpoint); err == nil {
		host = u.Host
	}
	found := checked{Check: "API", Status: isFine}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, endpoint, http.NoBody)
	if err != nil {
		return nil // the client has taken the URL
	}
	transport := &http.Transport{Proxy: http.ProxyFromEnvironment}
	defer transport.CloseIdleConnections()
	began := time.Now()
	response, err := transport.RoundTrip(request)
	if err != nil {
		found.Status, found.Found, found.code = isFailed, host+" does not answer: "+err.Error(), exitMissed
		found.Do = "check the network, the firewall and HTTPS_PROXY, and " + envAPIURL + " if it is set"
		return []checked{found}
	}
	defer response.Body.Close()
	now := time.Now()
	found.Found = fmt.Sprintf("%s answers within %d ms", host, now.Sub(began).Milliseconds())
	return []checked{found, clock(response.Header.Get("Date"), now)}
}

// skew is how far a clock may be off before certificates and logs suffer.
const skew = 2 * time.Minute

func clock(date string, now time.Time) checked {
	there, err := http.ParseTime(date)
	if err != nil {
		return checked{Check: "clock", Status: isFine, Found: "not compared: the API names no time"}
	}
	off := now.Sub(there).Round(time.Second)
	if off.Abs() <= skew {
		return checked{Check: "clock", Status: isFine, Found: "agrees with the API's"}
	}
	way := "ahead of"
	if off < 0 {
		way = "behind"
	}
	return checked{
		Check: "clock", Status: isWarning, Found: fmt.Sprintf("%s %s the API's", off.Abs(), way),
		Do: "set it by NTP: certificates are judged by it",
	}
}

// keyWorks looks up an id that nobody has: only a key that is accepted gets the answer that there is no such task.
func keyWorks(ctx context.Context, api *client.Client) checked {
	err := api.TaskDetails(ctx, uuid.NewString())[0].Err
	e, ok := errors.AsType[*client.Error](err)
	switch {
	case ok && e.Kind == schema.CategoryNotFound:
		return checked{Check: "lookup", Status: isFine, Found: "the key is accepted: an id that nobody has is not found"}
	case !ok:
		return checked{Check: "lookup", Status: isFailed, Found: "an id that nobody has was found, or not answered", Do: "check " + envAPIURL + ": this is not Runware's API", code: exitMissed}
	}
	found := checked{Check: "lookup", Status: isFailed, Found: e.Error(), code: exitMissed}
	switch e.Kind { //nolint:exhaustive // what a key is at fault for; the rest is no matter of the configuration
	case schema.CategoryAuthentication, schema.CategoryPermission:
		found.Do = "check the key at https://my.runware.ai: it may be mistyped, revoked, or not allowed to read tasks"
	default:
		found.Do = "wait a little and try again: nothing of the configuration is known to be wrong"
	}
	return found
}

// knownModel is a model whose schema Runware publishes.
const knownModel = "runware:101@1"

func schemas(ctx context.Context, c config) checked {
	models, err := newModels(c, slog.New(slog.DiscardHandler))
	switch {
	case err != nil:
		return checked{Check: "model schemas", Status: isFailed, Found: envSchemasURL + " cannot be read", Do: "write a base URL or `off` there, or leave it out", code: exitUsage}
	case models == nil:
		return checked{Check: "model schemas", Status: isWarning, Found: "turned off by " + envSchemasURL, Do: "leave the variable out: diagnoses then say what a model accepts"}
	case models.Model(ctx, knownModel) == nil:
		return checked{Check: "model schemas", Status: isWarning, Found: "the service does not answer", Do: "diagnoses work without, but prove less; check " + envSchemasURL + " and the network"}
	}
	return checked{Check: "model schemas", Status: isFine, Found: "the service answers"}
}
