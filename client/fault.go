package client

import (
	"compress/flate"
	"compress/gzip"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"syscall"

	"mcp-taskdetails/schema"
)

// fault is what an error of the transport amounts to.
type fault struct {
	kind   schema.Category
	detail string
	final  bool // whether another attempt would only meet it again
}

// faultOf judges an error that is not about the context. What is unknown counts as a broken connection.
func faultOf(err error) fault {
	var (
		redirect redirectError
		large    tooLargeError
		dns      *net.DNSError
		op       *net.OpError
	)
	network := schema.CategoryNetwork
	switch {
	case errors.As(err, &redirect):
		return fault{network, redirect.Error(), true}
	case errors.As(err, &large):
		return fault{schema.CategoryInternal, large.Error(), true}
	case isCorrupt(err):
		return fault{schema.CategoryInternal, "the reply is compressed wrongly", true}
	case isCertificate(err):
		return fault{network, "the server's TLS certificate cannot be verified", true}
	case errors.Is(err, http.ErrSchemeMismatch):
		return fault{network, "the server does not speak TLS", true}
	case errors.As(err, &dns):
		return fault{network, "the host name does not resolve", dns.IsNotFound}
	case errors.As(err, &op) && op.Op == "proxyconnect":
		return fault{network, "the proxy cannot be reached", false}
	case errors.As(err, &op) && (op.Op == "remote error" || op.Op == "local error"):
		return fault{network, "the TLS handshake failed", true} // crypto/tls names its alerts so
	case errors.As(err, &op) && op.Op == "dial":
		return fault{network, "no connection could be made", false}
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, syscall.ECONNRESET):
		return fault{network, "the connection broke off", false}
	default:
		return fault{network, "the HTTP exchange failed", false}
	}
}

func isCertificate(err error) bool {
	var (
		certificate *tls.CertificateVerificationError
		header      tls.RecordHeaderError
	)
	return errors.As(err, &certificate) || errors.As(err, &header)
}

func isCorrupt(err error) bool {
	var corrupt flate.CorruptInputError
	return errors.Is(err, gzip.ErrHeader) || errors.Is(err, gzip.ErrChecksum) || errors.As(err, &corrupt)
}

// cleaned makes an error of the transport fit to be shown: the URL goes, which may be a redirect's, and so does the key,
// which a malformed response may echo. In that case the chain goes too.
func cleaned(err error, secret schema.Secret) error {
	if wrapper, ok := errors.AsType[*url.Error](err); ok {
		err = wrapper.Err
	}
	if text := mask(err.Error(), secret); text != err.Error() {
		return errors.New(text)
	}
	return err
}
