package main

import (
	"context"
	"strings"
	"time"

	"mcp-taskdetails/internal/apikey"
	"mcp-taskdetails/internal/sandbox"
	"mcp-taskdetails/schema"
)

// The environment variables. The key is never a flag: command lines are seen by every user of a machine.
const (
	envKey        = "RUNWARE_API_KEY"
	envKeyFile    = "RUNWARE_API_KEY_FILE"
	envAPIURL     = "RUNWARE_API_URL"
	envSchemasURL = "RUNWARE_SCHEMAS_URL"
)

// config is where to ask, and as whom. An empty URL is the real one.
type config struct {
	key        schema.Secret
	apiURL     string
	schemasURL string
}

// settingError is a variable of the environment that cannot be used. It shows nothing of the value, which may be the key.
type settingError struct{ name, what, mend string }

func (e *settingError) Error() string { return e.name + ": " + e.what }

// loadConfig reads the environment, or starts the sandbox that --demo stands for, which then ignores the environment.
func loadConfig(ctx context.Context, getenv func(string) string, demo bool, latency time.Duration) (config, error) {
	if demo {
		server, err := sandbox.Config{Latency: latency}.Start(ctx)
		if err != nil {
			return config{}, err
		}
		return config{key: schema.NewSecret(sandbox.Key), apiURL: server.APIURL, schemasURL: server.SchemasURL}, nil
	}
	key, err := loadKey(ctx, getenv)
	if err != nil {
		return config{}, err
	}
	c := config{key: key, apiURL: strings.TrimSpace(getenv(envAPIURL)), schemasURL: strings.TrimSpace(getenv(envSchemasURL))}
	for _, setting := range []struct{ name, url string }{{envAPIURL, c.apiURL}, {envSchemasURL, c.schemasURL}} {
		if unreplaced(setting.url) {
			return config{}, &settingError{
				setting.name, "the URL is or holds a placeholder that nobody replaced",
				"write the URL itself there, or leave the variable out for Runware's own",
			}
		}
	}
	return c, nil
}

// loadKey takes the key itself before the file of one, unless it only stands for a key. No key at all is no fault here.
func loadKey(ctx context.Context, getenv func(string) string) (schema.Secret, error) {
	key, fault := apikey.Parse(getenv(envKey))
	name := envKey
	if file := getenv(envKeyFile); strings.TrimSpace(file) != "" && key.IsZero() && (fault == nil || fault.Placeholder) {
		fromFile, fileFault := apikey.ReadFile(ctx, file)
		if fault == nil || fileFault == nil || !fileFault.Placeholder {
			name, key, fault = envKeyFile, fromFile, fileFault
		}
	}
	if fault != nil {
		return schema.Secret{}, &settingError{name, fault.What, fault.Mend}
	}
	return key, nil
}

// unreplaced tells whether a URL is a placeholder or holds one.
func unreplaced(url string) bool {
	_, isPlaceholder := apikey.Placeholder(url)
	return apikey.HoldsVariable(url) || isPlaceholder && !strings.Contains(url, "://")
}
