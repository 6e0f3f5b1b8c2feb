package main

import (
	"context"
	"errors"
	"log/slog"
	"strings"

	"mcp-taskdetails/client"
	"mcp-taskdetails/internal/inspect"
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
}

// openApp wires what a command needs; a command without a key could do nothing.
func openApp(ctx context.Context, p process, f flags) (*app, error) {
	app, err := openKeyless(ctx, p, f)
	if err != nil {
		return nil, err
	}
	if !app.hasKey {
		return nil, &usageError{err: errors.New("no API key"), hints: []string{
			"set " + envKey + ", or " + envKeyFile + " to a file that holds it; get one at https://my.runware.ai/signup",
			"--demo answers from recorded tasks without a key",
		}}
	}
	return app, nil
}

func newApp(ctx context.Context, p process, f flags, logger *slog.Logger) (*app, error) {
	if err := f.validate(); err != nil {
		return nil, err
	}
	c, err := loadConfig(ctx, p.getenv, f.demo, f.latency)
	if err != nil {
		return nil, err
	}
	userAgent := tools.Name + "/" + version
	fetcher, err := client.New(client.Config{
		URL: c.apiURL, Key: c.key, Timeout: f.timeout, UserAgent: userAgent, Logger: logger,
	})
	if err != nil {
		return nil, &settingError{envAPIURL, strings.TrimPrefix(err.Error(), "client: "), "write the whole endpoint there (https, or http to a loopback address), or leave the variable out for Runware's own"}
	}
	models, err := newModels(c, userAgent, logger)
	if err != nil {
		return nil, &settingError{envSchemasURL, "the URL " + errors.Unwrap(err).Error(), "write a base URL or `off` there, or leave the variable out for Runware's own"}
	}
	presenter := present.New(present.Config{Secrets: []schema.Secret{c.key}})
	settings := inspect.Config{Fetcher: fetcher, Models: models, Presenter: presenter, Logger: logger}
	if f.demo {
		settings.NotFound = "--demo knows its own recorded tasks alone: `" + tools.Name + " get --demo` lists them"
	}
	inspector, err := inspect.New(settings)
	if err != nil {
		return nil, err
	}
	return &app{inspector: inspector, mask: presenter.Text, hasKey: !c.key.IsZero()}, nil
}

// openKeyless wires what a command needs that asks nothing of the Runware API.
func openKeyless(ctx context.Context, p process, f flags) (*app, error) {
	logger, err := f.logger(p.stderr)
	if err != nil {
		return nil, err
	}
	return newApp(ctx, p, f, logger)
}

// newModels returns a nil interface, not a nil pointer in one, when schemas are turned off.
func newModels(c config, userAgent string, logger *slog.Logger) (inspect.Models, error) {
	if c.schemasURL == modelschema.Off {
		return nil, nil
	}
	service, err := modelschema.New(modelschema.Config{URL: c.schemasURL, Secrets: []schema.Secret{c.key}, UserAgent: userAgent, Logger: logger})
	if err != nil {
		return nil, err
	}
	return service, nil
}
