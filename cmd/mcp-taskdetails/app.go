package main

import (
	"context"
	"errors"
	"log/slog"
	"net/url"
	"strings"

	"mcp-taskdetails/client"
	"mcp-taskdetails/internal/inspect"
	"mcp-taskdetails/internal/looks"
	"mcp-taskdetails/internal/modelschema"
	"mcp-taskdetails/internal/present"
	"mcp-taskdetails/schema"
	"mcp-taskdetails/tools"
)

// app is the wired program below the MCP server and the commands alike.
type app struct {
	inspector *inspect.Inspector
	mask      func(string) string // hides secrets in a text
	hasKey    bool
	loopback  bool // whether the API is on this machine
}

// wiring is what a command may want otherwise than the rest.
type wiring struct {
	client  client.Config
	present present.Config
	around  func(inspect.Fetcher) inspect.Fetcher // if set, stands between the client and the inspector
	cache   *inspect.Cache                        // if set, is shared with other keys
	owner   string                                // stands for the key in that cache
}

// openApp wires what a command needs; a command without a key could do nothing.
func openApp(ctx context.Context, p process, f flags) (*app, error) {
	app, err := openKeyless(ctx, p, f)
	if err != nil {
		return nil, err
	}
	if !app.hasKey {
		return nil, noKey()
	}
	return app, nil
}

func noKey() error {
	return &usageError{err: errors.New("no API key"), hints: []string{
		"set " + envKey + ", or " + envKeyFile + " to a file that holds it; get one at https://my.runware.ai/signup",
		"--demo answers from recorded tasks without a key",
	}}
}

func newApp(ctx context.Context, p process, f flags, logger *slog.Logger) (*app, error) {
	return newAppWith(ctx, p, f, logger, wiring{})
}

func newAppWith(ctx context.Context, p process, f flags, logger *slog.Logger, w wiring) (*app, error) {
	if err := f.validate(); err != nil {
		return nil, err
	}
	c, err := loadConfig(ctx, p.getenv, f.demo, f.latency)
	if err != nil {
		return nil, err
	}
	models, err := newModels(c, logger)
	if err != nil {
		return nil, err
	}
	return wire(c, models, f, logger, w)
}

const userAgentName = tools.Name + "/"

// wire puts the program together for one key.
func wire(c config, models *modelschema.Service, f flags, logger *slog.Logger, w wiring) (*app, error) {
	w.client.URL, w.client.Key, w.client.Timeout, w.client.UserAgent, w.client.Logger = c.apiURL, c.key, f.timeout, userAgentName+version, logger
	api, err := client.New(w.client)
	if err != nil {
		return nil, &settingError{envAPIURL, strings.TrimPrefix(err.Error(), "client: "), "write the whole endpoint there (https, or http to a loopback address), or leave the variable out for Runware's own"}
	}
	w.present.Secrets = []schema.Secret{c.key}
	presenter := present.New(w.present)
	var fetcher inspect.Fetcher = api
	if w.around != nil {
		fetcher = w.around(fetcher)
	}
	settings := inspect.Config{Fetcher: fetcher, Responder: api, Presenter: presenter, Logger: logger, Cache: w.cache, Owner: w.owner}
	if models != nil {
		settings.Models = models.Withholding(c.key)
	}
	if f.demo {
		settings.NotFound = "--demo knows its own recorded tasks alone: `" + tools.Name + " get --demo` lists them"
	}
	inspector, err := inspect.New(settings)
	if err != nil {
		return nil, err
	}
	return &app{inspector: inspector, mask: presenter.Text, hasKey: !c.key.IsZero(), loopback: isLoopback(c.apiURL)}, nil
}

func isLoopback(address string) bool {
	u, err := url.Parse(address)
	return err == nil && looks.IsLoopback(u.Hostname())
}

// openKeyless wires what a command needs that asks nothing of the Runware API.
func openKeyless(ctx context.Context, p process, f flags) (*app, error) {
	logger, err := f.logger(p.stderr)
	if err != nil {
		return nil, err
	}
	return newApp(ctx, p, f, logger)
}

// newModels returns nil when schemas are turned off.
func newModels(c config, logger *slog.Logger) (*modelschema.Service, error) {
	if c.schemasURL == modelschema.Off {
		return nil, nil
	}
	service, err := modelschema.New(modelschema.Config{URL: c.schemasURL, UserAgent: userAgentName + version, Logger: logger})
	if err != nil {
		return nil, &settingError{envSchemasURL, "the URL " + errors.Unwrap(err).Error(), "write a base URL or `off` there, or leave the variable out for Runware's own"}
	}
	return service, nil
}
