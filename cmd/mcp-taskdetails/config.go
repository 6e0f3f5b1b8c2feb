package main

import (
	"context"
	"os"
	"strings"

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

// loadConfig reads the environment, or starts the sandbox that --demo stands for, which then ignores the environment.
func loadConfig(ctx context.Context, getenv func(string) string, demo bool) (config, error) {
	if demo {
		server, err := sandbox.Start(ctx)
		if err != nil {
			return config{}, err
		}
		return config{key: schema.NewSecret(sandbox.Key), apiURL: server.APIURL, schemasURL: server.SchemasURL}, nil
	}
	key, err := loadKey(getenv)
	if err != nil {
		return config{}, err
	}
	return config{key: key, apiURL: getenv(envAPIURL), schemasURL: getenv(envSchemasURL)}, nil
}

// loadKey takes the key itself before the file of one. No key at all is no fault here: a server starts without.
func loadKey(getenv func(string) string) (schema.Secret, error) {
	name, key := envKey, strings.TrimSpace(getenv(envKey))
	if file := getenv(envKeyFile); key == "" && file != "" {
		content, err := os.ReadFile(file) //nolint:gosec // the user names the file
		if err != nil {
			return schema.Secret{}, usage("the file holds the API key and nothing else", "%s: %w", envKeyFile, err)
		}
		name, key = envKeyFile, strings.TrimSpace(string(content))
		if key == "" {
			return schema.Secret{}, usage("the file holds the API key and nothing else", "%s: the file is empty", envKeyFile)
		}
	}
	if strings.HasPrefix(key, "${") {
		return schema.Secret{}, usage("this client does not replace variables: write the key itself, or name a file in "+envKeyFile,
			"%s: the key is a variable that nobody replaced", name)
	}
	if strings.Trim(key, "\"'`") != key {
		return schema.Secret{}, usage("write the key without quotes: this client or file takes them for a part of it",
			"%s: the key stands in quotes", name)
	}
	if strings.ContainsFunc(key, func(r rune) bool { return r <= ' ' || r > '~' }) {
		return schema.Secret{}, usage("copy the key alone from https://my.runware.ai, without \"Bearer\"",
			"%s: the key holds blanks or characters outside ASCII", name)
	}
	return schema.NewSecret(key), nil
}
