// Package web serves MCP over streamable HTTP to many callers at once, each with a Runware key of their own. It is
// stateless: any replica answers any request, so that a load balancer needs to know nothing.
//
// A caller is a key, known here by its SHA-256 alone. Each has an MCP server, a cache and limits of its own: what one
// caller looked up cannot reach another, since nothing that holds it is shared. Start with [New].
package web
